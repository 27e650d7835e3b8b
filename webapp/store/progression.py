"""Rules that propose the next step of an exercise, forwards or back: pure, from sessions and reports to a proposal.

The rules are data (`webapp/progression.toml`). Nothing here changes a program: a proposal waits for a therapist.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from coach.exercise import Dose, Exercise
from coach.exercise import Prescription as Prescribed
from webapp.store.pain import MORNING_POINTS

FILE = Path(__file__).resolve().parents[1] / "progression.toml"
#: Fewer repetitions than this are a try, not a session.
ENOUGH_REPS = 5


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Strict: a misspelt key is an error, not a rule that never fires."""


class When(_Data, frozen=True):
    """What the last `sessions` must have in common. Effort and pain count where they were reported."""

    sessions: Annotated[int, msgspec.Meta(ge=1, le=10)] = 1
    correct_share: float | None = None
    held_share: float | None = None
    effort_at_most: int | None = None
    pain: Literal["too_much"] | None = None
    morning: Literal["worse"] | None = None
    stopped: Literal["pain"] | None = None


class Change(_Data, frozen=True):
    """One way to take a step: the first that is possible is proposed."""

    change: Literal["reps", "target", "hold", "ladder"]
    by: int = 0
    by_deg: float = 0.0
    by_s: float = 0.0
    least: int = 1
    most: int = 100
    most_s: float = 600.0


class Rule(_Data, frozen=True):
    """When it fits, a step is proposed."""

    id: str
    direction: Literal["forward", "back"]
    when: When
    steps: tuple[Change, ...]


class Ladder(_Data, frozen=True):
    """Exercises from easier to harder."""

    exercises: tuple[str, ...]


class Rules(_Data, frozen=True):
    """The whole file."""

    rules: tuple[Rule, ...]
    ladders: tuple[Ladder, ...] = ()


class Step(_Data, frozen=True):
    """What is proposed: a new number of repetitions, seconds to hold or degrees to reach, or another exercise."""

    kind: Literal["reps", "target", "hold", "ladder"]
    before: float = 0.0
    after: float = 0.0
    angle: str = ""
    exercise: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One session of the exercise. `morning`: how much more it hurt the next morning than before, in points."""

    session_id: str
    reps: int = 0
    correct: int = 0
    held_share: float | None = None
    stopped_for_pain: bool = False
    pain: int | None = None
    effort: int | None = None
    morning: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What a step is proposed for. `prescribed` is complete; `taken`: exercises in the program; `too_much`: the pain
    from which the clinic's rule steps back."""

    exercise: Exercise
    prescribed: Prescribed
    taken: Collection[str] = ()
    too_much: int = 6


@dataclass(frozen=True, slots=True)
class Proposed:
    """A rule that fits, its step, and the sessions that it rests on, newest first."""

    rule: Rule
    step: Step
    sessions: tuple[str, ...]


@cache
def rules(path: Path = FILE) -> Rules:
    """The rules that come with the app. Raises msgspec.ValidationError that names what is wrong."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Rules)


def propose(case: Case, outcomes: Sequence[Outcome], using: Rules) -> Proposed | None:
    """The first rule that fits the newest sessions (`outcomes`, newest first) and has a step left to take."""
    for rule in using.rules:
        newest = outcomes[: rule.when.sessions]
        if len(newest) == rule.when.sessions and all(_fits(rule.when, case, one) for one in newest):
            step = _step(rule, case, using.ladders)
            if step is not None:
                return Proposed(rule, step, tuple(one.session_id for one in newest))
    return None


def _fits(when: When, case: Case, one: Outcome) -> bool:
    """Whether one session is as the rule wants it. What hurt never fits a step forward."""
    asked = [
        (when.pain, one.pain is not None and one.pain >= case.too_much),
        (when.morning, one.morning is not None and one.morning >= MORNING_POINTS),
        (when.stopped, one.stopped_for_pain),
        (when.correct_share is not None, _correct(when.correct_share or 0.0, one)),
        (when.held_share is not None, (one.held_share or 0.0) >= (when.held_share or 0.0) - 1e-9),
        (when.effort_at_most is not None, one.effort is None or one.effort <= (when.effort_at_most or 0)),
        (when.correct_share is not None or when.held_share is not None, not _hurt(case, one)),
    ]  # fmt: skip
    return all(holds for wanted, holds in asked if wanted)


def _correct(share: float, one: Outcome) -> bool:
    return one.reps >= ENOUGH_REPS and one.correct >= share * one.reps


def _hurt(case: Case, one: Outcome) -> bool:
    """Pain at the rule's cut-off, a stop because of it, or a worse morning."""
    return (
        one.stopped_for_pain
        or (one.pain or 0) >= case.too_much
        or (one.morning or 0) >= MORNING_POINTS
    )


