"""The papers say everything, say it as the code is now, and lead nowhere wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest

from coach.exercise import Exercise
from coach.joints import ANGLES, DISTANCES
from poses import catalogue
from scripts.docs import commands, events, fields, files, settings
from scripts.docs.marks import MarkError, filled
from webapp.clinic.export import COLUMNS
from webapp.demo.accounts import DEMO_EMAILS, DEMO_PASSWORD
from webapp.settings import Settings
from webapp.store.session_tables import STOP_REASONS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
BEGIN = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "models/README.md",
    "scripts/render_sample/README.md",
)
PAPERS = sorted([*(ROOT / name for name in BEGIN), *DOCS.rglob("*.md")])
CODE = ("coach", "poses", "webapp", "scripts", "tests", "docs", "models", ".ci")
TEXT = {".py", ".md", ".toml", ".js", ".css", ".html", ".sh", ".json", ".mako", ".lock", ""}
HEAVIEST_PICTURE = 200_000
COMMANDS = dict(commands.all_commands())


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def page(name: str) -> str:
    """A page of the reference."""
    return text_of(REFERENCE / name)


def section(text: str, heading: str) -> str:
    """What stands below one heading, up to the next of any level."""
    return re.split(r"^#+ ", text.split(f"{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- nothing is missing


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_explained(name: str) -> None:
    assert f"| `COACH_{name.upper()}` |" in page("settings.md")
    assert settings.comments()[name]


@pytest.mark.parametrize("exercise_id", catalogue.ids())
def test_every_exercise_is_listed_with_what_it_asks(exercise_id: str) -> None:
    exercise = catalogue.load(exercise_id)
    about = section(page("exercises.md"), f"### {exercise.words.name}")
    for name in (*exercise.targets, *exercise.limits, *(check.id for check in exercise.checks)):
        assert f"`{name}`" in about
    assert all(source.cites in about for source in exercise.sources)


@pytest.mark.parametrize("struct", msgspec.json.schema(Exercise)["$defs"])
def test_every_field_of_an_exercise_file_is_explained(struct: str) -> None:
    about = section(page("exercise-file.md"), f"### {struct}")
    for field in msgspec.json.schema(Exercise)["$defs"][struct]["properties"]:
        assert f"| `{field}` |" in about
        assert fields.meaning(struct, field)


@pytest.mark.parametrize("event", events.event_types(), ids=events.tag_of)
def test_every_event_is_explained(event: type[msgspec.Struct]) -> None:
    about = section(page("events.md"), f"### `{events.tag_of(event)}` ({event.__name__})")
    assert all(f"| `{field}` |" in about for field in event.__struct_fields__)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained(name: str) -> None:
    about = section(page("commands.md"), f"## {name}")
    for param in COMMANDS[name].params:
        assert param.help, f"coach {name}: {param.name} has no help"
        assert all(f"`{option}`" in about for option in param.opts if option.startswith("-"))


@pytest.mark.parametrize("name", [*ANGLES, *DISTANCES])
def test_every_measure_is_explained(name: str) -> None:
    assert f"| `{name}` |" in section(page("angles.md"), "## From what, how and where")
    if name in ANGLES:
        assert f"| `{name}` |" in section(page("angles.md"), "## What each one is")
    else:
        assert f"`{name}`" in section(page("exercise-file.md"), "## The three ideas in it")


@pytest.mark.parametrize("word", [*COLUMNS, *STOP_REASONS])
def test_formats_that_no_struct_describes_are_whole(word: str) -> None:
    assert re.search(rf"\b{word}\b", page("formats.md"))


def test_the_readme_names_the_demo_accounts() -> None:
    readme = text_of(ROOT / "README.md")
    assert DEMO_PASSWORD in readme
    assert all(f"`{email}`" in readme for email in DEMO_EMAILS.values())


def test_the_readme_opens_with_the_two_commands_and_a_picture() -> None:
    opening = "\n".join(text_of(ROOT / "README.md").splitlines()[:15])
    assert "\nmake run " in opening
    assert "\nmake test " in opening
    assert "](docs/images/live.png)" in opening


# --- nothing is stale


@cache
def made() -> dict[Path, str]:
    return files.made_files()


@pytest.mark.parametrize(
    "path", [ROOT / "poses/schema.json", *(DOCS / one for one in files.PARTS)], ids=named
)
def test_generated_parts_are_fresh(path: Path) -> None:
    assert text_of(path) == made()[path], "stale: run `make pages`"


def test_the_schema_says_what_every_field_means() -> None:
    structs = msgspec.json.decode(text_of(ROOT / "poses/schema.json"))["$defs"].values()
    assert all(
        field["description"] for struct in structs for field in struct["properties"].values()
    )


def test_a_page_without_a_place_for_a_part_is_an_error(tmp_path: Path) -> None:
    there = tmp_path / "page.md"
    there.write_text("before\n<!-- made: one -->\nold\n<!-- end -->\nafter\n")
    assert (
        filled(there, {"one": "new"})
        == "before\n<!-- made: one -->\n\nnew\n\n<!-- end -->\nafter\n"
    )
    with pytest.raises(MarkError, match="two"):
        filled(there, {"one": "new", "two": "more"})


def test_figures_in_the_readme_are_those_of_the_accuracy_page() -> None:
    rows = section(text_of(ROOT / "README.md"), "## Counting and angles")
    figures = re.findall(r"\| (?:AUC )?(\d\.\d\d|\d+\.\d°)", rows)
    assert len(figures) >= 6
    assert all(figure in text_of(DOCS / "accuracy.md") for figure in figures)


# --- nothing leads nowhere


def links(path: Path) -> Iterator[tuple[str, str]]:
    """Relative links and pictures of a paper: file and anchor."""
    prose = re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not re.match(r"[a-z]+:", target):
            file, _, anchor = target.partition("#")
            yield file, anchor


def slugs(path: Path) -> set[str]:
    """The anchors of a paper's headings."""
    headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize("path", PAPERS, ids=named)
