"""Who needs the therapist: reasons as keys, from the sessions of the last weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store import access
from webapp.store.access import Actor
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Person

Reason = Literal["pain", "stopped", "never", "short", "form"]

LOOK_BACK = timedelta(days=60)
#: A week without exercise is a reason to ask.
QUIET_DAYS = 7
#: Judged by the last three sessions, if they hold enough repetitions to say anything.
LAST_SESSIONS = 3
ENOUGH_REPS = 10
TOO_MANY = 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """One patient in the list. `reasons` are in order of urgency; none means that all is well."""

    patient: Person
    reasons: tuple[Reason, ...]
    last: date | None
    done: frozenset[date]

    def week(self, today: date) -> list[tuple[date, bool]]:
        """The last seven days, oldest first, each with whether something was done."""
        days = [today - timedelta(days=ago) for ago in range(6, -1, -1)]
        return [(day, day in self.done) for day in days]


def standings(session: Session, actor: Actor, today: date) -> list[Standing]:
    """Every patient of the actor: those who need someone first, then by name."""
    patients = session.scalars(
        select(Person).where(Person.id.in_(access.patients_of(actor))).order_by(Person.name)
    ).all()
    recent = _recent(session, actor, today)
    listed = [_standing(patient, recent[patient.id], today) for patient in patients]
    return sorted(listed, key=lambda one: (-len(one.reasons), one.patient.name))


def _recent(session: Session, actor: Actor, today: date) -> dict[str, list[PatientSession]]:
    """The sessions of the last weeks by patient, newest first."""
    t = PatientSession
    rows = session.scalars(
        select(t)
        .where(access.visible(actor, t.clinic_id, t.patient_id), t.local_date >= today - LOOK_BACK)
        .where(t.source != "clip", t.status != "live")
        .order_by(t.started_at.desc())
    )
    by_patient: dict[str, list[PatientSession]] = defaultdict(list)
    for row in rows:
        by_patient[row.patient_id].append(row)
    return by_patient


def _standing(patient: Person, sessions: Sequence[PatientSession], today: date) -> Standing:
    last = sessions[0].local_date if sessions else None
    return Standing(
        patient,
        tuple(_reasons(sessions, today)),
        last,
        frozenset(row.local_date for row in sessions),
    )


def _reasons(sessions: Sequence[PatientSession], today: date) -> list[Reason]:
    if not sessions:
        return ["never"]
    reasons: list[Reason] = []
    newest = sessions[:LAST_SESSIONS]
    if any(row.stop_reason == "pain" for row in newest):
        reasons.append("pain")
    if (today - sessions[0].local_date).days >= QUIET_DAYS:
        reasons.append("stopped")
    reps = sum(row.reps for row in newest)
    if reps >= ENOUGH_REPS:
        if sum(row.incomplete for row in newest) > TOO_MANY * reps:
            reasons.append("short")
        if sum(row.faulty for row in newest) > TOO_MANY * reps:
            reasons.append("form")
    return reasons
