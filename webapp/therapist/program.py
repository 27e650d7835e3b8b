"""A patient's program as the therapist reads it: dose, target, what was reached lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coach.exercise import Dose, Exercise, Prescription
from poses import catalogue
from webapp.review import best_by_session
from webapp.store import log, programs
from webapp.store.engine import Session
from webapp.store.tables import Prescription as PrescriptionRow
from webapp.store.tables import PrescriptionVersion
from webapp.therapist import forms
from webapp.words import as_prescribed, exercise_or_none

ADHERENCE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise of the program. `best` is how far each of the last sessions went, oldest first."""

    row: PrescriptionRow
    exercise: Exercise
    version: PrescriptionVersion
    prescribed: Prescription
    best: list[int]
    sessions: int

    @property
    def dose(self) -> Dose:
        """What applies: the therapist's or the exercise's own."""
        return self.prescribed.dose or self.exercise.dose

    @property
    def target(self) -> tuple[str, float] | None:
        """Name and degrees of the first target."""
        return next(iter(self.prescribed.targets.items()), None)


def line(session: Session, row: PrescriptionRow) -> Line | None:
    """One exercise with its lately reached degrees; None when it has left the catalogue."""
    exercise = exercise_or_none(row.exercise_id)
    if exercise is None:
        return None
    version = programs.current(session, row.id)
    done = list(log.of_prescription(session, row.id))
    wish = programs.prescribed(version)
    exercise, prescribed = as_prescribed(exercise, wish)[0], forms.merged(exercise, wish)
    return Line(
        row, exercise, version, prescribed, best_by_session(session, done, exercise), len(done)
    )


def lines(session: Session, patient_id: str, *, stopped: bool = False) -> list[Line]:
    """The program in order."""
    found = (
        line(session, row) for row in programs.of_patient(session, patient_id, stopped=stopped)
    )
    return [one for one in found if one is not None]


def adherence(session: Session, patient_id: str, today: date) -> list[tuple[date, bool]]:
    """The last two weeks, oldest first, each day with whether something was done."""
    first = today - timedelta(days=ADHERENCE_DAYS - 1)
    done = log.days_done(session, patient_id, first)
    return [
        (day, day in done) for day in (first + timedelta(days=n) for n in range(ADHERENCE_DAYS))
    ]


def offered(session: Session, patient_id: str) -> list[Exercise]:
    """The exercises of the catalogue that are not in the program yet."""
    taken = {row.exercise_id for row in programs.of_patient(session, patient_id)}
    return [catalogue.load(one) for one in catalogue.ids() if one not in taken]
