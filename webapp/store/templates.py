"""Programs to start from, and what a therapist wants to find first. Templates hold no patient's data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.store import access, audit, programs
from webapp.store.access import Actor, NotVisible
from webapp.store.base import utc_now
from webapp.store.plans import Plan
from webapp.store.program_tables import Favourite, Template
from webapp.store.tables import Prescription

NAME_LENGTH = 120
Items = Sequence[tuple[str, Plan]]


def visible(session: Session, actor: Actor) -> Sequence[Template]:
    """The actor's own templates and those shared in the clinic, by name."""
    access.require_prescriber(actor)
    return session.scalars(
        select(Template)
        .where(Template.clinic_id == actor.clinic_id, Template.removed_at.is_(None))
        .where((Template.owner_id == actor.person_id) | Template.shared)
        .order_by(Template.name, Template.id)
    ).all()


def require(session: Session, actor: Actor, template_id: str) -> Template:
    """A template that the actor may use; else NotVisible."""
    found = next((one for one in visible(session, actor) if one.id == template_id), None)
    if found is None:
        raise NotVisible
    return found


def save(session: Session, actor: Actor, patient_id: str, name: str, *, shared: bool) -> Template:
    """A patient's program as a template: exercises and what is prescribed, without dates and notes to the patient."""
    access.require_prescriber(actor)
    patient = access.require_patient(session, actor, patient_id)
    items = [
        {"exercise": exercise_id, "plan": programs.columns(general(plan))}
        for exercise_id, plan in of_patient(session, patient.id)
    ]
    template = Template(
        clinic_id=actor.clinic_id, owner_id=actor.person_id, name=name[:NAME_LENGTH], shared=shared, items=items
    )  # fmt: skip
    session.add(template)
    session.flush()
    audit.record(session, actor, "template.save", patient.id, template=template.id, shared=shared)
    return template


def remove(session: Session, actor: Actor, template: Template) -> None:
    """Put one's own template away. Raises NotVisible for somebody else's."""
    if template.owner_id != actor.person_id:
        raise NotVisible
    template.removed_at = utc_now()
    audit.record(session, actor, "template.remove", None, template=template.id)


def items_of(template: Template) -> list[tuple[str, Plan]]:
    """The exercises of a template with what it prescribes for each."""
    return [(one["exercise"], programs.from_columns(one["plan"])) for one in template.items]


def of_patient(session: Session, patient_id: str) -> list[tuple[str, Plan]]:
    """The exercises of a patient's program with what is prescribed for each."""
    return [
        (row.exercise_id, programs.plan(version))
        for row, version in programs.currents(session, patient_id)
    ]


def general(plan: Plan) -> Plan:
    """A plan without what is one patient's: the dates, the note, and the limits set for their safety."""
    schedule = msgspec.structs.replace(plan.schedule, start=None, until=None)
    prescribed = msgspec.structs.replace(plan.prescribed, limits={})
    return msgspec.structs.replace(plan, schedule=schedule, prescribed=prescribed, note="")


def apply(
    session: Session, actor: Actor, patient_id: str, items: Items, chosen: Collection[str], why: str
) -> list[Prescription]:
    """Add the chosen exercises that the patient does not have yet. Raises NotVisible."""
    access.require_prescriber(actor)
    patient = access.require_patient(session, actor, patient_id)
    taken = {row.exercise_id for row in programs.of_patient(session, patient.id)}
    return [
        programs.add(session, actor, patient.id, exercise_id, general(plan), why)
        for exercise_id, plan in items
        if exercise_id in chosen and exercise_id not in taken
    ]


def favourites(session: Session, actor: Actor, kind: str) -> set[str]:
    """The ids of the actor's favourites of a kind."""
    mine = select(Favourite.key).where(
        Favourite.person_id == actor.person_id, Favourite.clinic_id == actor.clinic_id, Favourite.kind == kind
    )  # fmt: skip
    return set(session.scalars(mine))


def set_favourite(session: Session, actor: Actor, kind: str, key: str, *, on: bool) -> None:
    """Mark a favourite, or no more; twice is once."""
    mine: dict[str, Any] = {"person_id": actor.person_id, "kind": kind, "key": key}
    session.execute(
        delete(Favourite).where(
            *(getattr(Favourite, name) == value for name, value in mine.items())
        )
    )
    if on:
        session.add(Favourite(clinic_id=actor.clinic_id, **mine))
