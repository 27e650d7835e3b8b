"""Why a clip was not counted exactly: found by judging it again with one rule relaxed at a time.

`extra`: repetitions that nobody labelled. Of those missed: `posture` (without the gates the count is nearer), `shallow`
(with a smaller least movement), `slow_or_quick` (with a wider credible duration), `unseen` (half of the frames are
without a person), else `signal`: the movement does not show in what is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from coach.commands.evaluating.counts import Outcome
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.session import ExerciseSession
from coach.stream import Gap, run

CAUSES: Final = ("extra", "posture", "shallow", "slow_or_quick", "unseen", "signal")
_HALF: Final = 0.5


def cause_of(outcome: Outcome, frames: Sequence[PoseFrame | Gap], exercise: Exercise) -> Outcome:
    """The outcome with the cause of its error."""
    return msgspec.structs.replace(outcome, cause=_cause(outcome, frames, exercise))


def _cause(outcome: Outcome, frames: Sequence[PoseFrame | Gap], exercise: Exercise) -> str:
    if outcome.counted > outcome.label.reps:
        return "extra"
    if sum(isinstance(frame, Gap) for frame in frames) > _HALF * len(frames):
        return "unseen"
    error = outcome.label.reps - outcome.counted
    for name, relax in _relaxations():
        counted = _count(relax(exercise), frames)
        if abs(outcome.label.reps - counted) < error:
            return name
    return "signal"


def _relaxations() -> Iterator[tuple[str, Callable[[Exercise], Exercise]]]:
    """Each rule that may forbid a repetition, with a way to relax it."""
    yield (
        "posture",
        lambda one: msgspec.structs.replace(_counting(one, start_max=9.0, drift_m=9.0), gates=()),
    )
    yield (
        "shallow",
        lambda one: _counting(one, min_travel=one.counting.min_travel / 2, own_share=0.2),
    )
    yield "slow_or_quick", lambda one: _counting(one, min_s=0.1, max_s=60.0)


def _counting(exercise: Exercise, **changed: float) -> Exercise:
    counting = msgspec.structs.replace(exercise.counting, **changed)
    return msgspec.structs.replace(exercise, counting=counting)


def _count(exercise: Exercise, frames: Sequence[PoseFrame | Gap]) -> int:
    session = ExerciseSession(exercise, start="file")
    for _ in run(session, frames):
        pass
    return session.counts.reps
