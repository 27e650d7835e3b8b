"""One child process: started with little, heard with patience, ended with all that it started."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
from types import TracebackType
from typing import IO, Final, Self, cast

import msgspec

from coach.io.model_files import ROOT
from webapp.jobs.wire import Said, Task, decode_said, encode

_LONGEST: Final = 32 << 20
"""More than this in one line is no result of ours."""
_PIECE: Final = 1 << 16
_END_S: Final = 5.0


class Ended(Exception):
    """The child has gone; `code` is what the system says of it, negative for a signal."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"code {code}")


class Child:
    """Does one task. Use as a context manager: whatever is left of it at the end is killed."""

    def __init__(self, task: Task) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "webapp.jobs.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries' chatter about strangers' files
            env=_environment(),
            cwd=ROOT,
            process_group=0,
        )
        self._out = cast(IO[bytes], self._process.stdout)
        self._in = cast(IO[bytes], self._process.stdin)
        self._heard = b""
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._out, selectors.EVENT_READ)
        with contextlib.suppress(BrokenPipeError):  # it has died at once: heard of below
            self._in.write(encode(task) + b"\n")
            self._in.flush()

    @property
    def process_id(self) -> int:
        """Of the child, which is also its group's."""
        return self._process.pid

    def hear(self, patience_s: float) -> Said | None:
        """The next thing it says; None when it says nothing for so long. Raises Ended."""
        while b"\n" not in self._heard:
            if not self._selector.select(patience_s):
                return None
            piece = os.read(self._out.fileno(), _PIECE)
            if not piece or len(self._heard) > _LONGEST:
                raise Ended(self._wait())
            self._heard += piece
        line, self._heard = self._heard.split(b"\n", 1)
        try:
            said: Said = decode_said(line)
        except msgspec.DecodeError:
            raise Ended(self._wait()) from None
        return said

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._selector.close()
        self._out.close()
        with contextlib.suppress(BrokenPipeError):
            self._in.close()

    def _wait(self) -> int:
        try:
            return self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL  # it will be, at the end


def _environment() -> dict[str, str]:
    """Ours without our settings: who opens strangers' files need not know our secrets."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("COACH_")}
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), kept.get("PYTHONPATH"))))
    return kept
