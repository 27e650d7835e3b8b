"""What a patient has to do today, and how the last days went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.exercise import Dose, Exercise, Prescription
from webapp.store import log, plans, programs
from webapp.store.access import Actor
from webapp.store.engine import Session
from webapp.store.plans import Due, Plan
from webapp.words import as_prescribed, exercise_or_none


@dataclass(frozen=True, slots=True)
class Task:
    """One exercise of the program, as prescribed on this day. `times` is how often it has been done today."""

    prescription_id: str
    exercise: Exercise
    prescribed: Prescription
    plan: Plan
    times: int
    due: Due

    @property
    def done(self) -> bool:
        """Whether it was done as often as this day asks, and at all."""
        return self.times > 0 and self.due.left == 0

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
    """The program in order. What left the catalogue, or is not to be done yet or any more, is left out."""
    times = log.times_done(session, actor.person_id, today)
    found = []
    for row, version in programs.currents(session, actor.person_id):
        exercise = exercise_or_none(row.exercise_id)
        plan = programs.plan(version)
        if exercise is not None and running(plan, today):
            done = times.get(row.id, 0)
            due = plans.due(plan.schedule, today, done)
            wish = programs.judged(session, version, today)
            found.append(Task(row.id, *as_prescribed(exercise, wish), plan, done, due))
    return found


def running(plan: Plan, day: date) -> bool:
    """Whether a day lies between the first and the last day of a plan."""
    begun = plan.schedule.start is None or plan.schedule.start <= day
    return begun and not plans.ended(plan.schedule, day)


def waiting(found: Sequence[Task]) -> list[Task]:
    """What today asks for and is not done yet, in order; what is to be done twice waits for the others."""
    return sorted((task for task in found if task.due.left), key=lambda task: task.times)


def last_days(
    session: Session, actor: Actor, today: date, number: int = 7
) -> list[tuple[date, bool]]:
    """The last days, oldest first, each with whether something was done."""
    first = today - timedelta(days=number - 1)
    done = log.days_done(session, actor.person_id, first)
    return [(day, day in done) for day in (first + timedelta(days=n) for n in range(number))]
