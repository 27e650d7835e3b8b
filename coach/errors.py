"""What can go wrong, as few named exceptions.

Each message is one sentence for the person at the keyboard: what was expected, what came, what to do.
The command line prints it and exits with 1; the web answers with a 4xx. Bad single frames are *events*
(`coach.events.FrameRejected`), never exceptions: a session survives them.
"""

from __future__ import annotations


class CoachError(Exception):
    """Base of every error that is the input's or the set-up's fault, not ours."""


class ExerciseFileError(CoachError):
    """An exercise definition is malformed.

    Attributes: `place` is the path inside the file (`$.phases[1].at`), `expected` and `got` say why.
    """

    def __init__(self, file: str, place: str, expected: str, got: str) -> None:
        self.file, self.place, self.expected, self.got = file, place, expected, got
        super().__init__(f"{file}, at {place}: expected {expected}, got {got}.")


class UnknownExerciseError(CoachError):
    """No exercise has this id; the message suggests the nearest one."""


class DoseError(CoachError):
    """A prescribed target, limit or dose lies outside what the exercise allows."""


class FrameError(CoachError):
    """A landmark frame has the wrong shape or holds values that are not finite numbers."""


class SnapshotError(CoachError):
    """A saved session state cannot be continued by this engine (other version, other exercise, damaged)."""


class MediaError(CoachError):
    """A video, camera or recording cannot be opened, read or written."""


class ModelError(CoachError):
    """A pose model file is missing or damaged; the message names the remedy."""


class MovementError(CoachError):
    """A recording does not show the movement that should be compared or learned; the message says what is missing."""


class NotMeasuredError(MediaError):
    """An assessment has no result. `reason` is a key: `unseen`, `wrong_view`, `hardly_moved`, `no_repetition`,
    `too_few` or `no_hold`."""

    def __init__(self, reason: str, text: str) -> None:
        self.reason = reason
        super().__init__(text)
