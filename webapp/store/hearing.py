"""What a patient tells is heard at once: it is kept, and the rules look again at the exercises that it is about."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store import log, proposals, reports
from webapp.store.access import Actor
from webapp.store.report_tables import PatientReport
from webapp.store.reports import After, Answer, Morning
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Prescription


def tell(
    session: Session,
    actor: Actor,
    answer: Answer,
    day: date,
    exercised: PatientSession | None = None,
) -> PatientReport:
    """Keep an answer of the actor about their own day (or one of their sessions), and propose what follows from it."""
    row = reports.tell(session, actor, answer, day, exercised)
    for prescription in _about(session, actor, answer, day, exercised):
        proposals.refresh(session, prescription, day)
    return row


def _about(
    session: Session, actor: Actor, answer: Answer, day: date, exercised: PatientSession | None
) -> list[Prescription]:
    """The exercises that an answer says something of: that of the session, or all of the day before."""
    if isinstance(answer, After) and exercised is not None:
        return [session.get_one(Prescription, exercised.prescription_id)]
    if not isinstance(answer, Morning):
        return []
    yesterday = day - timedelta(days=1)
    done = log.times_done(session, actor.person_id, yesterday)
    return list(session.scalars(select(Prescription).where(Prescription.id.in_(done))))
