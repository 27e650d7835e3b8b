"""Have a movement learned in a process of its own, one at a time and within a time limit."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Final

import msgspec

from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.io import exercise_file
from webapp.logs import log
from webapp.movements.child import Answer, Cause, Task
from webapp.movements.landmarks import Frames, packed

MOST_S: Final = 120.0
"""Usually some seconds; a busy machine may take long, but not for ever."""
_ONE_AT_A_TIME = threading.Lock()


class NotLearnedError(Exception):
    """No exercise came out of it: for a `cause` that the therapist can do something about, or `failed`."""

    def __init__(self, cause: Cause | str) -> None:
        self.cause = cause
        super().__init__(cause)


class Taught(msgspec.Struct, frozen=True):
    """What was learned, with the bytes to keep."""

    exercise: Exercise
    recording: bytes
    reference: bytes
    count: int


def taught(frames: Frames, exercise_id: str, like: Exercise | None) -> Taught:
    """Learn the exercise that these frames show. Raises NotLearnedError."""
    if not any(isinstance(frame, PoseFrame) for frame in frames):
        raise NotLearnedError("nobody")
    kept = packed(frames)
    text = None if like is None else exercise_file.text_of(like)
    found = _ask(Task(kept, exercise_id, text))
    if found.cause is not None:
        raise NotLearnedError(found.cause)
    exercise = exercise_file.parse(found.definition, f"{exercise_id}.toml")
    return Taught(exercise, kept, found.reference, found.count)


def _ask(task: Task) -> Answer:
    command = [sys.executable, "-m", "webapp.movements.child"]
    try:
        with _ONE_AT_A_TIME:
            done = subprocess.run(  # noqa: S603 - our own module, no shell, no words of anybody's
                command,
                input=msgspec.msgpack.encode(task),
                capture_output=True,
                timeout=MOST_S,
                check=True,
            )
        return msgspec.msgpack.decode(done.stdout, type=Answer)
    except (subprocess.SubprocessError, msgspec.DecodeError, OSError) as error:
        log.warning("not_learned", cause=str(error))
        raise NotLearnedError("failed") from None
