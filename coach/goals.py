"""What one patient is asked to do: the exercise's defaults with the therapist's prescription on top, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from coach.errors import DoseError
from coach.events import Side
from coach.exercise import Dose, Exercise, Limit, Prescription, Sides, Target, Tempo

SLACK_DEG: Final = 5.0
"""A target counts as reached, and a limit as kept, within 5 degrees: what a good rater reproduces with a goniometer
(same-rater minimal detectable change, docs/reference/angles.md). The coach is not stricter than the human
instrument."""

_SHARE_SLACK: Final = 0.1
"""The same forgiveness where degrees are not vouched for, as a share of the movement."""


class Goal(NamedTuple):
    """One angle to reach (`towards` larger or smaller), or one not to exceed."""

    angle: str
    deg: float
    towards: Literal["larger", "smaller"]
    cue: str

    def reached_by(self, low_deg: float, high_deg: float) -> bool:
        """Whether a range of motion reaches the goal, within the slack."""
        if self.towards == "larger":
            return high_deg >= self.deg - SLACK_DEG
        return low_deg <= self.deg + SLACK_DEG

    def exceeded_by(self, deg: float) -> bool:
        """Whether a value is beyond the goal by more than the slack (for a limit)."""
        return (
            deg > self.deg + SLACK_DEG if self.towards == "larger" else deg < self.deg - SLACK_DEG
        )


class Goals:
    """Everything set for this session. Raises DoseError where the prescription leaves the exercise's ranges."""

    def __init__(self, exercise: Exercise, prescription: Prescription) -> None:
        self.targets = tuple(
            Goal(name, _within(name, target, prescription.targets), target.towards, target.cue)
            for name, target in exercise.targets.items()
        )
        self.limits = tuple(
            Goal(name, _within(name, limit, prescription.limits), limit.beyond, limit.cue)
            for name, limit in exercise.limits.items()
            if limit.default is not None or name in prescription.limits
        )
        _known("target", prescription.targets, exercise.targets)
        _known("limit", prescription.limits, exercise.limits)
        self.dose: Dose = prescription.dose or exercise.dose
        self.tempo: Tempo = prescription.tempo or exercise.tempo
        self.sides: Sides = _sides(exercise, prescription)
        self.full = _full_share(exercise, self.targets)

    @property
    def channels(self) -> tuple[Side, ...]:
        """Who is counted: both sides together, one, or each by itself."""
        return ("left", "right") if self.sides == "alternating" else (self.sides,)

    @property
    def reps_of_set(self) -> int:
        """Repetitions that complete a set: the dose is per side, so alternating sides do it twice."""
        return self.dose.reps * (2 if self.sides == "alternating" else 1)

    def reached_share(self, share: float) -> bool:
        """Whether progress on the exercise's own scale reaches the first target, where degrees are not vouched
        for."""
        return share >= self.full - _SHARE_SLACK


def _within(name: str, bounds: Target | Limit, prescribed: Mapping[str, float]) -> float:
    deg = prescribed.get(name, bounds.default)
    assert deg is not None  # noqa: S101 - limits without a default are filtered by the caller
    if not bounds.min <= deg <= bounds.max:
        raise DoseError(
            f"{name} should be between {bounds.min:g} and {bounds.max:g} degrees, but is {deg:g}."
        )
    return deg


def _known(kind: str, prescribed: Mapping[str, float], known: Mapping[str, object]) -> None:
    for name in prescribed:
        if name not in known:
            names = ", ".join(known) or "none"
            raise DoseError(f"This exercise has no {kind} '{name}'; it has: {names}.")


def _sides(exercise: Exercise, prescription: Prescription) -> Sides:
    wanted = prescription.sides or exercise.sides
    allowed = (exercise.sides, *exercise.other_sides)
    if wanted not in allowed:
        raise DoseError(
            f"{exercise.id} can be set to {' or '.join(allowed)}, but not to '{wanted}'."
        )
    return wanted


def _full_share(exercise: Exercise, targets: tuple[Goal, ...]) -> float:
    """The first target on the exercise's progress scale, from the signal's term for the same angle; else 1."""
    for goal in targets[:1]:
        for term in exercise.signal:
            if term.measure == goal.angle:
                return (goal.deg - term.rest) / (term.full - term.rest)
    return 1.0
