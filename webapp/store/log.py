"""The log of exercise sessions, as people read it: filtered, totalled, page by page. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from webapp.store import access, helping
from webapp.store.access import Actor
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Care, Person, PrescriptionVersion

PAGE_ROWS = 25
#: Practice with the sample clip is nobody's exercise: it is left out of days and totals.
PRACTICE = "clip"


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; None means any. `verdict` keeps sessions in which a repetition had it."""

    patient_id: str | None = None
    exercise_id: str | None = None
    therapist_id: str | None = None
    since: date | None = None
    until: date | None = None
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A session with the name of its patient, the number of the version that it was judged by, and who helped."""

    session: PatientSession
    patient: str
    version: int
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all sessions that match, not only those of one page."""

    sessions: int
    patients: int
    reps: int
    correct: int
    incomplete: int
    faulty: int
    duration_s: float


def page(session: Session, actor: Actor, filters: Filters, number: int = 1) -> list[Row]:
    """One page of matching sessions, newest first; `number` counts from 1."""
    query = _matching(actor, filters).offset((number - 1) * PAGE_ROWS).limit(PAGE_ROWS)
    rows = session.execute(query).all()
    helpers = helping.of_sessions(session, [one.id for one, *_ in rows])
    return [Row(one, name, number, helpers.get(one.id, ())) for one, name, number in rows]


def every(session: Session, actor: Actor, filters: Filters) -> Iterator[Row]:
    """All matching sessions, newest first, without holding them all in memory."""
    for found in session.execute(_matching(actor, filters).execution_options(yield_per=500)):
        yield Row(*found)


def totals(session: Session, actor: Actor, filters: Filters) -> Totals:
    """The sums of what matches."""
    t = PatientSession
    sums = (
        func.coalesce(func.sum(column), 0)
        for column in (t.reps, t.correct, t.incomplete, t.faulty, t.duration_s)
    )
    query = select(func.count(), func.count(t.patient_id.distinct()), *sums).where(
        *_conditions(actor, filters)
    )
    sessions, patients, *counts, duration_s = session.execute(query).one()
    reps, correct, incomplete, faulty = counts
    return Totals(sessions, patients, reps, correct, incomplete, faulty, duration_s)


def _matching(actor: Actor, filters: Filters) -> Select[PatientSession, str, int]:
    return (
        select(PatientSession, Person.name, PrescriptionVersion.number)
        .join(Person, Person.id == PatientSession.patient_id)
        .join(PrescriptionVersion, PrescriptionVersion.id == PatientSession.version_id)
        .where(*_conditions(actor, filters))
        .order_by(PatientSession.started_at.desc(), PatientSession.id.desc())
    )


def _conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    t = PatientSession
    conditions = [access.visible(actor, t.clinic_id, t.patient_id)]
    if filters.patient_id:
        conditions.append(t.patient_id == filters.patient_id)
    if filters.exercise_id:
        conditions.append(t.exercise_id == filters.exercise_id)
    if filters.since:
        conditions.append(t.local_date >= filters.since)
    if filters.until:
        conditions.append(t.local_date <= filters.until)
    if filters.therapist_id:
        in_care = select(Care.patient_id).where(
            Care.therapist_id == filters.therapist_id, Care.ended_at.is_(None)
        )
        conditions.append(t.patient_id.in_(in_care))
    if filters.verdict:
        conditions.append(
            {"correct": t.correct, "incomplete": t.incomplete, "faulty": t.faulty}[filters.verdict]
            > 0
        )
    return conditions


def _worked() -> list[ColumnElement[bool]]:
    """What makes a session work done: it is over, no practice, and something was counted or held in it."""
    t = PatientSession
    return [t.source != PRACTICE, t.status != "live", (t.reps > 0) | (t.hold_s > 0)]


def days_done(session: Session, patient_id: str, since: date) -> set[date]:
    """The patient's own days, from `since` on, on which something was done."""
    return set(
        session.scalars(
            select(PatientSession.local_date)
            .distinct()
            .where(
                PatientSession.patient_id == patient_id,
                PatientSession.local_date >= since,
                *_worked(),
            )
        )
    )


def days_by_prescription(session: Session, patient_id: str, since: date) -> dict[str, set[date]]:
    """The days, from `since` on, on which each prescription of a patient was done, by its id."""
    t = PatientSession
    query = (
        select(t.prescription_id, t.local_date)
        .distinct()
        .where(t.patient_id == patient_id, t.local_date >= since, *_worked())
    )
    found: dict[str, set[date]] = {}
    for prescription_id, day in session.execute(query):
        found.setdefault(prescription_id, set()).add(day)
    return found


def times_done(session: Session, patient_id: str, day: date) -> dict[str, int]:
    """How often the patient has done each prescription on a day, by its id."""
    t = PatientSession
    query = (
        select(t.prescription_id, func.count())
        .where(t.patient_id == patient_id, t.local_date == day, *_worked())
        .group_by(t.prescription_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def carers(session: Session, actor: Actor) -> dict[str, str]:
    """The names of those who look after each of the clinic's patients now, by patient id."""
    query = (
        select(Care.patient_id, Person.name)
        .join(Person, Person.id == Care.therapist_id)
        .where(Care.clinic_id == actor.clinic_id, Care.ended_at.is_(None))
        .order_by(Person.name)
    )
    names: dict[str, str] = {}
    for patient_id, name in session.execute(query):
        names[patient_id] = f"{names[patient_id]}; {name}" if patient_id in names else name
    return names


def of_prescription(
    session: Session, prescription_id: str, limit: int = 12
) -> Sequence[PatientSession]:
    """The last sessions of one prescription, oldest first."""
    newest = session.scalars(
        select(PatientSession)
        .where(
            PatientSession.prescription_id == prescription_id,
            PatientSession.source != PRACTICE,
            PatientSession.status != "live",
        )
        .order_by(PatientSession.started_at.desc())
        .limit(limit)
    ).all()
    return newest[::-1]
