"""Exercises that a clinic recorded itself: who may use and change which, new ones, new versions.

A draft is its author's. Ready, it is offered to its author, and when shared to the clinic's other therapists; a
patient's own version is offered for that patient only, by whoever looks after them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from coach.exercise import Exercise, Target
from coach.io import exercise_file
from webapp.store import access, audit, exercises
from webapp.store.access import Actor, NotVisible
from webapp.store.own_exercise_tables import OwnExercise, OwnExerciseVersion, State
from webapp.store.tables import Prescription, PrescriptionVersion


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, to be kept: the definition learned from it, and both files' bytes."""

    exercise: Exercise
    recording: bytes
    reference: bytes
    count: int
    like_id: str | None = None
    patient_id: str | None = None


def new_key() -> str:
    """An id for an own exercise: 48 bits of chance, which nobody guesses."""
    return exercises.OWN + secrets.token_hex(6)


def offered(session: Session, actor: Actor, patient_id: str | None = None) -> list[Exercise]:
    """The own exercises that may be put into a program: the clinic's, and this patient's own versions."""
    query = select(OwnExercise).where(_usable(actor, patient_id)).order_by(OwnExercise.id)
    return [exercises.load(session, actor.clinic_id, row.key) for row in session.scalars(query)]


def usable(session: Session, actor: Actor, patient_id: str, exercise_id: str) -> bool:
    """Whether an exercise may be put into this patient's program."""
    if not exercise_id.startswith(exercises.OWN):
        return exercises.find(session, actor.clinic_id, exercise_id) is not None
    query = select(OwnExercise.id).where(_usable(actor, patient_id), OwnExercise.key == exercise_id)
    return session.scalar(query) is not None


def known(session: Session, actor: Actor) -> Sequence[OwnExercise]:
    """All that the actor may look at, the newest first."""
    access.require_prescriber(actor)
    return session.scalars(
        select(OwnExercise).where(_visible(actor)).order_by(OwnExercise.id.desc())
    ).all()


def ids(session: Session, clinic_id: str) -> list[str]:
    """The ids of all that a clinic ever used, for its log."""
    query = select(OwnExercise.key).where(
        OwnExercise.clinic_id == clinic_id, OwnExercise.state != "draft"
    )
    return list(session.scalars(query.order_by(OwnExercise.id)))


def require(session: Session, actor: Actor, key: str) -> OwnExercise:
    """An own exercise that the actor may look at; else NotVisible."""
    access.require_prescriber(actor)
    found = session.scalar(select(OwnExercise).where(_visible(actor), OwnExercise.key == key))
    if found is None:
        raise NotVisible
    return found


def changeable(actor: Actor, row: OwnExercise) -> bool:
    """Whether an actor who may look at it may change it: its author, or who looks after the patient whose it is."""
    return row.author_id == actor.person_id or row.patient_id is not None


def require_changeable(session: Session, actor: Actor, key: str) -> OwnExercise:
    """An own exercise that the actor may change; else NotVisible."""
    row = require(session, actor, key)
    if not changeable(actor, row):
        raise NotVisible
    return row


