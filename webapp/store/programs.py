"""A patient's program: exercises with what is prescribed for each. Versions are added, never changed.

What the engine judges by is `coach.exercise.Prescription`; with load, schedule, phases and note it is a
`webapp.store.plans.Plan`. Whoever gives only the former leaves the rest as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from coach.exercise import Dose, Exercise
from coach.exercise import Prescription as Prescribed
from webapp.store import access, audit, own_exercises, people, plans
from webapp.store.access import Actor, NotVisible
from webapp.store.exercises import OWN
from webapp.store.plans import Plan
from webapp.store.program_tables import Proposal
from webapp.store.tables import Person, Prescription, PrescriptionVersion

FIELDS = ("targets", "limits", "sides", "dose", "tempo", "variant")
BESIDE = ("load", "schedule", "phases", "note")


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


def prescribed(version: PrescriptionVersion, day: date | None = None) -> Prescribed:
    """A version as the therapist set it; with a day, with the phase that holds on it."""
    if day is not None and version.phases:
        return plans.on(plan(version), day)
    return msgspec.convert({field: getattr(version, field) for field in FIELDS}, Prescribed)


def judged(session: Session, version: PrescriptionVersion, day: date) -> Prescribed:
    """A version as the engine takes it on a day: with what the patient's body is without."""
    patient = session.get_one(Person, version.prescription.patient_id)
    return msgspec.structs.replace(prescribed(version, day), absent=people.absent_of(patient))


def plan(version: PrescriptionVersion) -> Plan:
    """Everything that a version says."""
    return plans.read(prescribed(version), *(getattr(version, field) for field in BESIDE))


def current_dose(session: Session, prescription_id: str, exercise: Exercise, day: date) -> Dose:
    """The dose that holds on a day: of its phase, of the prescription, or the exercise's own."""
    return prescribed(current(session, prescription_id), day).dose or exercise.dose


def plain(wish: Prescribed) -> dict[str, Any]:
    """What the engine takes, as the columns of a version."""
    values = msgspec.to_builtins(wish)
    return {field: values[field] for field in FIELDS}


def columns(wish: Plan) -> dict[str, Any]:
    """A plan as the columns of a version."""
    return {**plain(wish.prescribed), **plans.plain(wish)}


def from_columns(values: Mapping[str, Any]) -> Plan:
    """The way back from `columns`. Raises msgspec.ValidationError."""
    asked = msgspec.convert({field: values[field] for field in FIELDS}, Prescribed)
    return plans.read(asked, *(values.get(field) for field in BESIDE))


def add(
    session: Session,
    actor: Actor,
    patient_id: str,
    exercise_id: str,
    wish: Plan | Prescribed,
    why: str,
) -> Prescription:
    """Put an exercise at the end of the program, with its first version and an audit row. Raises NotVisible."""
    access.require_prescriber(actor)
    patient = access.require_patient(session, actor, patient_id)
    if exercise_id.startswith(OWN) and not own_exercises.usable(
        session, actor, patient.id, exercise_id
    ):
        raise NotVisible
    last = session.scalar(
        select(func.max(Prescription.position)).where(Prescription.patient_id == patient.id)
    )
    prescription = Prescription(
        clinic_id=actor.clinic_id, patient_id=patient.id, exercise_id=exercise_id,
        position=0 if last is None else last + 1,
    )  # fmt: skip
    session.add(prescription)
    session.flush()
    whole = _whole(wish, Plan())
    version = _insert(session, actor, prescription, 1, whole, why)
    audit.record(
        session, actor, "program.add", patient.id,
        prescription=prescription.id, exercise=exercise_id, version=version.id, new=_told(columns(whole)),
    )  # fmt: skip
    return prescription


def revise(
    session: Session, actor: Actor, prescription: Prescription, wish: Plan | Prescribed, why: str
) -> PrescriptionVersion:
    """A new version and its audit row (old and new of what changed), in the caller's one transaction.

    When nothing changed, the current version is returned and nothing is written. What was proposed for the version
    before is out of date with it. Raises NotVisible.
    """
    access.require_prescriber(actor)
    before = current(session, prescription.id)
    whole = _whole(wish, plan(before))
    old, new = columns(plan(before)), columns(whole)
    changed = {field: [old[field], new[field]] for field in old if old[field] != new[field]}
    if not changed:
        return before
    version = _insert(session, actor, prescription, before.number + 1, whole, why)
    session.execute(
        update(Proposal)
        .where(Proposal.prescription_id == prescription.id, Proposal.status == "open")
        .values(status="outdated")
    )
    audit.record(
        session, actor, "program.revise", prescription.patient_id,
        prescription=prescription.id, old_version=before.id, version=version.id, changed=_told(changed),
    )  # fmt: skip
    return version


def _whole(wish: Plan | Prescribed, before: Plan) -> Plan:
    """The whole plan that a wish stands for."""
    return wish if isinstance(wish, Plan) else msgspec.structs.replace(before, prescribed=wish)


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit log may hold of a plan: of the note to the patient only that there is one."""
    return {field: bool(value) if field == "note" else value for field, value in values.items()}


def set_active(session: Session, actor: Actor, prescription: Prescription, active: bool) -> None:
    """Stop an exercise, or take it up again; its versions and sessions stay. Raises NotVisible."""
    access.require_prescriber(actor)
    if prescription.active == active:
        return
    prescription.active = active
    action = "program.resume" if active else "program.stop"
    audit.record(session, actor, action, prescription.patient_id, prescription=prescription.id)


def move(session: Session, actor: Actor, prescription: Prescription, to: int) -> None:
    """Put an exercise at a place in the program, 0 first; what lies beyond an end is that end. Raises NotVisible."""
    access.require_prescriber(actor)
    order = list(of_patient(session, prescription.patient_id))
    if prescription not in order:
        return
    order.remove(prescription)
    order.insert(max(0, min(to, len(order))), prescription)
    moved = [row for place, row in enumerate(order) if row.position != place]
    for place, row in enumerate(order):
        row.position = place
    if moved:
        audit.record(
            session, actor, "program.order", prescription.patient_id, order=[row.id for row in order]
        )  # fmt: skip


def currents(
    session: Session, patient_id: str, *, stopped: bool = False
) -> list[tuple[Prescription, PrescriptionVersion]]:
    """The exercises of a program in order, each with what is prescribed now, in one query."""
    newest = (
        select(
            PrescriptionVersion.prescription_id,
            func.max(PrescriptionVersion.number).label("number"),
        )
        .join(Prescription, Prescription.id == PrescriptionVersion.prescription_id)
        .where(Prescription.patient_id == patient_id)
        .group_by(PrescriptionVersion.prescription_id)
        .subquery()
    )
    query = (
        select(Prescription, PrescriptionVersion)
        .join(newest, newest.c.prescription_id == Prescription.id)
        .join(
            PrescriptionVersion,
            (PrescriptionVersion.prescription_id == Prescription.id)
            & (PrescriptionVersion.number == newest.c.number),
        )
        .where(Prescription.patient_id == patient_id, Prescription.active.is_(not stopped))
        .order_by(Prescription.position, Prescription.id)
    )
    return [(row, version) for row, version in session.execute(query)]


def _insert(
    session: Session,
    actor: Actor,
    prescription: Prescription,
    number: int,
    wish: Plan,
    why: str,
) -> PrescriptionVersion:
    version = PrescriptionVersion(
        clinic_id=prescription.clinic_id, prescription_id=prescription.id, number=number,
        author_id=actor.account_id, why=why, **columns(wish),
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version
