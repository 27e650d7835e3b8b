"""What a patient agreed to. A change of mind is a new row; the newest one holds."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store import audit
from webapp.store.access import Actor
from webapp.store.tables import Consent

LANDMARK_SERIES = "landmark_series"
#: Pictures may go to the clinic's computer, where they are looked at and forgotten at once.
PICTURES = "pictures"
#: Which wording the patient saw; raise it when the text on the privacy page changes its meaning.
TEXT_VERSION = "2"


def latest(session: Session, person_id: str, kind: str = LANDMARK_SERIES) -> Consent | None:
    """The patient's last word on `kind`, if they were ever asked."""
    return session.scalar(
        select(Consent)
        .where(Consent.person_id == person_id, Consent.kind == kind)
        .order_by(Consent.id.desc())
        .limit(1)
    )


def given(session: Session, person_id: str, kind: str = LANDMARK_SERIES) -> bool:
    """Whether the patient agrees now. Not asked means no."""
    newest = latest(session, person_id, kind)
    return newest is not None and newest.given


def decide(session: Session, actor: Actor, yes: bool, kind: str = LANDMARK_SERIES) -> None:
    """The patient says yes or no for themselves."""
    session.add(
        Consent(
            clinic_id=actor.clinic_id, person_id=actor.person_id, kind=kind, given=yes,
            text_version=TEXT_VERSION, account_id=actor.account_id,
        )
    )  # fmt: skip
    audit.record(
        session, actor, "consent.given" if yes else "consent.withdrawn", actor.person_id, kind=kind
    )
