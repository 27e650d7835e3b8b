"""Whom a patient lets help: given and taken back by the patient, each time with a consent and an audit row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store import access, audit, consents, devices, invitations, people
from webapp.store.access import Actor, NotVisible, Scope
from webapp.store.invitations import Secrets
from webapp.store.people import NewPerson
from webapp.store.tables import Grant, Invitation, Person

Relation = Literal["partner", "child", "parent", "sibling", "friend", "carer", "other"]
RELATIONS: Final[tuple[Relation, ...]] = (
    "partner", "child", "parent", "sibling", "friend", "carer", "other"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewHelper:
    """What a patient says of someone who helps them."""

    name: str
    birth_year: int
    relation: Relation
    scope: Scope


@dataclass(frozen=True, slots=True)
class Helper:
    """Someone who may help now. `joined`: they have got in; `invitation`: the open one, if there is one."""

    grant: Grant
    person: Person
    joined: bool
    invitation: Invitation | None


def give(session: Session, actor: Actor, new: NewHelper) -> Grant:
    """The patient lets someone help: a person and an account of their own, the grant, and the patient's consent."""
    patient = _oneself(session, actor)
    helper = people.add_person(
        session, patient.clinic_id,
        NewPerson(new.name, "caregiver", new.birth_year, patient.timezone, patient.language),
    )  # fmt: skip
    account = people.add_account(session, helper)
    grant = Grant(
        clinic_id=patient.clinic_id, patient_id=patient.id, account_id=account.id, scope=new.scope,
        relation=new.relation,
    )  # fmt: skip
    session.add(grant)
    session.flush()
    consents.decide(session, actor, True, _consent(grant))
    audit.record(
        session,
        actor,
        "helper.given",
        patient.id,
        grant=grant.id,
        scope=new.scope,
        relation=new.relation,
    )
    return grant


def invite(session: Session, actor: Actor, grant_id: str, now: datetime) -> Secrets:
    """A new link and code for a helper of one's own. Raises NotVisible."""
    grant = _own(session, actor, grant_id)
    return invitations.issue(session, actor, _person(session, grant), grant.patient_id, now)


def name_of(session: Session, actor: Actor, grant_id: str) -> str:
    """The name of a helper of one's own. Raises NotVisible."""
    return _person(session, _own(session, actor, grant_id)).name


def take_back(session: Session, actor: Actor, grant_id: str, now: datetime) -> None:
    """From this moment on the helper sees nothing. Raises NotVisible."""
    grant = _own(session, actor, grant_id)
    grant.revoked_at = now
    devices.sign_out_all(session, grant.account_id, now)
    invitations.end_all(session, _person(session, grant).id, now)
    consents.decide(session, actor, False, _consent(grant))
    audit.record(session, actor, "helper.taken_back", grant.patient_id, grant=grant.id)


def of_patient(session: Session, actor: Actor, patient_id: str, now: datetime) -> Sequence[Helper]:
    """Who may help a patient whom the actor may see. Raises NotVisible."""
    patient = access.require_patient(session, actor, patient_id)
    rows = session.execute(
        select(Grant, Person)
        .join(
            Person, (Person.account_id == Grant.account_id) & (Person.clinic_id == Grant.clinic_id)
        )
        .where(Grant.patient_id == patient.id, Grant.revoked_at.is_(None))
        .order_by(Grant.id)
    ).all()
    return [
        Helper(
            grant, person, invitations.has_joined(session, person, now),
            invitations.open_of(session, person.id, now),
        )
        for grant, person in rows
    ]  # fmt: skip


def _oneself(session: Session, actor: Actor) -> Person:
    """The patient in person: neither staff nor a helper gives somebody else access."""
    if actor.role != "patient" or actor.helping is not None:
        raise NotVisible
    return access.require_patient(session, actor, actor.person_id)


def _own(session: Session, actor: Actor, grant_id: str) -> Grant:
    patient = _oneself(session, actor)
    grant = session.get(Grant, grant_id)
    if grant is None or grant.patient_id != patient.id or grant.revoked_at is not None:
        raise NotVisible
    return grant


def _person(session: Session, grant: Grant) -> Person:
    return session.scalars(
        select(Person).where(
            Person.account_id == grant.account_id, Person.clinic_id == grant.clinic_id
        )
    ).one()


def _consent(grant: Grant) -> str:
    """The kind of consent that is about this helper: 39 characters."""
    return f"helper:{grant.id.replace('-', '')}"
