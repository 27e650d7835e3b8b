"""What a therapist has seen or put off in the list of who needs them: kept row by row, and audited."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.store import access, audit
from webapp.store.access import Actor, NotVisible
from webapp.store.program_tables import AttentionMark
from webapp.store.reasons import NOW, Key, Reason

NOTE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """What holds for one reason of one patient."""

    hides: bool
    until: date | None
    note: str
    at: datetime

    def hides_on(self, today: date, reason: Reason) -> bool:
        """Whether the reason stays out of sight: until its day, or while nothing newer has happened.

        What is urgent is never put off past new evidence.
        """
        if not self.hides:
            return False
        newer = reason.at > self.at
        if self.until is None:
            return not newer
        return today < self.until and not (newer and reason.urgency == NOW)


def mark(
    session: Session, actor: Actor, patient_id: str, reason: str, until: date | None, note: str
) -> None:
    """Seen (no `until`), or put off until a day. Raises NotVisible."""
    _insert(session, actor, patient_id, reason, (True, until, note))


def show_again(session: Session, actor: Actor, patient_id: str, reason: str) -> None:
    """Take the last mark back. Raises NotVisible."""
    _insert(session, actor, patient_id, reason, (False, None, ""))


def newest(session: Session, actor: Actor) -> dict[str, dict[str, Mark]]:
    """What holds now for each patient and reason: the actor's newest mark of each."""
    t = AttentionMark
    number = func.row_number().over(
        partition_by=(t.patient_id, t.reason), order_by=(t.created_at.desc(), t.id.desc())
    )
    ranked = (
        select(t.patient_id, t.reason, t.hides, t.until, t.note, t.created_at, number.label("nth"))
        .where(access.visible(actor, t.clinic_id, t.patient_id), t.therapist_id == actor.person_id)
        .subquery()
    )
    found: dict[str, dict[str, Mark]] = defaultdict(dict)
    for patient_id, reason, *values, _ in session.execute(select(ranked).where(ranked.c.nth == 1)):
        found[patient_id][reason] = Mark(*values)
    return found


def _insert(
    session: Session,
    actor: Actor,
    patient_id: str,
    reason: str,
    what: tuple[bool, date | None, str],
) -> None:
    access.require_prescriber(actor)
    patient = access.require_patient(session, actor, patient_id)
    if reason not in get_args(Key):
        raise NotVisible
    hides, until, note = what
    row = AttentionMark(
        clinic_id=actor.clinic_id, therapist_id=actor.person_id, patient_id=patient.id, reason=reason, hides=hides,
        until=until, note=note[:NOTE_LENGTH],
    )  # fmt: skip
    session.add(row)
    session.flush()
    action = "attention.hide" if hides else "attention.show"
    day = until.isoformat() if until else None
    audit.record(session, actor, action, patient.id, mark=row.id, reason=reason, until=day)
