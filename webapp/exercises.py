"""The exercises as the reader of this request knows them: those that come with the coach, and their clinic's own."""

from __future__ import annotations

from coach.errors import UnknownExerciseError
from coach.exercise import Exercise
from coach.reference import ReferenceMovement
from poses import catalogue
from webapp.auth.actor import actor_or_none
from webapp.extensions import database
from webapp.store import exercises
from webapp.store.exercises import OWN


def load(exercise_id: str) -> Exercise:
    """One exercise. Raises UnknownExerciseError, as for another clinic's."""
    if not exercise_id.startswith(OWN):
        return catalogue.load(exercise_id)
    with database().reading() as db:
        return exercises.load(db, _clinic(exercise_id), exercise_id)


def reference(exercise_id: str) -> ReferenceMovement:
    """Its movement, to be shown. Raises UnknownExerciseError."""
    if not exercise_id.startswith(OWN):
        return catalogue.reference(exercise_id)
    with database().reading() as db:
        return exercises.reference(db, _clinic(exercise_id), exercise_id)


def _clinic(exercise_id: str) -> str:
    actor = actor_or_none()
    if actor is None:
        raise UnknownExerciseError(f"There is no exercise '{exercise_id}'.")
    return actor.clinic_id
