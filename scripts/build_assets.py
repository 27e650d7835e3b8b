"""Build `webapp/static/vendor/` from the installed npm packages and the pose models.

`make assets` runs it. The folder is made beside the old one and takes its place in one step, so an
interrupted build leaves what was there. With `--notices` it writes `docs/third-party.md` instead.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from coach.errors import CoachError
from coach.io.model_files import MODELS_DIR, ROOT, model_path
from scripts.font_faces import font_css, font_files
from scripts.icon_sprite import sprite
from scripts.notices import licence_texts, notices_page
from scripts.vendor_list import VendorList, load_vendor_list, source_file

MODULES: Final = ROOT / "node_modules"
TARGET: Final = ROOT / "webapp" / "static" / "vendor"
LIST: Final = ROOT / "webapp" / "vendor.toml"
PACKED: Final = frozenset({".js", ".mjs", ".css", ".svg", ".wasm", ".task"})
WORTH_PACKING: Final = 2048
NOTICES: Final = ROOT / "docs" / "third-party.md"


def build(wanted: VendorList, modules: Path, models: Path, target: Path) -> None:
    """Make `target` anew from `modules` (node_modules) and `models`.

    Raises:
        CoachError: a package, a file of it, an icon or a model is missing. `target` is untouched.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".vendor-") as scratch:
        staged = Path(scratch) / "new"
        _copy_files(wanted, modules, staged)
        _link_models(wanted, models, staged)
        _write_made_files(wanted, modules, staged)
        _compress(staged)
        _write_manifest(staged)
        if target.exists():
            target.rename(Path(scratch) / "old")
        staged.rename(target)


def _copy_files(wanted: VendorList, modules: Path, staged: Path) -> None:
    fonts = {f"fonts/{Path(name).name}": name for name in font_files(wanted.fonts)}
    for place, name in {**wanted.files, **fonts}.items():
        destination = staged / place
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source_file(modules, name), destination)


def _link_models(wanted: VendorList, models: Path, staged: Path) -> None:
    """Put the checked models into the vendor folder, without a second copy where links work."""
    folder = staged / "models"
    folder.mkdir()
    for variant in wanted.models.variants:
        path = model_path(variant, models)
        try:
            os.link(path, folder / path.name)
        except OSError:  # another file system, or one without hard links
            shutil.copyfile(path, folder / path.name)


def _write_made_files(wanted: VendorList, modules: Path, staged: Path) -> None:
    """Style sheet of the typeface, icon sprite, licence texts."""
    (staged / "fonts.css").write_text(font_css(wanted.fonts, modules), encoding="utf-8")
    (staged / "icons.svg").write_text(sprite(wanted.icons, modules), encoding="utf-8")
    licences = staged / "licences"
    licences.mkdir()
    for name, text in licence_texts(wanted, modules, ROOT / "LICENSE").items():
        (licences / name).write_text(text, encoding="utf-8")


def _compress(staged: Path) -> None:
    """A `.gz` twin of each large text or code file: the first visit loads half as much."""
    for path in sorted(staged.rglob("*")):
        if path.suffix in PACKED and path.stat().st_size > WORTH_PACKING:
            content = path.read_bytes()
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, mtime=0))


def _write_manifest(staged: Path) -> None:
    """`manifest.json`: for each file its bytes and sha256, so that anyone can check the folder."""
    entries = {
        path.relative_to(staged).as_posix(): _entry(path)
        for path in sorted(staged.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({"schema": 1, "files": entries}, indent=1)
    (staged / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _entry(path: Path) -> dict[str, int | str]:
    content = path.read_bytes()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def main(arguments: list[str]) -> int:
    """Build the folder (or the notices); exit code 1 and one sentence if something is missing."""
    try:
        wanted = load_vendor_list(LIST)
        if arguments == ["--notices"]:
            NOTICES.write_text(notices_page(wanted, MODULES), encoding="utf-8")
        else:
            build(wanted, MODULES, MODELS_DIR, TARGET)
    except CoachError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
