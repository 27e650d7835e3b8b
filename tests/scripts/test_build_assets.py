"""The vendor folder: complete, checked, swapped in one step, silent."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from coach.errors import CoachError, ModelError
from coach.io.model_files import MODELS_DIR, ROOT
from scripts.build_assets import LIST, MODULES, NOTICES, TARGET, build
from scripts.notices import notices_page
from scripts.vendor_list import AssetError, VendorList, load_vendor_list

TINY_LIST = """
[files]
"lib.js" = "@scope/lib/dist/lib.js"
[models]
variants = []
[fonts]
package = "@fonts/kind"
family = "Kind"
weights = [400]
subsets = ["latin"]
[icons]
package = "icons"
names = ["play"]
[bundled]
"@scope/lib" = ["inner"]
"""
TINY_MODULES = {
    "@scope/lib/dist/lib.js": "export const one = 1;",
    "@scope/lib/LICENSE": "do as you like",
    "@fonts/kind/unicode.json": '{"latin": "U+0000-00FF"}',
    "@fonts/kind/files/kind-latin-400-normal.woff2": "wOF2",
    "icons/icons/play.svg": '<!-- @license --><svg width="24">\n  <path d="M1 1" />\n</svg>',
}
PACKAGES = ("@scope/lib", "@fonts/kind", "icons", "inner", "@mediapipe/pose")


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A node_modules of five tiny packages."""
    packages = {
        f"{name}/package.json": json.dumps(
            {"name": name, "version": "1.2.3", "license": "Apache-2.0"}
        )
        for name in PACKAGES
    }
    for name, content in {**TINY_MODULES, **packages}.items():
        path = tmp_path / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "node_modules"


@pytest.fixture
def wanted(tmp_path: Path) -> VendorList:
    path = tmp_path / "vendor.toml"
    path.write_text(TINY_LIST)
    return load_vendor_list(path)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_everything_named_is_there_with_its_hash(
    wanted: VendorList, modules: Path, tmp_path: Path
) -> None:
    target = tmp_path / "static" / "vendor"
    build(wanted, modules, tmp_path, target)
    built = contents(target)
    listed = json.loads(built.pop("manifest.json"))["files"]
    assert built["lib.js"] == b"export const one = 1;"
    assert built["fonts/kind-latin-400-normal.woff2"] == b"wOF2"
    assert b'url("fonts/kind-latin-400-normal.woff2")' in built["fonts.css"]
    assert built["licences/scope__lib.txt"].endswith(b"do as you like")
    assert b"Apache License" in built["licences/mediapipe__pose.txt"]
    assert listed == {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in built.items()
    }


def test_large_code_gets_a_compressed_twin(
    wanted: VendorList, modules: Path, tmp_path: Path
) -> None:
    code = "export const one = 1;\n" * 500
    (modules / "@scope/lib/dist/lib.js").write_text(code)
    build(wanted, modules, tmp_path / "models", tmp_path / "vendor")
    twin = tmp_path / "vendor" / "lib.js.gz"
    assert gzip.decompress(twin.read_bytes()).decode() == code
    assert not (tmp_path / "vendor" / "fonts.css.gz").exists()  # too small to be worth it


def test_an_icon_becomes_a_symbol_in_the_text_s_colour(
    wanted: VendorList, modules: Path, tmp_path: Path
) -> None:
    build(wanted, modules, tmp_path, tmp_path / "vendor")
    symbol = ElementTree.parse(tmp_path / "vendor" / "icons.svg").getroot()[0]  # noqa: S314 - made by ourselves
    assert symbol.attrib["id"] == "play"
    assert symbol.attrib["stroke"] == "currentColor"
    assert symbol[0].attrib == {"d": "M1 1"}


def test_a_second_build_gives_the_same_and_drops_what_is_old(
    wanted: VendorList, modules: Path, tmp_path: Path
) -> None:
    target = tmp_path / "vendor"
    build(wanted, modules, tmp_path, target)
    first = contents(target)
    (target / "left-over.js").write_text("old")
    build(wanted, modules, tmp_path, target)
    assert contents(target) == first


@pytest.mark.parametrize(
    "lost", ["@scope/lib/dist/lib.js", "icons/icons/play.svg", "inner/package.json"]
)
def test_a_failed_build_leaves_the_old_folder(
    wanted: VendorList, modules: Path, tmp_path: Path, lost: str
) -> None:
    target = tmp_path / "vendor"
    build(wanted, modules, tmp_path, target)
    before = contents(target)
    (modules / lost).unlink()
    with pytest.raises(AssetError, match="is missing; run `make node`"):
        build(wanted, modules, tmp_path, target)
    assert contents(target) == before
    assert not list(tmp_path.glob(".vendor-*"))


def test_a_missing_model_stops_the_build(modules: Path, tmp_path: Path) -> None:
    path = tmp_path / "vendor.toml"
    path.write_text(TINY_LIST.replace("variants = []", 'variants = ["lite"]'))
    models = tmp_path / "models"
    models.mkdir()
    (models / "manifest.toml").write_bytes((MODELS_DIR / "manifest.toml").read_bytes())
    with pytest.raises(ModelError, match="run `coach models build`"):
        build(load_vendor_list(path), modules, models, tmp_path / "vendor")


def test_a_malformed_list_says_where(tmp_path: Path) -> None:
    path = tmp_path / "vendor.toml"
    path.write_text(TINY_LIST.replace("[400]", '["bold"]'))
    with pytest.raises(CoachError, match=r"vendor\.toml cannot be read.*weights"):
        load_vendor_list(path)


# What was really built

built = pytest.mark.skipif(not TARGET.is_dir(), reason="needs the web assets: make assets")


@built
def test_the_built_folder_matches_its_manifest() -> None:
    files = json.loads((TARGET / "manifest.json").read_text())["files"]
    assert set(files) == set(contents(TARGET)) - {"manifest.json"}
    for name, entry in files.items():
        with (TARGET / name).open("rb") as stream:
            assert hashlib.file_digest(stream, "sha256").hexdigest() == entry["sha256"], name


@built
def test_no_vendored_script_calls_another_address() -> None:
    calls = re.compile(
        r"""(?:fetch|importScripts|sendBeacon|WebSocket|EventSource|import|\.open)\s*\(\s*"""
        r"""(?:["'][A-Z]+["']\s*,\s*)?["'`](?:https?:|wss?:)?//"""
    )
    loggers = re.compile(r"play\.google|clearcut|googleapis\.com/v|google-analytics|sentry\.io")
    for path in [*TARGET.rglob("*.js"), *TARGET.rglob("*.mjs")]:
        text = path.read_text(encoding="utf-8")
        assert not calls.search(text), path.name
        assert not loggers.search(text), path.name


@pytest.mark.skipif(not MODULES.is_dir(), reason="needs the npm packages: make node")
def test_the_notices_are_up_to_date() -> None:
    assert NOTICES.read_text() == notices_page(load_vendor_list(LIST), MODULES), (
        "run `make notices`"
    )


def test_the_npm_lock_pins_by_hash_and_names_no_place() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    packages = {name: entry for name, entry in lock.items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name


@pytest.mark.parametrize(
    "lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name
)
def test_the_python_locks_pin_by_hash_and_name_no_place(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    pins = [line for line in lines if "==" in line and not line.lstrip().startswith("#")]
    assert pins
    assert all(line.endswith("\\") for line in pins), "a pin without its hashes"
    assert not any("://" in line for line in lines)
