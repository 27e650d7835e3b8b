"""What a patient has to do today, and how the last days went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coach.exercise import Dose, Exercise, Prescription
from webapp.store import log, programs
from webapp.store.access import Actor
from webapp.store.engine import Session
from webapp.words import as_prescribed, exercise_or_none


@dataclass(frozen=True, slots=True)
class Task:
    """One exercise of the program, as prescribed now."""

    prescription_id: str
    exercise: Exercise
    prescribed: Prescription
    done: bool

    @property
    def dose(self) -> Dose:
        """The therapist's dose, or the exercise's own."""
        return self.prescribed.dose or self.exercise.dose

    @property
    def targets(self) -> dict[str, float]:
        """Degrees to reach by angle name."""
        return {
            name: self.prescribed.targets.get(name, target.default)
            for name, target in self.exercise.targets.items()
        }


def tasks(session: Session, actor: Actor, today: date) -> list[Task]:
    """The program in order. An exercise that left the catalogue is left out."""
    done = log.done_on(session, actor.person_id, today)
    found = []
    for row in programs.of_patient(session, actor.person_id):
        exercise = exercise_or_none(row.exercise_id)
        if exercise is not None:
            wish = programs.judged(session, programs.current(session, row.id))
            found.append(Task(row.id, *as_prescribed(exercise, wish), row.id in done))
    return found


def last_days(
    session: Session, actor: Actor, today: date, number: int = 7
) -> list[tuple[date, bool]]:
    """The last days, oldest first, each with whether something was done."""
    first = today - timedelta(days=number - 1)
    done = log.days_done(session, actor.person_id, first)
    return [(day, day in done) for day in (first + timedelta(days=n) for n in range(number))]
