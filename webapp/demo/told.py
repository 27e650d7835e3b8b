"""What the demo clinic's patients told: after their sessions, on some mornings, once a week."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from webapp.demo import cast
from webapp.store import imports
from webapp.store.engine import Session
from webapp.store.reports import After, Goal, Morning, Sure
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Person

#: Most, not all: nobody answers every time.
ANSWERED = 0.6


def after(
    session: Session, person: Person, patient: cast.Patient, row: PatientSession, progress: float, chance: Random
) -> None:  # fmt: skip
    """Pain that eases over the weeks, and effort; `progress` 0 at the start, 1 today."""
    if row.stop_reason != "pain" and chance.random() > ANSWERED:
        return
    at = (row.ended_at or row.started_at) + timedelta(minutes=1)
    during = max(0, round(patient.pain * (1.2 - progress) + chance.uniform(-0.7, 0.7)))
    during = 7 if row.stop_reason == "pain" else min(during, 10)
    said = After(during, max(0, during - chance.randrange(2)), chance.randrange(3, 7))
    imports.past_report(session, person, said, at, row)


def lately(session: Session, person: Person, patient: cast.Patient, now: datetime) -> None:
    """What was said in the last days, and what it is all for."""
    if patient.goal:
        imports.past_report(session, person, Goal(patient.goal), now - timedelta(days=50))
    imports.past_report(session, person, Sure(patient.sure), now - timedelta(days=4))
    if patient.quiet_days < 3:
        morning = Morning(min(10, round(patient.pain / 2)), "same")
        imports.past_report(session, person, morning, now - timedelta(days=patient.quiet_days))
