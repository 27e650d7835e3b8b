"""What a version of a prescription says beyond what the engine judges: load, schedule, phases, a note to the patient.

All of it is plain data with pure functions; weeks and days are the patient's own calendar days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from coach.exercise import Dose
from coach.exercise import Prescription as Prescribed

LoadKind = Literal["none", "body", "kg", "band"]
BANDS = ("yellow", "red", "green", "blue", "black", "silver", "gold")
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
NOTE_LENGTH = 500


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Strict: what the database holds is read back as it was meant, or not at all."""


class Load(_Data, frozen=True):
    """What is moved: nothing in particular, the own body, kilograms, or an elastic band of a colour."""

    kind: LoadKind = "none"
    kg: Annotated[float, msgspec.Meta(ge=0.0, le=500.0)] | None = None
    band: str | None = None


class Schedule(_Data, frozen=True):
    """When it is to be done. `weekdays`: 0 is Monday; `start` and `until` are the first and the last day."""

    times_a_day: Annotated[int, msgspec.Meta(ge=1, le=12)] = 1
    weekdays: tuple[Annotated[int, msgspec.Meta(ge=0, le=6)], ...] = EVERY_DAY
    start: date | None = None
    until: date | None = None


class Phase(_Data, frozen=True):
    """From this week on (1 is the week of `Schedule.start`) another dose or other targets hold."""

    week: Annotated[int, msgspec.Meta(ge=2, le=104)]
    dose: Dose | None = None
    targets: dict[str, float] = {}


class Plan(_Data, frozen=True):
    """Everything that is prescribed for one exercise."""

    prescribed: Prescribed = Prescribed()
    load: Load = Load()
    schedule: Schedule = Schedule()
    phases: tuple[Phase, ...] = ()
    note: str = ""


class Due(NamedTuple):
    """How often an exercise is to be done on a day, and how often still."""

    wanted: int
    left: int


def due(schedule: Schedule, day: date, done: int) -> Due:
    """What is asked of a day on which it has been done `done` times. Nothing outside the dates and weekdays."""
    asked = _within(schedule, day) and day.weekday() in schedule.weekdays
    wanted = schedule.times_a_day if asked else 0
    return Due(wanted, max(0, wanted - done))


def ended(schedule: Schedule, day: date) -> bool:
    """Whether the last day is over."""
    return schedule.until is not None and day > schedule.until


def _within(schedule: Schedule, day: date) -> bool:
    return not (schedule.start and day < schedule.start) and not ended(schedule, day)


def week_of(schedule: Schedule, day: date) -> int:
    """The week of the program that a day lies in, from 1; before the start, and without one, it is the first."""
    if schedule.start is None or day < schedule.start:
        return 1
    return (day - schedule.start).days // 7 + 1


def phase_on(plan: Plan, day: date) -> Phase | None:
    """The phase that holds on a day: the last one whose week has come; None for what holds from the beginning."""
    week = week_of(plan.schedule, day)
    come = [phase for phase in plan.phases if phase.week <= week]
    return max(come, key=lambda phase: phase.week, default=None)


def on(plan: Plan, day: date) -> Prescribed:
    """What the engine is to judge by on a day: the prescription with the phase of that day on top."""
    phase = phase_on(plan, day)
    if phase is None:
        return plan.prescribed
    return msgspec.structs.replace(
        plan.prescribed,
        dose=phase.dose or plan.prescribed.dose,
        targets={**plan.prescribed.targets, **phase.targets},
    )


def plain(plan: Plan) -> dict[str, Any]:
    """The columns of a version beside the engine's; what says nothing is NULL."""
    return {
        "load": _or_none(plan.load, Load()),
        "schedule": _or_none(plan.schedule, Schedule()),
        "phases": msgspec.to_builtins(_in_order(plan.phases)) or None,
        "note": plan.note or None,
    }


def read(
    prescribed: Prescribed, load: object, schedule: object, phases: object, note: str | None
) -> Plan:
    """The columns of a version as a plan. Raises msgspec.ValidationError for what `plain` never wrote."""
    return Plan(
        prescribed=prescribed,
        load=msgspec.convert(load or {}, Load),
        schedule=msgspec.convert(schedule or {}, Schedule),
        phases=msgspec.convert(phases or [], tuple[Phase, ...]),
        note=note or "",
    )


def _or_none(value: msgspec.Struct, default: msgspec.Struct) -> Any:
    return None if value == default else msgspec.to_builtins(value)


def _in_order(phases: Sequence[Phase]) -> list[Phase]:
    return sorted(phases, key=lambda phase: phase.week)
