"""Load, schedule, phases and note of one exercise, read from a form. What is wrong is named field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Protocol, cast, get_args

import msgspec
from werkzeug.datastructures import MultiDict

from coach.exercise import Dose, Exercise
from coach.exercise import Prescription as Prescribed
from webapp.i18n import _
from webapp.store.plans import (
    BANDS,
    EVERY_DAY,
    NOTE_LENGTH,
    Load,
    LoadKind,
    Phase,
    Plan,
    Schedule,
)

#: So many phases beside the first are offered; more would be a program of their own.
PHASES = 3
_MAX_KG = 500


Form = MultiDict[str, str]


class Reader(Protocol):
    """What reads numbers and remembers what was wrong with them (`webapp.therapist.forms`)."""

    problems: dict[str, str]

    def number(self, name: str, low: float, high: float) -> float:
        """The number in a field."""
        ...

    def whole(self, name: str, low: int, high: int) -> int:
        """The whole number in a field."""
        ...


def plan(form: Form, exercise: Exercise, prescribed: Prescribed, read: Reader, today: date) -> Plan:
    """What the form says beyond the engine's part; problems are left with the reader."""
    phases = tuple(_phases(form, exercise, prescribed, read))
    schedule = _schedule(form, read)
    if phases and schedule.start is None:
        schedule = msgspec.structs.replace(schedule, start=today)  # weeks are counted from a day
    return Plan(
        prescribed=prescribed,
        load=_load(form, read),
        schedule=schedule,
        phases=phases,
        note=form.get("note", "").strip()[:NOTE_LENGTH],
    )


def _load(form: Form, read: Reader) -> Load:
    kind = form.get("load", "none")
    if kind not in get_args(LoadKind):
        read.problems["load"] = _("Choose one of the loads.")
        return Load()
    if kind == "kg":
        return Load(kind="kg", kg=read.number("load_kg", 0, _MAX_KG))
    if kind == "band":
        band = form.get("load_band", "")
        if band not in BANDS:
            read.problems["load_band"] = _("Choose a colour.")
        return Load(kind="band", band=band)
    return Load(kind=cast(LoadKind, kind))


def _schedule(form: Form, read: Reader) -> Schedule:
    days = tuple(sorted({int(one) for one in form.getlist("weekday") if one in "0123456" and one}))
    if not days:
        read.problems["weekday"] = _("Choose at least one day of the week.")
    start, until = _day(form, "start", read), _day(form, "until", read)
    if start and until and until < start:
        read.problems["until"] = _("The last day lies before the first.")
    return Schedule(
        times_a_day=read.whole("times_a_day", 1, 12),
        weekdays=days or EVERY_DAY,
        start=start,
        until=until,
    )


def _day(form: Form, name: str, read: Reader) -> date | None:
    text = form.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        read.problems[name] = _("Enter a date as year-month-day, for example 2026-03-31.")
        return None


def _phases(
    form: Form, exercise: Exercise, prescribed: Prescribed, read: Reader
) -> Iterator[Phase]:
    """The phases whose week is filled in; each week once."""
    taken = set[int]()
    for number in range(1, PHASES + 1):
        name = f"phase.{number}"
        if not form.get(f"{name}.week", "").strip():
            continue
        week = read.whole(f"{name}.week", 2, 104)
        if week in taken:
            read.problems[f"{name}.week"] = _("Another phase begins in this week.")
        taken.add(week)
        yield Phase(
            week=week,
            dose=_dose(name, exercise, prescribed.dose or exercise.dose, read),
            targets={
                angle: read.number(f"{name}.target.{angle}", target.min, target.max)
                for angle, target in exercise.targets.items()
            },
        )


def _dose(name: str, exercise: Exercise, usual: Dose, read: Reader) -> Dose:
    return Dose(
        sets=read.whole(f"{name}.sets", 1, 20),
        reps=read.whole(f"{name}.reps", 1, 100) if exercise.kind == "cycle" else usual.reps,
        hold_s=read.number(f"{name}.hold_s", 0, 600),
        rest_s=usual.rest_s,
    )


def fields(plan: Plan, exercise: Exercise) -> dict[str, str]:
    """The phases of a plan as the form's fields: what the editor starts from."""
    found: dict[str, str] = {}
    usual = plan.prescribed.dose or exercise.dose
    for number, phase in enumerate(plan.phases[:PHASES], start=1):
        dose = phase.dose or usual
        values: Mapping[str, object] = {
            "week": phase.week, "sets": dose.sets, "reps": dose.reps, "hold_s": f"{dose.hold_s:g}",
            **{f"target.{angle}": f"{deg:g}" for angle, deg in {**plan.prescribed.targets, **phase.targets}.items()},
        }  # fmt: skip
        found |= {f"phase.{number}.{name}": str(value) for name, value in values.items()}
    return found