def _step(rule: Rule, case: Case, ladders: Sequence[Ladder]) -> Step | None:
    for change in rule.steps:
        if change.change == "ladder":
            step = _climb(case, ladders, 1 if rule.direction == "forward" else -1)
        else:
            step = _WAYS[change.change](change, case)
        if step is not None:
            return step
    return None


def _reps(change: Change, case: Case) -> Step | None:
    """More or fewer repetitions, within the rule's range."""
    now = _dose(case).reps
    if case.exercise.kind != "cycle":
        return None
    after = (
        max(change.least, now + change.by) if change.by < 0 else min(change.most, now + change.by)
    )
    return _if_moved("reps", now, after, change.by)


def _hold(change: Change, case: Case) -> Step | None:
    """Longer or shorter holds."""
    now = _dose(case).hold_s
    after = min(change.most_s, max(1.0, now + change.by_s))
    return _if_moved("hold", now, after, change.by_s) if now else None


def _target(change: Change, case: Case) -> Step | None:
    """Further, or less far, within the exercise's range and within the patient's limit."""
    angle, target = next(iter(case.exercise.targets.items()), (None, None))
    if angle is None or target is None:
        return None
    now = case.prescribed.targets.get(angle, target.default)
    by = -change.by_deg if target.towards == "smaller" else change.by_deg
    low, high = target.min, target.max
    limit = case.prescribed.limits.get(angle)
    if limit is not None:
        low, high = (
            (max(low, limit), high) if target.towards == "smaller" else (low, min(high, limit))
        )
    step = _if_moved("target", now, min(high, max(low, now + by)), by)
    return None if step is None else msgspec.structs.replace(step, angle=angle)


def _climb(case: Case, ladders: Sequence[Ladder], way: int) -> Step | None:
    """The next exercise of a ladder, harder or easier, that is not in the program."""
    for ladder in ladders:
        names = ladder.exercises
        if case.exercise.id in names:
            at = names.index(case.exercise.id) + way
            if 0 <= at < len(names) and names[at] not in case.taken:
                return Step(kind="ladder", exercise=names[at])
    return None


def _if_moved(
    kind: Literal["reps", "target", "hold"], before: float, after: float, by: float
) -> Step | None:
    """A step, unless it leads nowhere or the wrong way (a value beyond the rule's range stays where it is)."""
    return Step(kind=kind, before=before, after=after) if (after - before) * by > 0 else None


def _dose(case: Case) -> Dose:
    return case.prescribed.dose or case.exercise.dose


_WAYS: dict[str, Callable[[Change, Case], Step | None]] = {
    "reps": _reps,
    "hold": _hold,
    "target": _target,
}


def applied(prescribed: Prescribed, exercise: Exercise, step: Step) -> Prescribed:
    """What would be prescribed after a step; a step up a ladder changes another exercise, so nothing here."""
    dose = prescribed.dose or exercise.dose
    if step.kind == "reps":
        dose = msgspec.structs.replace(dose, reps=int(step.after))
        return msgspec.structs.replace(prescribed, dose=dose)
    if step.kind == "hold":
        return msgspec.structs.replace(
            prescribed, dose=msgspec.structs.replace(dose, hold_s=step.after)
        )
    if step.kind == "target":
        targets = {**prescribed.targets, step.angle: step.after}
        return msgspec.structs.replace(prescribed, targets=targets)
    return prescribed
