# Two commands are enough: `make run` and `make test`. What they need is made once and kept, so that
# a second time they need no network. Works with GNU make 3.81 (macOS) and later.

PORT ?= 8000
LANGUAGES := ar de es
TEST_WORKERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/uv pip install --python $(BIN)/python --quiet
NODE := PATH="$$(scripts/setup/node_path.sh $(VENV)):$$PATH"

.NOTPARALLEL:
.PHONY: help run test setup setup-dev check lint types layers js format unit assets models node words pages docs accuracy pictures notices lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## set up what is missing and serve the app with a demo clinic (PORT=8000)
	@$(BIN)/coach serve --demo --port $(PORT)

# the checks run beside the first tests, which wait more than they work; what they say is shown in one piece
test: setup-dev ## set up what is missing, check everything, run every test
	@( said=$$($(MAKE) --no-print-directory --keep-going check 2>&1); failed=$$?; printf '%s\n' "$$said"; exit $$failed ) & checks=$$!; \
	status=0; $(MAKE) --no-print-directory unit || status=1; \
	wait $$checks || { echo "make check failed: see above" >&2; status=1; }; exit $$status

setup: $(VENV)/.stamp-libraries $(VENV)/.stamp-run assets ## make .venv, pose models and web assets

setup-dev: setup $(VENV)/.stamp-dev $(VENV)/.stamp-chromium ## the same and the tools of a developer

check: lint types layers js ## lint, types, layers, JavaScript

lint: $(VENV)/.stamp-dev ## ruff: style, format
	$(BIN)/ruff check --quiet --output-format concise .
	$(BIN)/ruff format --check --quiet .

types: $(VENV)/.stamp-dev ## mypy, strict
	$(BIN)/mypy

layers: $(VENV)/.stamp-dev ## who may import whom
	$(BIN)/lint-imports --no-cache

js: $(VENV)/.stamp-uv ## the tests of the pages' modules
	@if ls tests/js/*.test.* >/dev/null 2>&1; then $(NODE) node --test --test-reporter=dot tests/js/*.test.*; fi

format: $(VENV)/.stamp-dev ## put the code into the house's format
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

unit: $(VENV)/.stamp-dev ## the tests alone (TEST_WORKERS=3)
	@$(BIN)/pytest -q -n $(TEST_WORKERS) --dist worksteal

models: $(VENV)/.stamp-run node ## assemble the pose models that are missing or damaged
	@$(BIN)/coach models build

assets: models ## copy what the pages need into webapp/static/vendor
	@$(BIN)/python -m scripts.build_assets

node: node_modules/.stamp ## install the pinned npm packages

words: $(VENV)/.stamp-run ## collect the pages' texts into webapp/translations, for translators
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping webapp/babel.cfg --keywords "_l _n:1,2" --no-wrap \
		--add-location file --sort-by-file --project "Form coach" --output build/messages.pot webapp
	@for language in $(LANGUAGES); do $(BIN)/pybabel --quiet update --init-missing --no-fuzzy-matching \
		--ignore-obsolete --no-wrap --ignore-pot-creation-date --input-file build/messages.pot \
		--locale $$language --output-dir webapp/translations || exit 1; done

pages: $(VENV)/.stamp-dev ## fill the generated parts of docs/ and poses/schema.json
	$(BIN)/python -m scripts.docs

docs: pages ## build the documentation into build/docs, warnings are errors
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet docs build/docs

accuracy: setup ## measure accuracy anew (DATA=folder with labelled clips and truths)
	$(BIN)/python -m scripts.accuracy $(DATA)

pictures: assets $(VENV)/.stamp-dev $(VENV)/.stamp-chromium ## take the documentation's pictures anew
	$(BIN)/python -m scripts.pictures

notices: $(VENV)/.stamp-run node ## write docs/third-party.md from the installed packages
	$(BIN)/python -m scripts.build_assets --notices

LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url

lock: $(VENV)/.stamp-uv ## pin the newest versions that pyproject.toml and package.json allow
	$(LOCK) --upgrade pyproject.toml --group build -o requirements.lock
	$(LOCK) --upgrade pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --upgrade --group installer -o requirements-uv.lock
	$(LOCK) --upgrade --group node -o requirements-node.lock
	$(NODE) npm install --package-lock-only --no-audit --no-fund

clean: ## remove what was built, but not the data
	rm -rf $(VENV) node_modules build webapp/static/vendor models/*.task *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.stamp-venv:
	@scripts/setup/make_venv.sh $(VENV)
	@touch $@

$(VENV)/.stamp-uv: requirements-uv.lock $(VENV)/.stamp-venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.stamp-libraries: scripts/setup/system_libraries.py $(VENV)/.stamp-venv
	@if scripts/setup/apt_install.sh "for OpenCV and MediaPipe" $$($(BIN)/python $<); then touch $@; \
	else echo "The web app works without them; video files and local cameras do not." >&2; fi

$(VENV)/.stamp-run: requirements.lock pyproject.toml $(VENV)/.stamp-uv
	@echo "==> installing the app's packages"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.lock $(VENV)/.stamp-run
	@echo "==> installing the developer's tools"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.stamp-chromium: $(VENV)/.stamp-venv
	@scripts/setup/chromium.sh
	@touch $@

node_modules/.stamp: package-lock.json package.json .npmrc $(VENV)/.stamp-uv
	@echo "==> installing the npm packages"
	@$(NODE) npm ci --loglevel=error --no-progress
	@touch $@
