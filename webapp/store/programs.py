"""A patient's program: exercises with what is prescribed for each. Versions are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach.exercise import Prescription as Prescribed
from webapp.store import access, audit, people
from webapp.store.access import Actor, NotVisible
from webapp.store.tables import Person, Prescription, PrescriptionVersion

FIELDS = ("targets", "limits", "sides", "dose", "tempo", "variant")


def of_patient(
    session: Session, patient_id: str, *, stopped: bool = False
) -> Sequence[Prescription]:
    """The exercises of a patient's program in order; with `stopped`, those no longer done."""
    return session.scalars(
        select(Prescription)
        .where(Prescription.patient_id == patient_id, Prescription.active.is_(not stopped))
        .order_by(Prescription.position, Prescription.id)
    ).all()


def current(session: Session, prescription_id: str) -> PrescriptionVersion:
    """What is prescribed now: the newest version. A session stores its id and is judged by it to its end."""
    newest = session.scalar(
        select(PrescriptionVersion)
        .where(PrescriptionVersion.prescription_id == prescription_id)
        .order_by(PrescriptionVersion.number.desc())
        .limit(1)
    )
    if newest is None:
        raise NotVisible
    return newest


def history(session: Session, prescription_id: str) -> Sequence[PrescriptionVersion]:
    """All versions, newest first."""
    return session.scalars(
        select(PrescriptionVersion)
        .where(PrescriptionVersion.prescription_id == prescription_id)
        .order_by(PrescriptionVersion.number.desc())
    ).all()


def prescribed(version: PrescriptionVersion) -> Prescribed:
    """A version as the therapist set it."""
    return msgspec.convert({field: getattr(version, field) for field in FIELDS}, Prescribed)


def judged(session: Session, version: PrescriptionVersion) -> Prescribed:
    """A version as the engine takes it: with what the patient's body is without."""
    patient = session.get_one(Person, version.prescription.patient_id)
    return msgspec.structs.replace(prescribed(version), absent=people.absent_of(patient))


def plain(wish: Prescribed) -> dict[str, Any]:
    """What the engine takes, as the columns of a version."""
    values = msgspec.to_builtins(wish)
    return {field: values[field] for field in FIELDS}


def add(
    session: Session, actor: Actor, patient_id: str, exercise_id: str, wish: Prescribed, why: str
) -> Prescription:
    """Put an exercise at the end of the program, with its first version and an audit row. Raises NotVisible."""
    access.require_prescriber(actor)
    patient = access.require_patient(session, actor, patient_id)
    last = session.scalar(
        select(func.max(Prescription.position)).where(Prescription.patient_id == patient.id)
    )
    prescription = Prescription(
        clinic_id=actor.clinic_id, patient_id=patient.id, exercise_id=exercise_id,
        position=0 if last is None else last + 1,
    )  # fmt: skip
    session.add(prescription)
    session.flush()
    version = _insert(session, actor, prescription, 1, wish, why)
    audit.record(
        session, actor, "program.add", patient.id,
        prescription=prescription.id, exercise=exercise_id, version=version.id, new=plain(wish),
    )  # fmt: skip
    return prescription


def revise(
    session: Session, actor: Actor, prescription: Prescription, wish: Prescribed, why: str
) -> PrescriptionVersion:
    """A new version and its audit row (old and new of what changed), in the caller's one transaction.

    When nothing changed, the current version is returned and nothing is written. Raises NotVisible.
    """
    access.require_prescriber(actor)
    before = current(session, prescription.id)
    old, new = plain(prescribed(before)), plain(wish)
    changed = {field: [old[field], new[field]] for field in FIELDS if old[field] != new[field]}
    if not changed:
        return before
    version = _insert(session, actor, prescription, before.number + 1, wish, why)
    audit.record(
        session, actor, "program.revise", prescription.patient_id,
        prescription=prescription.id, old_version=before.id, version=version.id, changed=changed,
    )  # fmt: skip
    return version


def set_active(session: Session, actor: Actor, prescription: Prescription, active: bool) -> None:
    """Stop an exercise, or take it up again; its versions and sessions stay. Raises NotVisible."""
    access.require_prescriber(actor)
    if prescription.active == active:
        return
    prescription.active = active
    action = "program.resume" if active else "program.stop"
    audit.record(session, actor, action, prescription.patient_id, prescription=prescription.id)


def _insert(
    session: Session,
    actor: Actor,
    prescription: Prescription,
    number: int,
    wish: Prescribed,
    why: str,
) -> PrescriptionVersion:
    version = PrescriptionVersion(
        clinic_id=prescription.clinic_id, prescription_id=prescription.id, number=number,
        author_id=actor.account_id, why=why, **plain(wish),
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version
