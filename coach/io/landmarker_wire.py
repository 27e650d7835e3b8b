"""What the coach and its inference process say to each other: tagged messages, one per send.

Pictures do not travel here: they lie in memory that both processes map (`PictureRing`).
"""

from __future__ import annotations

import mmap
import os
import tempfile
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from coach.io.picture import Pixels

SLOTS: Final = 3
"""One picture being judged, one waiting, one being filled."""
LONG_SIDE_PX: Final = 1280
"""Larger pictures are scaled down: the model looks at 256 x 256 pixels of the person anyway."""
_SLOT_BYTES: Final = LONG_SIDE_PX * LONG_SIDE_PX * 3


class Begin(msgspec.Struct, frozen=True, tag="begin"):
    """A new stream starts, in which up to `people` are followed: forget the last one."""

    people: int = 1


class Look(msgspec.Struct, frozen=True, tag="look"):
    """Find the person in the picture of `slot`; `ms` grows strictly. `crowd`: also say whether there are several."""

    slot: int
    width: int
    height: int
    ms: int
    crowd: bool = False


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The model is loaded."""


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The model cannot be loaded, or cannot judge; the process ends."""

    reason: str


class Found(msgspec.Struct, frozen=True, tag="found"):
    """The answer to one `Look`.

    `landmarks` is empty where nobody is, else 33 x 6 float32 a person: x, y as shares of width and height, world x, y,
    z in metres, visibility. `several` answers `crowd`.
    """

    landmarks: bytes
    several: bool | None = None


Question = Begin | Look
Answer = Ready | Failed | Found

COLUMNS: Final = 6

encode = msgspec.msgpack.Encoder().encode
decode_question = msgspec.msgpack.Decoder(Question).decode
decode_answer = msgspec.msgpack.Decoder(Answer).decode


class PictureRing:
    """`SLOTS` pictures in memory shared by two processes; no picture ever reaches a disk."""

    def __init__(self, handle: int) -> None:
        """Map the memory behind an inherited file descriptor."""
        self.handle = handle
        self._memory = mmap.mmap(handle, SLOTS * _SLOT_BYTES)

    @classmethod
    def create(cls) -> PictureRing:
        """Reserve the memory; the descriptor can be passed to a child."""
        handle = _nameless_memory()
        os.truncate(handle, SLOTS * _SLOT_BYTES)
        return cls(handle)

    def slot(self, index: int, width: int, height: int) -> Pixels:
        """The picture in one slot, `(height, width, 3)`, to write or to read: red, green, blue."""
        count = width * height * 3
        flat = np.frombuffer(self._memory, np.uint8, count, index * _SLOT_BYTES)
        return flat.reshape(height, width, 3)

    def close(self) -> None:
        """Give the memory back (views still alive keep it until they are gone)."""
        os.close(self.handle)


def _nameless_memory() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("coach-pictures")
    # macOS has no nameless memory: a file without a name, gone with the last process that has it open
    handle, name = tempfile.mkstemp()
    Path(name).unlink()
    return handle
