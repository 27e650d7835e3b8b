"""Where the landmark recordings of finished sessions are kept: a small interface, and a folder behind it.

Object storage can take the folder's place; nothing else needs to know.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_NAME = re.compile(r"[a-z0-9][a-z0-9/_-]*\.npz")


class SeriesMissingError(Exception):
    """A recording is not where it should be, or its bytes are not those that were stored."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A kept recording: its name in the store, the hash and number of its bytes."""

    path: str
    sha256: str
    bytes: int


class SeriesStore(Protocol):
    """Keeps recordings by name. A name has the form `<clinic>/<session>.npz`."""

    def put(self, path: str, data: bytes) -> Stored:
        """Keep the bytes durably; the same name again replaces them."""

    def get(self, path: str, sha256: str) -> bytes:
        """The bytes. Raises SeriesMissingError when they are gone or changed."""

    def delete(self, path: str) -> None:
        """Forget them and what was made of them; nothing happens when they are not there."""

    def keep_derived(self, path: str, data: bytes) -> None:
        """Keep what was made of a recording beside it; it may be lost, for it can be made again."""

    def derived(self, path: str) -> bytes | None:
        """What was made of the recording, if it is there."""


class FolderSeries:
    """Recordings as files in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, path: str, data: bytes) -> Stored:
        """Write beside, sync, rename: a crash leaves the old file or the new one, never half of one."""
        _write(self._place(path), data)
        return Stored(path, hashlib.sha256(data).hexdigest(), len(data))

    def get(self, path: str, sha256: str) -> bytes:
        """Read and check."""
        try:
            data = self._place(path).read_bytes()
        except OSError as error:
            raise SeriesMissingError(
                f"The recording {path} cannot be read: {error.strerror}."
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise SeriesMissingError(f"The recording {path} has changed since it was stored.")
        return data

    def delete(self, path: str) -> None:
        """Remove the file and the one beside it."""
        self._place(path).unlink(missing_ok=True)
        self._beside(path).unlink(missing_ok=True)

    def keep_derived(self, path: str, data: bytes) -> None:
        """Written as safely as the recording: half of it would be taken for damaged."""
        _write(self._beside(path), data)

    def derived(self, path: str) -> bytes | None:
        """Read it."""
        try:
            return self._beside(path).read_bytes()
        except OSError:
            return None

    def _beside(self, path: str) -> Path:
        return self._place(path).with_suffix(".derived")

    def _place(self, path: str) -> Path:
        if not _NAME.fullmatch(path):
            raise SeriesMissingError(f"{path!r} is not the name of a recording.")
        return self._root / path


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """A rename is durable only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
