"""The child process of one job. Run as `python -m webapp.jobs.child`; the task comes as one line on its input.

Its input stays open as long as its parent lives: when it closes, the child ends its whole group, so that nothing goes
on computing for nobody.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from coach.io.limits import limit_this_process
from webapp.jobs.refusal import RefusedError
from webapp.jobs.wire import Done, Progress, Refused, Said, decode_task, encode

_SAY_EVERY_S: Final = 0.5

Report = Callable[[float], None]
Run = Callable[[dict[str, Any], Report], dict[str, Any]]


def main() -> None:
    """Do what is asked, say what came of it."""
    out = _own_output()
    task = decode_task(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    limit_this_process(task.memory_mb, task.cpu_s)
    with contextlib.suppress(BrokenPipeError):  # the parent has gone: nobody wants to know
        _say(out, attempt(_function(task.run), task.args, _Reporter(out)))


def attempt(run: Run, args: dict[str, Any], report: Report) -> Said:
    """What came of it. Only what the work itself refuses is told in its words; the rest is an accident."""
    try:
        return Done(run(args, report))
    except RefusedError as error:
        return Refused(error.error, error.again)
    except MemoryError:
        return Refused("too_big")


class _Reporter:
    """Says how far it is, now and then."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._next_s = out, 0.0

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now >= self._next_s:
            self._next_s = now + _SAY_EVERY_S
            _say(self._out, Progress(share))


def _function(place: str) -> Run:
    module, name = place.split(":")
    found: Run = getattr(importlib.import_module(module), name)
    return found


def _say(out: BinaryIO, what: Said) -> None:
    out.write(encode(what) + b"\n")
    out.flush()


def _own_output() -> BinaryIO:
    """The way to the parent, which no library may chatter into."""
    own = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return own


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os.killpg(os.getpgid(0), signal.SIGKILL)


if __name__ == "__main__":
    main()
