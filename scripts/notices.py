"""Who made what the browser loads, and under which licence."""

from __future__ import annotations

from pathlib import Path

from scripts.vendor_list import Package, VendorList, load_package

_HEAD = """# Third-party parts

Made by `make notices` from the installed packages; do not edit by hand.

What the pages load in a browser comes from these npm packages, copied into `webapp/static/vendor/`
by `make assets` and served by the app itself. Their licence texts lie beside them, in
`vendor/licences/`. The pose models are assembled from `@mediapipe/pose` (see `models/README.md`).

| package | version | licence |
|---|---|---|
"""
_TAIL = """
Python packages are installed, not copied; `requirements.lock` lists them with their versions and
hashes, and each carries its own licence.
"""


def notices_page(wanted: VendorList, modules: Path) -> str:
    """`docs/third-party.md`: a table of packages, versions and licences.

    Raises:
        AssetError: a package is not installed.
    """
    packages = [load_package(modules, name) for name in wanted.packages()]
    rows = [f"| {package.name} | {package.version} | {package.license} |" for package in packages]
    return _HEAD + "\n".join(rows) + "\n" + _TAIL


def licence_texts(wanted: VendorList, modules: Path, apache: Path) -> dict[str, str]:
    """File name -> licence text of each package. `apache` is the text of the Apache licence 2.0.

    Raises:
        AssetError: a package is not installed.
    """
    packages = [load_package(modules, name) for name in wanted.packages()]
    return {
        f"{package.name.replace('/', '__').lstrip('@')}.txt": _text(package, modules, apache)
        for package in packages
    }


def _text(package: Package, modules: Path, apache: Path) -> str:
    """The package's own file, else the common text of its licence (mediapipe ships none)."""
    head = f"{package.name} {package.version}, {package.license}\n\n"
    own = modules / package.name / "LICENSE"
    if own.is_file():
        return head + own.read_text(encoding="utf-8")
    return head + (apache.read_text(encoding="utf-8") if package.license == "Apache-2.0" else "")
