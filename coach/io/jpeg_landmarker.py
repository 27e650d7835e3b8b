"""`JpegLandmarker`: packed pictures in, landmarks out, for a process that must not open pictures itself.

The pictures come from strangers, so they are unpacked where nothing else lies: in a process of their own, with little
memory and no network. There they are looked at and forgotten; none is written anywhere.
"""

from __future__ import annotations

import socket
import subprocess
from multiprocessing.connection import Connection
from typing import Final

import msgspec

from coach.errors import ModelError
from coach.io.landmarker_wire import Failed, Ready
from coach.io.model_files import Variant, model_path
from coach.io.offline import start_offline

MAX_BYTES: Final = 160 * 1024
"""A JPEG of 640 x 480 pixels at quality 0.7 has about 30 kB."""
_ANSWER_S: Final = 5.0
_END_S: Final = 3.0


class Shown(msgspec.Struct, frozen=True, tag="shown"):
    """One packed picture; `ms` grows strictly."""

    ms: int
    jpeg: bytes


class Unreadable(msgspec.Struct, frozen=True, tag="unreadable"):
    """What came is no JPEG of a size that is looked at; the process goes on."""


class Seen(msgspec.Struct, frozen=True, tag="seen"):
    """The size of the picture, and its landmarks as `landmarker_wire.Found` has them: empty where nobody is."""

    width: int
    height: int
    landmarks: bytes


Reply = Ready | Failed | Unreadable | Seen

encode = msgspec.msgpack.Encoder().encode
decode_shown = msgspec.msgpack.Decoder(Shown).decode
decode_reply = msgspec.msgpack.Decoder(Reply).decode


class JpegLandmarker:
    """Follows one person through one stream of packed pictures. Not thread-safe: one asks at a time."""

    def __init__(self, variant: Variant = "lite") -> None:
        """Starts loading, without waiting. Raises ModelError when the model file is missing or damaged."""
        model = str(model_path(variant))
        ours, theirs = socket.socketpair()
        with theirs:
            arguments = ["coach.io.jpeg_process", str(theirs.fileno()), model]
            self._process = start_offline(arguments, keep=(theirs.fileno(),))
        self._link = Connection(ours.detach())
        self._ready = False
        self._ms = -1

    @property
    def process_id(self) -> int:
        """Of the process that looks."""
        return self._process.pid

    def ready(self, patience_s: float = 0.0) -> bool:
        """Whether the model is loaded by now. Raises ModelError when it cannot be."""
        if not self._ready and self._link.poll(patience_s):
            self._receive(0.0)
            self._ready = True
        return self._ready

    def look(self, jpeg: bytes, at_ms: int) -> Seen | None:
        """What is in the picture; None when it is none. `at_ms`: when it was taken. Raises ModelError."""
        self._ms = max(self._ms + 1, at_ms)
        try:
            self._link.send_bytes(encode(Shown(self._ms, jpeg)))
        except OSError:
            raise self._died() from None
        answer = self._receive(_ANSWER_S)
        return answer if isinstance(answer, Seen) else None

    def close(self) -> None:
        """End the process."""
        self._link.close()
        self._process.kill()
        self._process.wait(_END_S)

    def _receive(self, patience_s: float) -> Reply:
        try:
            if not self._link.poll(patience_s):
                raise ModelError("The pose model gave no answer; start again.")
            answer: Reply = decode_reply(self._link.recv_bytes())
        except (EOFError, OSError):
            raise self._died() from None
        if isinstance(answer, Failed):
            raise ModelError(f"The pose model cannot be used: {answer.reason}")
        return answer

    def _died(self) -> ModelError:
        try:
            code: int | str = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            code = "unknown"
        return ModelError(f"The pose model stopped unexpectedly (code {code}); start again.")
