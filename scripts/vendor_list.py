"""`webapp/vendor.toml` as typed values, and what npm says of each package in it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from coach.errors import CoachError
from coach.io.model_files import Variant


class AssetError(CoachError):
    """An npm package or a file in it is missing; the message names the remedy."""


class Models(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The pose models that browsers may load."""

    variants: tuple[Variant, ...]


class Fonts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One family of a fontsource package, upright only."""

    package: str
    family: str
    weights: tuple[int, ...]
    subsets: tuple[Literal["latin", "latin-ext"], ...]


class Icons(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of the icons that go into the sprite."""

    package: str
    names: tuple[str, ...]


class VendorList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything the pages need from npm. `files` maps a place under vendor/ to one in node_modules/."""

    files: dict[str, str]
    models: Models
    fonts: Fonts
    icons: Icons
    bundled: dict[str, tuple[str, ...]]

    def packages(self) -> list[str]:
        """Names of all packages whose bytes reach a browser, sorted."""
        named = {_package_of(source) for source in self.files.values()}
        named |= {self.fonts.package, self.icons.package, "@mediapipe/pose"}
        inner = {name for names in self.bundled.values() for name in names}
        return sorted(named | inner)


class Package(msgspec.Struct, frozen=True):
    """The part of a `package.json` that a reader of licences needs."""

    name: str
    version: str
    license: str


def load_vendor_list(path: Path) -> VendorList:
    """The list at `path`.

    Raises:
        AssetError: the file is not TOML or has an unknown or missing field.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=VendorList)
    except msgspec.DecodeError as error:
        raise AssetError(f"{path} cannot be read: {error}") from error


def load_package(modules: Path, name: str) -> Package:
    """What the installed package `name` says of itself.

    Raises:
        AssetError: it is not installed.
    """
    return msgspec.json.decode(
        source_file(modules, f"{name}/package.json").read_bytes(), type=Package
    )


def source_file(modules: Path, name: str) -> Path:
    """The file `name` in node_modules.

    Raises:
        AssetError: it is not there.
    """
    path = modules / name
    if not path.is_file():
        raise AssetError(f"{path} is missing; run `make node` to install the npm packages.")
    return path


def _package_of(source: str) -> str:
    """`@scope/name/file` -> `@scope/name`, `name/file` -> `name`."""
    parts = PurePosixPath(source).parts
    return "/".join(parts[: 2 if source.startswith("@") else 1])
