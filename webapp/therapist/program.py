"""A patient's program as the therapist reads it: dose, target, adherence, what was reached lately."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from coach.exercise import Dose, Exercise, Prescription
from poses import catalogue
from webapp.review import best_by_session
from webapp.store import log, plans, programs
from webapp.store.engine import Session
from webapp.store.plans import Plan
from webapp.store.tables import Prescription as PrescriptionRow
from webapp.store.tables import PrescriptionVersion
from webapp.therapist import forms
from webapp.words import as_prescribed, exercise_or_none

ADHERENCE_DAYS = 14
#: From here on the therapist is told that people do fewer exercises when they are given more.
FEW = 4

Did = Literal["done", "missed", "rest"]


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise of the program on a day. `best` is how far each of the last sessions went, `days` whether it was
    done on each of the last days; both oldest first."""

    row: PrescriptionRow
    exercise: Exercise
    version: PrescriptionVersion
    plan: Plan
    prescribed: Prescription
    best: list[int]
    days: list[tuple[date, Did]]

    @property
    def dose(self) -> Dose:
        """What applies: the therapist's or the exercise's own."""
        return self.prescribed.dose or self.exercise.dose

    @property
    def target(self) -> tuple[str, float] | None:
        """Name and degrees of the first target."""
        return next(iter(self.prescribed.targets.items()), None)

    @property
    def kept(self) -> tuple[int, int]:
        """Days on which it was done, and days on which it was done or due."""
        done = sum(did == "done" for _, did in self.days)
        return done, done + sum(did == "missed" for _, did in self.days)


def line(session: Session, row: PrescriptionRow, today: date) -> Line | None:
    """One exercise; None when it has left the catalogue."""
    done = log.days_by_prescription(session, row.patient_id, _first(today))
    return _line(session, row, programs.current(session, row.id), done, today)


def lines(session: Session, patient_id: str, today: date, *, stopped: bool = False) -> list[Line]:
    """The program in order."""
    done = log.days_by_prescription(session, patient_id, _first(today))
    found = (
        _line(session, row, version, done, today)
        for row, version in programs.currents(session, patient_id, stopped=stopped)
    )
    return [one for one in found if one is not None]


def _line(
    session: Session,
    row: PrescriptionRow,
    version: PrescriptionVersion,
    done: Mapping[str, set[date]],
    today: date,
) -> Line | None:
    exercise = exercise_or_none(row.exercise_id)
    if exercise is None:
        return None
    plan = programs.plan(version)
    wish = plans.on(plan, today)
    exercise, prescribed = as_prescribed(exercise, wish)[0], forms.merged(exercise, wish)
    best = best_by_session(session, list(log.of_prescription(session, row.id)), exercise)
    return Line(
        row, exercise, version, plan, prescribed, best,
        days(plan, row.created_at.date(), done.get(row.id, set()), today),
    )  # fmt: skip


def days(plan: Plan, since: date, done: set[date], today: date) -> list[tuple[date, Did]]:
    """The last two weeks against the schedule. Today is not missed before it is over."""
    found: list[tuple[date, Did]] = []
    for ago in range(ADHERENCE_DAYS - 1, -1, -1):
        day = today - timedelta(days=ago)
        asked = day >= since and ago > 0 and plans.due(plan.schedule, day, 0).wanted
        found.append((day, "done" if day in done else "missed" if asked else "rest"))
    return found


def _first(today: date) -> date:
    return today - timedelta(days=ADHERENCE_DAYS - 1)


def adherence(session: Session, patient_id: str, today: date) -> list[tuple[date, bool]]:
    """The last two weeks, oldest first, each day with whether something was done."""
    first = _first(today)
    done = log.days_done(session, patient_id, first)
    return [
        (day, day in done) for day in (first + timedelta(days=n) for n in range(ADHERENCE_DAYS))
    ]


def offered(session: Session, patient_id: str) -> list[Exercise]:
    """The exercises of the catalogue that are not in the program yet."""
    taken = {row.exercise_id for row in programs.of_patient(session, patient_id)}
    return [catalogue.load(one) for one in catalogue.ids() if one not in taken]
