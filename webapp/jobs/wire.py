"""What a watcher and its child process say to each other: one JSON object a line."""

from __future__ import annotations

from typing import Any

import msgspec


class Task(msgspec.Struct, frozen=True):
    """What to do (`run`: `module:function`), with what, and how much memory and computing time there is for it."""

    run: str
    args: dict[str, Any]
    memory_mb: int
    cpu_s: int


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """So far it is, 0 to 1."""

    share: float


class Done(msgspec.Struct, frozen=True, tag="done"):
    """It worked."""

    result: dict[str, Any]


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """It cannot be done; `error` is a key of the words that people are told. `again`: it may work the next time."""

    error: str
    again: bool = False


Said = Progress | Done | Refused

encode = msgspec.json.Encoder().encode
decode_task = msgspec.json.Decoder(Task).decode
decode_said = msgspec.json.Decoder(Said).decode
