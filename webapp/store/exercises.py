"""Every exercise a clinic knows: those that come with the coach, then its own.

What a row names is found by the row's clinic; another clinic's own exercises do not exist here. Whether somebody may be
offered one is asked in `webapp.store.own_exercises`.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach.errors import UnknownExerciseError
from coach.exercise import Exercise
from coach.io import exercise_file, reference_file
from coach.reference import ReferenceMovement
from poses import catalogue
from webapp.store.own_exercise_tables import OwnExercise, OwnExerciseVersion

OWN: Final = "own_"
"""How the ids of own exercises begin; none that comes with the coach does."""


def find(
    session: Session, clinic_id: str, exercise_id: str, at: datetime | None = None
) -> Exercise | None:
    """The exercise as it is now, or as it was at a moment; None when the clinic knows none of this id."""
    if not exercise_id.startswith(OWN):
        return catalogue.load(exercise_id) if exercise_id in catalogue.ids() else None
    query = (
        select(OwnExerciseVersion.id, OwnExerciseVersion.created_at)
        .join(OwnExercise, OwnExercise.id == OwnExerciseVersion.exercise_id)
        .where(OwnExercise.key == exercise_id, OwnExercise.clinic_id == clinic_id)
        .order_by(OwnExerciseVersion.number.desc())
    )
    versions = session.execute(query).all()
    held = [one for one in versions if at is None or one.created_at <= at]
    chosen = (held or versions[-1:])[:1]
    return None if not chosen else _read(session, chosen[0].id)


def load(
    session: Session, clinic_id: str, exercise_id: str, at: datetime | None = None
) -> Exercise:
    """The exercise as `find` finds it. Raises UnknownExerciseError."""
    found = find(session, clinic_id, exercise_id, at)
    if found is None:
        raise UnknownExerciseError(f"There is no exercise '{exercise_id}'.")
    return found


def reference(session: Session, clinic_id: str, exercise_id: str) -> ReferenceMovement:
    """The movement to show. Raises UnknownExerciseError."""
    if not exercise_id.startswith(OWN):
        return catalogue.reference(exercise_id)
    data = session.scalar(
        select(OwnExercise.reference).where(
            OwnExercise.key == exercise_id, OwnExercise.clinic_id == clinic_id
        )
    )
    if data is None:
        raise UnknownExerciseError(f"There is no exercise '{exercise_id}'.")
    return reference_from(data)


def reference_from(data: bytes) -> ReferenceMovement:
    """The bytes of a reference file. Raises MediaError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.npz"
        path.write_bytes(data)
        return reference_file.read(path)


def _read(session: Session, version_id: str) -> Exercise:
    text = session.scalars(
        select(OwnExerciseVersion.definition).where(OwnExerciseVersion.id == version_id)
    ).one()
    return _parsed(text)


@lru_cache(maxsize=500)
def _parsed(text: str) -> Exercise:
    """The same few definitions are read over and over."""
    return exercise_file.parse(text, "own.toml")
