"""Many made-up patients with a long past, to see how the pages fare with them. Their sessions hold totals only."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random

from coach.exercise import Exercise, Prescription
from poses import catalogue
from webapp.store import imports, people
from webapp.store.engine import Session
from webapp.store.imports import OldTotals, OldVersion
from webapp.store.people import NewPerson
from webapp.store.tables import Person

EXERCISES = ("squat", "shoulder_abduction", "glute_bridge")
SEED = 365
REPS = 20
FAULTY, SHORT = 0.08, 0.15


def gather(session: Session, therapist: Person, number: int, days: int, now: datetime) -> None:
    """So many patients in the therapist's care, who exercised on about two days of three."""
    for one in range(number):
        chance = Random(SEED + one)  # noqa: S311  # not for secrets
        new = NewPerson(f"Patient {one + 1:03d}", "patient", 1930 + one % 70)
        person = people.add_person(session, therapist.clinic_id, new)
        people.take_care(session, therapist, person)
        keen = chance.uniform(0.3, 0.95)
        past = [ago for ago in range(days, 0, -1) if chance.random() < keen]
        for position, exercise_id in enumerate(EXERCISES):
            _past(session, (person, therapist), (exercise_id, position), past, chance, now)


def _past(
    session: Session,
    who: tuple[Person, Person],
    what: tuple[str, int],
    past: list[int],
    chance: Random,
    now: datetime,
) -> None:
    (person, therapist), (exercise_id, position) = who, what
    begin = now - timedelta(days=(past[0] if past else 0) + 1)
    old = OldVersion(Prescription(), "", begin)
    [version] = imports.prescription(session, person, therapist, exercise_id, position, [old])
    exercise = catalogue.load(exercise_id)
    done = [_totals(exercise, now - timedelta(days=ago), position, chance) for ago in past]
    if done:
        imports.past_totals(session, person, exercise_id, version, done)


def _totals(exercise: Exercise, day: datetime, position: int, chance: Random) -> OldTotals:
    faulty = sum(chance.random() < FAULTY for _ in range(REPS))
    incomplete = sum(chance.random() < SHORT for _ in range(REPS - faulty))
    angle, target = next(iter(exercise.targets.items()))
    reach = round(target.default + chance.gauss(0, 6))
    return OldTotals(
        datetime.combine(day.date(), time(8, 15 * position), UTC), REPS, REPS - faulty - incomplete,
        incomplete, faulty, 150.0, angle, (5, max(6, reach)),
    )  # fmt: skip
