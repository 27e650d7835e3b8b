"""The pose model files: what they should be (`models/manifest.toml`) and whether they are that."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from coach.errors import ModelError

Variant = Literal["lite", "full", "heavy"]
State = Literal["ok", "missing", "damaged"]

ROOT: Final = Path(__file__).resolve().parents[2]
MODELS_DIR: Final = ROOT / "models"
PACKAGE_DIR: Final = ROOT / "node_modules" / "@mediapipe" / "pose"
MANIFEST: Final = MODELS_DIR / "manifest.toml"


class PinnedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of the source package. `sha256` is 64 hexadecimal digits."""

    file: str
    bytes: int
    sha256: str


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The npm package that the models come from, and the person detector they share."""

    package: str
    version: str
    licence: str
    authors: str
    detector: PinnedFile


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One assembled bundle; the app does not work without the `required` ones."""

    name: Variant
    file: str
    bytes: int
    sha256: str
    required: bool
    landmarks: PinnedFile

    @property
    def remedy(self) -> str:
        """The command that makes this file anew."""
        return "coach models build" + ("" if self.required else f" --{self.name}")


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`models/manifest.toml`, parsed."""

    schema: Literal[1]
    source: Source
    models: tuple[Model, ...]


def load_manifest(path: Path = MANIFEST) -> Manifest:
    """The manifest at `path`.

    Raises:
        ModelError: the file is missing, is not TOML, or lacks a field; the message names the place.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise ModelError(f"{path} is missing; get it back from the repository.") from error
    except msgspec.DecodeError as error:
        raise ModelError(f"{path} cannot be read: {error}") from error


def pinned_state(path: Path, size: int, sha256: str) -> State:
    """Whether `path` holds exactly the expected bytes (`size` of them).

    The size is looked at every time; the digest is taken once per process and file version.
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        return "missing"
    if stat.st_size != size or _digest(path, stat.st_size, stat.st_mtime_ns) != sha256:
        return "damaged"
    return "ok"


def model_state(model: Model, directory: Path = MODELS_DIR) -> State:
    """Whether the bundle in `directory` is the one the manifest describes."""
    return pinned_state(directory / model.file, model.bytes, model.sha256)


def model_path(variant: Variant, directory: Path = MODELS_DIR) -> Path:
    """The checked bundle of `variant`, ready to be loaded.

    Raises:
        ModelError: it is missing or damaged; the message says which command makes it.
    """
    manifest = load_manifest(directory / MANIFEST.name)
    model = next((known for known in manifest.models if known.name == variant), None)
    if model is None:
        raise ModelError(f"the manifest lists no pose model {variant!r}; use lite or full.")
    state = model_state(model, directory)
    if state != "ok":
        raise ModelError(f"The pose model {model.file} is {state}; run `{model.remedy}`.")
    return directory / model.file


@cache
def _digest(path: Path, size: int, mtime_ns: int) -> str:
    """Hexadecimal sha256 of `path`; `size` and `mtime_ns` only tell versions of it apart."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