def test_no_link_or_picture_is_broken(path: Path) -> None:
    for file, anchor in links(path):
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{named(path)} leads to {file}, which is not there"
        assert not anchor or anchor in slugs(target), f"{named(path)}: {file} has no #{anchor}"


@pytest.mark.parametrize("path", PAPERS, ids=named)
def test_commands_and_targets_that_papers_name_exist(path: Path) -> None:
    groups = {name.split()[0] for name in COMMANDS}
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`|bin/)coach ([a-z]+)", text_of(path), re.MULTILINE)) <= groups
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text_of(path), re.MULTILINE)) <= targets


@pytest.mark.parametrize("path", sorted((DOCS / "images").glob("*")), ids=named)
def test_pictures_are_light(path: Path) -> None:
    assert path.stat().st_size <= HEAVIEST_PICTURE


def test_sphinx_builds_without_a_warning(tmp_path: Path) -> None:
    options = [
        "--fail-on-warning",
        "--keep-going",
        "--quiet",
        "--doctree-dir",
        str(tmp_path / "trees"),
    ]
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, str(DOCS), str(tmp_path / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "html" / "patients.html").exists()


# --- nothing of the makers' machines is left in


def texts() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT)
    for folder in CODE:
        for path in (ROOT / folder).rglob("*"):
            built = {"vendor", "node_modules", "__pycache__"} & set(path.parts)
            if path.is_file() and path.suffix in TEXT and not built:
                yield path


FOREIGN = re.compile(
    r"(?<![\w.:])/(?:work|root)/|/home/[a-z]+/|pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian"
)


def test_no_path_of_a_machine_and_no_registry_is_named() -> None:
    found = [
        f"{named(path)}: {hit[0]}"
        for path in texts()
        for hit in [FOREIGN.search(text_of(path))]
        if hit
    ]
    assert not [line for line in found if not line.startswith("tests/test_docs.py")]
