"""The audit log: who did what to whose data. Rows are only added; triggers refuse anything else."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from webapp.store.access import Actor
from webapp.store.tables import Audit


def record(
    session: Session, actor: Actor, action: str, subject_id: str | None = None, /, **details: Any
) -> None:
    """Add a row. `details` hold ids, numbers and keys, never a name or free text about a person."""
    session.add(
        Audit(
            clinic_id=actor.clinic_id,
            actor_id=actor.account_id,
            action=action,
            subject_id=subject_id,
            details=details,
        )
    )


def viewed(session: Session, actor: Actor, patient_id: str, what: str, /, **details: Any) -> None:
    """A member of staff looked at a patient's data; patients looking at their own leave no row."""
    if actor.person_id != patient_id:
        record(session, actor, f"view.{what}", patient_id, **details)
