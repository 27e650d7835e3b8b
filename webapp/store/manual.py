"""Sessions that a patient enters by hand, because no camera could watch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy.orm import Session

from coach.events import SetCompleted
from webapp.store import helping, programs
from webapp.store.access import Actor
from webapp.store.session_tables import PatientSession, SessionEvent, StopReason
from webapp.store.tables import Prescription

#: No engine judged it.
ENGINE = "manual"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the patient says they did: `reps` in each set, or `hold_s` seconds held in each."""

    sets: int
    reps: int
    hold_s: float
    stop_reason: StopReason


def enter(
    session: Session, actor: Actor, prescription: Prescription, entry: Entry, now: datetime
) -> PatientSession:
    """Keep it as a session of its own kind: counted for the day, without angles and verdicts."""
    row = PatientSession(
        clinic_id=prescription.clinic_id, patient_id=prescription.patient_id, exercise_id=prescription.exercise_id,
        prescription_id=prescription.id, version_id=programs.current(session, prescription.id).id,
        source="manual", status="done", stop_reason=entry.stop_reason, started_at=now, ended_at=now,
        local_date=now.astimezone(ZoneInfo(actor.timezone)).date(), timezone=actor.timezone, engine=ENGINE,
        reps=entry.sets * entry.reps, sets=entry.sets, hold_s=entry.sets * entry.hold_s,
    )  # fmt: skip
    session.add(row)
    session.flush()
    for index in range(1, entry.sets + 1):
        done = SetCompleted(t_s=0.0, set_index=index, reps=entry.reps, hold_s=entry.hold_s)
        session.add(
            SessionEvent(
                session_id=row.id, ordinal=index, clinic_id=row.clinic_id, seq=0, t_s=0.0, kind="set",
                payload=msgspec.to_builtins(done),
            )
        )  # fmt: skip
    session.flush()
    helping.mark(session, actor, row)
    return row