def draft(session: Session, actor: Actor, recorded: Recorded) -> OwnExercise:
    """Keep what was just recorded, for its author alone. Raises NotVisible for a patient who is not theirs."""
    access.require_prescriber(actor)
    if recorded.patient_id is not None:
        access.require_patient(session, actor, recorded.patient_id)
    row = OwnExercise(
        clinic_id=actor.clinic_id, author_id=actor.person_id, key=recorded.exercise.id, count=recorded.count,
        patient_id=recorded.patient_id, like_id=recorded.like_id, recording=recorded.recording,
        reference=recorded.reference,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _insert(session, actor, row, 1, recorded.exercise)
    audit.record(session, actor, "own_exercise.record", row.patient_id, exercise=row.key)
    return row


def save(
    session: Session, actor: Actor, row: OwnExercise, exercise: Exercise, *, shared: bool
) -> int:
    """Have it used as defined from now on; the version's number, a new one when the definition changed.

    What is prescribed already stays possible: targets are widened to hold it. Raises NotVisible.
    """
    if not changeable(actor, row):
        raise NotVisible
    widened = _holding(exercise, _prescribed(session, row))
    newest = versions(session, row)[0]
    number = newest.number
    if newest.definition != exercise_file.text_of(widened):
        number += 1
        _insert(session, actor, row, number, widened)
    row.shared = shared and row.patient_id is None
    row.state = "ready"
    audit.record(
        session, actor, "own_exercise.save", row.patient_id,
        exercise=row.key, version=number, shared=row.shared,
    )  # fmt: skip
    return number


def put_away(session: Session, actor: Actor, row: OwnExercise, *, away: bool) -> None:
    """Offer it no more, or again; programs that have it keep it. Raises NotVisible."""
    if not changeable(actor, row) or row.state == "draft":
        raise NotVisible
    state: State = "away" if away else "ready"
    row.state = state
    audit.record(session, actor, f"own_exercise.{state}", row.patient_id, exercise=row.key)


def versions(session: Session, row: OwnExercise) -> Sequence[OwnExerciseVersion]:
    """All definitions, the newest first."""
    return session.scalars(
        select(OwnExerciseVersion)
        .where(OwnExerciseVersion.exercise_id == row.id)
        .order_by(OwnExerciseVersion.number.desc())
    ).all()


def _visible(actor: Actor) -> ColumnElement[bool]:
    """What a therapist may look at: their own, what is shared, and the own versions of their patients."""
    general = OwnExercise.patient_id.is_(None) & (
        (OwnExercise.author_id == actor.person_id)
        | (OwnExercise.shared & (OwnExercise.state != "draft"))
    )
    of_patient = OwnExercise.patient_id.in_(access.patients_of(actor)) & (
        (OwnExercise.author_id == actor.person_id) | (OwnExercise.state != "draft")
    )
    return (OwnExercise.clinic_id == actor.clinic_id) & (general | of_patient)


def _usable(actor: Actor, patient_id: str | None) -> ColumnElement[bool]:
    whose: ColumnElement[bool] = OwnExercise.patient_id.is_(None)
    if patient_id is not None:
        whose = whose | (OwnExercise.patient_id == patient_id)
    return _visible(actor) & whose & (OwnExercise.state == "ready")


def _insert(
    session: Session, actor: Actor, row: OwnExercise, number: int, exercise: Exercise
) -> None:
    text = exercise_file.text_of(exercise)
    exercise_file.parse(text, f"{row.key}.toml")  # what cannot be read again is not kept
    session.add(
        OwnExerciseVersion(
            clinic_id=row.clinic_id,
            exercise_id=row.id,
            number=number,
            author_id=actor.account_id,
            definition=text,
        )
    )
    session.flush()


def _prescribed(session: Session, row: OwnExercise) -> list[tuple[str, float]]:
    """Every target that any program asks of it: angle and degrees."""
    query = (
        select(PrescriptionVersion)
        .join(Prescription, Prescription.id == PrescriptionVersion.prescription_id)
        .where(Prescription.exercise_id == row.key)
    )
    return [pair for version in session.scalars(query) for pair in _asked(version)]


def _asked(version: PrescriptionVersion) -> Iterator[tuple[str, float]]:
    for targets in (version.targets, *(one.get("targets") or {} for one in version.phases or ())):
        yield from targets.items()


def _holding(exercise: Exercise, asked: Sequence[tuple[str, float]]) -> Exercise:
    """The exercise with targets that may be set as far as they are set."""

    def wide(name: str, target: Target) -> Target:
        degrees = [deg for angle, deg in asked if angle == name]
        low, high = min((target.min, *degrees)), max((target.max, *degrees))
        return msgspec.structs.replace(target, min=low, max=high)

    targets = {name: wide(name, target) for name, target in exercise.targets.items()}
    return msgspec.structs.replace(exercise, targets=targets)
