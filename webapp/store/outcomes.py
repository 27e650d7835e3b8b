"""What came of the sessions of an exercise: what the coach counted, and what the patient said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach.exercise import Exercise
from webapp.store import programs, reports
from webapp.store.log import PRACTICE
from webapp.store.pain import worse_by
from webapp.store.progression import Outcome
from webapp.store.report_tables import PatientReport
from webapp.store.reports import After, Before, Morning
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Prescription

LAST_SESSIONS = 6


@dataclass(frozen=True, slots=True)
class _Told:
    """What a patient said lately: after sessions by their id, before and in the morning by the day."""

    after: dict[str, After]
    before: dict[date, Before]
    morning: dict[date, Morning]

    def morning_after(self, day: date) -> int | None:
        """How much more it hurt the morning after a day than before the exercise, in points."""
        after = self.morning.get(day + timedelta(days=1))
        if after is None:
            return None
        before = self.before.get(day)
        return worse_by(before.pain if before else None, after.pain, after.since)


def of_prescription(
    session: Session, prescription: Prescription, exercise: Exercise, since: datetime
) -> list[Outcome]:
    """What came of the sessions that began after a moment, newest first.

    What was entered by hand was not measured and speaks for nothing, but when it hurt, it hurt.
    """
    t = PatientSession
    rows = session.scalars(
        select(t)
        .where(t.prescription_id == prescription.id, t.source != PRACTICE, t.status != "live")
        .where(t.started_at > since)
        .order_by(t.started_at.desc())
        .limit(LAST_SESSIONS)
    ).all()
    told = _told(session, prescription.patient_id, rows)
    found = [(row, _outcome(session, row, exercise, told)) for row in rows]
    return [one for row, one in found if row.source == "camera" or _complains(one)]


def _told(session: Session, patient_id: str, rows: Sequence[PatientSession]) -> _Told:
    """The newest answers about these sessions and their days, in one query."""
    told = _Told({}, {}, {})
    if not rows:
        return told
    t = PatientReport
    first, last = min(row.local_date for row in rows), max(row.local_date for row in rows)
    query = (
        select(t)
        .where(t.patient_id == patient_id, t.kind.in_(("before", "after", "morning")))
        .where(t.local_date >= first, t.local_date <= last + timedelta(days=1))
        .order_by(t.created_at, t.id)
    )
    for row in session.scalars(query):
        answer = reports.answer_of(row)
        if isinstance(answer, After) and row.session_id:
            told.after[row.session_id] = answer
        elif isinstance(answer, Before):
            told.before[row.local_date] = answer
        elif isinstance(answer, Morning):
            told.morning[row.local_date] = answer
    return told


def _outcome(session: Session, row: PatientSession, exercise: Exercise, told: _Told) -> Outcome:
    after = told.after.get(row.id)
    return Outcome(
        row.id,
        reps=row.reps,
        correct=row.correct,
        held_share=_held(session, row, exercise),
        stopped_for_pain=row.stop_reason == "pain",
        pain=reports.highest_pain(after) if after else None,
        effort=after.effort if after else None,
        morning=told.morning_after(row.local_date),
    )


def _complains(one: Outcome) -> bool:
    return one.stopped_for_pain or bool(one.pain) or one.morning is not None


def _held(session: Session, row: PatientSession, exercise: Exercise) -> float | None:
    """Seconds held as a share of what was asked; None for what is counted."""
    if exercise.kind == "cycle" or not row.sets:
        return None
    dose = programs.current_dose(session, row.prescription_id, exercise, row.local_date)
    asked = dose.sets * dose.hold_s
    return row.hold_s / asked if asked else None
