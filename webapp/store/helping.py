"""Someone who helps a patient: who they are in a request, and the trace that they leave on a session."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from webapp.store import audit
from webapp.store.access import Actor, Helping, Scope
from webapp.store.entry_tables import SessionHelper
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Account, Clinic, Grant, Person


def actor_of(session: Session, account_id: str) -> Actor | None:
    """What an account may do for a patient now: read anew each time, so that a grant taken back counts at once."""
    patient, helper = aliased(Person), aliased(Person)
    query = (
        select(Grant, patient, helper, Clinic)
        .join(Account, Account.id == Grant.account_id)
        .join(patient, (patient.id == Grant.patient_id) & (patient.clinic_id == Grant.clinic_id))
        .join(
            helper, (helper.account_id == Grant.account_id) & (helper.clinic_id == Grant.clinic_id)
        )
        .join(Clinic, Clinic.id == Grant.clinic_id)
        .where(Grant.account_id == account_id, Grant.revoked_at.is_(None), Account.active)
        .order_by(Grant.id)
    )
    row = session.execute(query.limit(1)).first()
    if row is None:
        return None
    grant, of, by, clinic = row
    return Actor(
        account_id=account_id, clinic_id=clinic.id, role="patient", person_id=of.id, name=by.name,
        timezone=of.timezone, language=by.language, clinic_name=clinic.name, demo=clinic.demo,
        helping=Helping(grant.id, cast(Scope, grant.scope), of.name),
    )  # fmt: skip


def note(session: Session, actor: Actor, what: str, /, **details: str) -> None:
    """The log of what a helper opens and does, under their own account. Others are logged where they act."""
    if actor.helping is not None:
        audit.record(
            session, actor, f"help.{what}"[:60], actor.person_id,
            grant=actor.helping.grant_id, scope=actor.helping.scope, **details,
        )  # fmt: skip


def mark(session: Session, actor: Actor, row: PatientSession) -> None:
    """This helper had a part in this session. Nothing to mark when the patient is alone."""
    if actor.helping is None or session.scalar(_marked(actor, row)):
        return
    session.add(
        SessionHelper(session_id=row.id, account_id=actor.account_id, clinic_id=row.clinic_id)
    )
    session.flush()
    note(session, actor, "session", session=row.id)


def _marked(actor: Actor, row: PatientSession) -> Select[str]:
    return select(SessionHelper.session_id).where(
        SessionHelper.session_id == row.id, SessionHelper.account_id == actor.account_id
    )


def of_sessions(session: Session, session_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Who helped with sessions that the asker may see, by session id; who did alone what they did is absent."""
    query = (
        select(SessionHelper.session_id, Person.name)
        .join(
            Person,
            (Person.account_id == SessionHelper.account_id)
            & (Person.clinic_id == SessionHelper.clinic_id),
        )
        .where(SessionHelper.session_id.in_(session_ids))
        .order_by(SessionHelper.created_at)
    )
    found: dict[str, tuple[str, ...]] = {}
    for session_id, name in session.execute(query):
        found[session_id] = (*found.get(session_id, ()), name)
    return found


def names(session: Session, row: PatientSession) -> tuple[str, ...]:
    """Who helped with a session that the asker may see."""
    return of_sessions(session, [row.id]).get(row.id, ())
