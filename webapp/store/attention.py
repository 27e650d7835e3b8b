"""Who needs the therapist: facts of all their patients from a few queries, reasons from pure functions.

No query is made for a single patient. To add a source of facts, write a function like those in `SOURCES`: it answers,
by patient id, with values for fields of `Facts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, DateTime, Subquery, exists, func, select, type_coerce
from sqlalchemy.orm import Session

from poses import catalogue
from webapp.store import access, clinic_settings, exercises, marks, reasons
from webapp.store.access import Actor
from webapp.store.facts import Done, Facts, Item, Report, Trend
from webapp.store.marks import Mark
from webapp.store.message_tables import Message, MessageRead
from webapp.store.plans import EVERY_DAY, Schedule
from webapp.store.program_tables import Proposal, SessionRange
from webapp.store.reasons import Reason
from webapp.store.report_tables import PatientReport
from webapp.store.session_tables import PatientSession
from webapp.store.tables import (
    Account,
    Invitation,
    Membership,
    Person,
    Prescription,
    PrescriptionVersion,
)

#: A week to hold against the schedule, and a day more; each day costs time, and most patients have ten sessions in it.
LOOK_BACK = timedelta(days=8)
#: Asked once a week how sure they are: two weeks hold the last answer, even when one was left out.
REPORTS_BACK = timedelta(days=14)
#: The last week against the three before; fewer sessions than this on either side say nothing.
TREND_WEEKS = 4
TREND_SESSIONS = 2
#: Angles without a motion of their own get the larger of the usual changes (CLINICAL: shoulder, hip, trunk).
USUAL_MDC_DEG = 10.0

#: Values for fields of `Facts`, by patient id.
Found = Mapping[str, dict[str, Any]]
Source = Callable[[Session, Actor, date], Found]


@dataclass(frozen=True, slots=True)
class Standing:
    """One patient. `reasons`: most urgent first; `hidden`: those that the therapist has seen or put off, with why."""

    facts: Facts
    reasons: tuple[Reason, ...]
    hidden: tuple[tuple[Reason, Mark], ...] = ()

    def week(self, today: date) -> list[tuple[date, bool]]:
        """The last seven days, oldest first, each with whether something was done."""
        done = {one.day for one in self.facts.sessions if one.worked}
        days = [today - timedelta(days=ago) for ago in range(6, -1, -1)]
        return [(day, day in done) for day in days]


def standings(session: Session, actor: Actor, today: date) -> list[Standing]:
    """Every patient of the actor: those who need someone first, most urgent and then newest; then by name."""
    hidden = marks.newest(session, actor)
    listed = [
        _standing(one, hidden.get(one.patient_id, {})) for one in facts(session, actor, today)
    ]
    return sorted(listed, key=_order)


def facts(session: Session, actor: Actor, today: date) -> list[Facts]:
    """What is known of every patient of the actor, by name."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for source in SOURCES:
        for patient_id, values in source(session, actor, today).items():
            found[patient_id] |= values
    clinic = clinic_settings.of(session, actor.clinic_id)
    return [
        Facts(patient_id=patient_id, today=today, clinic=clinic, **found[patient_id])
        for patient_id in found
        if "name" in found[patient_id]
    ]


def _standing(one: Facts, hidden: Mapping[str, Mark]) -> Standing:
    shown, away = [], []
    for reason in reasons.of(one):
        mark = hidden.get(reason.key)
        if mark is not None and mark.hides_on(one.today, reason):
            away.append((reason, mark))
        else:
            shown.append(reason)
    return Standing(one, tuple(shown), tuple(away))


def _order(one: Standing) -> tuple[bool, tuple[int, float], str]:
    first = reasons.rank(one.reasons[0]) if one.reasons else (0, 0.0)
    return not one.reasons, first, one.facts.name


def people(session: Session, actor: Actor, today: date) -> Found:
    """Who they are, and when they last did something, whenever that was."""
    t = PatientSession
    last = (
        select(t.local_date)
        .where(t.patient_id == Person.id, t.source != "clip", t.status != "live")
        .order_by(t.started_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Person.id, Person.name, Person.birth_year, last.label("last"))
        .where(Person.id.in_(access.patients_of(actor)))
        .order_by(Person.name)
    )
    return {
        patient_id: {"name": name, "birth_year": birth_year, "last": day}
        for patient_id, name, birth_year, day in session.execute(query)
    }


def programs(session: Session, actor: Actor, today: date) -> Found:
    """What each is to do: the active exercises with the schedule of their newest version."""
    t, v = Prescription, PrescriptionVersion
    newest = (
        select(v.prescription_id, func.max(v.number).label("number"))
        .where(v.clinic_id == actor.clinic_id)
        .group_by(v.prescription_id)
        .subquery()
    )
    query = (
        select(t.patient_id, t.id, t.exercise_id, t.created_at, v.schedule)
        .join(newest, newest.c.prescription_id == t.id)
        .join(v, (v.prescription_id == t.id) & (v.number == newest.c.number))
        .where(access.visible(actor, t.clinic_id, t.patient_id), t.active)
        .order_by(t.position)
    )
    by_patient: dict[str, list[Item]] = defaultdict(list)
    for patient_id, prescription_id, exercise_id, created_at, schedule in session.execute(query):
        item = Item(prescription_id, exercise_id, _schedule(schedule), created_at.date())
        by_patient[patient_id].append(item)
    return {patient_id: {"items": tuple(items)} for patient_id, items in by_patient.items()}


def _schedule(values: dict[str, Any] | None) -> Schedule:
    """Read by hand: it is asked for hundreds of times a page, and was checked when it was written."""
    if not values:
        return _ALWAYS
    start, until = values.get("start"), values.get("until")
    return Schedule(
        times_a_day=values.get("times_a_day", 1),
        weekdays=tuple(values.get("weekdays", EVERY_DAY)),
        start=date.fromisoformat(start) if start else None,
        until=date.fromisoformat(until) if until else None,
    )


_ALWAYS = Schedule()


def sessions(session: Session, actor: Actor, today: date) -> Found:
    """What was done in the last days, newest first."""
    t = PatientSession
    query = (
        select(
            t.patient_id, t.id, t.prescription_id, t.exercise_id, t.local_date, type_coerce(t.started_at, DateTime()),
            t.reps, t.incomplete, t.faulty, t.hold_s, func.coalesce(t.stop_reason, "") == "pain",
        )
        .where(access.visible(actor, t.clinic_id, t.patient_id), t.local_date >= today - LOOK_BACK)
        # the same again in terms of the index: local days differ from UTC's by less than two
        .where(t.started_at >= _midnight(today - LOOK_BACK - timedelta(days=2)))
        .where(t.source != "clip", t.status != "live")
        .order_by(t.started_at.desc())
    )  # fmt: skip
    by_patient: dict[str, list[Done]] = defaultdict(list)
    # thousands of rows: plain ones, past the ORM, cost half
    for row in session.connection().execute(query):
        by_patient[row[0]].append(Done._make(row[1:]))
    return {patient_id: {"sessions": tuple(done)} for patient_id, done in by_patient.items()}


def trends(session: Session, actor: Actor, today: date) -> Found:
    """How far each prescription went in the last week and in the three before, on average."""
    means, t = _means(actor, today), Prescription
    query = (
        select(t.patient_id, t.id, t.exercise_id, means)
        .join(means, means.c.of == t.id)
        .where(access.visible(actor, t.clinic_id, t.patient_id), t.active)
    )
    sides: dict[tuple[str, str, str, str], dict[bool, Mean]] = defaultdict(dict)
    for patient_id, prescription_id, exercise_id, _, angle, lately, *mean in session.execute(query):
        sides[patient_id, prescription_id, exercise_id, angle][bool(lately)] = Mean(*mean)
    by_patient: dict[str, list[Trend]] = defaultdict(list)
    for key, found in sides.items():
        if len(found) != 2:
            continue
        trend = _trend(session, actor.clinic_id, key, found[False], found[True])
        if trend is not None:
            by_patient[key[0]].append(trend)
    return {patient_id: {"trends": tuple(some)} for patient_id, some in by_patient.items()}


class Mean(NamedTuple):
    """Mean ends of the range of some sessions, degrees, and the day of the last of them."""

    last: date
    low_deg: float
    high_deg: float


def _means(actor: Actor, today: date) -> Subquery:
    """One row each for before and lately, where there are enough sessions; half the time of one row for both."""
    t = SessionRange
    lately = (t.local_date > today - timedelta(days=7)).label("lately")
    return (
        select(
            t.prescription_id.label("of"), t.angle, lately, func.max(t.local_date, type_=Date).label("last"),
            func.avg(t.low_deg).label("low"), func.avg(t.high_deg).label("high"),
        )
        .where(t.clinic_id == actor.clinic_id, t.local_date > today - timedelta(weeks=TREND_WEEKS))
        .group_by(t.prescription_id, t.angle, lately)
        .having(func.count() >= TREND_SESSIONS)
        .subquery()
    )  # fmt: skip


def _trend(
    session: Session, clinic_id: str, key: tuple[str, str, str, str], before: Mean, now: Mean
) -> Trend | None:
    """The trend of an exercise's first target; other angles are not what the exercise is for."""
    _, prescription_id, exercise_id, angle = key
    exercise = exercises.find(session, clinic_id, exercise_id)
    if exercise is None:
        return None
    target = next(iter(exercise.targets.items()), None)
    if target is None or target[0] != angle:
        return None
    smaller = target[1].towards == "smaller"
    was, is_now = (-one.low_deg if smaller else one.high_deg for one in (before, now))
    return Trend(prescription_id, exercise_id, angle, was, is_now, mdc_deg(angle), now.last)


@cache
def mdc_deg(angle: str) -> float:
    """The minimal detectable change of an angle, as the assessments say."""
    known = [motion.mdc_deg for motion in catalogue.motions().values() if motion.angle == angle]
    return max(known, default=USUAL_MDC_DEG)


def proposals(session: Session, actor: Actor, today: date) -> Found:
    """The proposals that wait for a decision, oldest first."""
    t = Proposal
    query = (
        select(t.patient_id, t.id, t.created_at)
        .where(access.visible(actor, t.clinic_id, t.patient_id), t.status == "open")
        .order_by(t.created_at)
    )
    by_patient: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for patient_id, proposal_id, created_at in session.execute(query):
        by_patient[patient_id].append((proposal_id, created_at))
    return {patient_id: {"proposals": tuple(found)} for patient_id, found in by_patient.items()}


def reports(session: Session, actor: Actor, today: date) -> Found:
    """What they said in the last days of pain, of mornings, of doubt; newest first."""
    t = PatientReport
    query = (
        select(
            t.patient_id, t.kind, type_coerce(t.created_at, DateTime()), t.pain, t.session_id,
            t.answers["since"].as_string(), t.answers["sure"].as_integer(), t.answers["reason"].as_string(),
        )
        .where(access.visible(actor, t.clinic_id, t.patient_id), t.local_date >= today - REPORTS_BACK)
        .where(t.kind != "goal")
        .order_by(t.created_at.desc(), t.id.desc())
    )  # fmt: skip
    by_patient: dict[str, list[Report]] = defaultdict(list)
    for patient_id, kind, at, *said in session.connection().execute(query):
        by_patient[patient_id].append(Report(kind, at.replace(tzinfo=UTC), *said))
    return {patient_id: {"reports": tuple(some)} for patient_id, some in by_patient.items()}


def unread(session: Session, actor: Actor, today: date) -> Found:
    """When the oldest message of each patient (or who helps them) came that no therapist has read."""
    t = Message
    staff = select(Membership.account_id).where(
        Membership.clinic_id == actor.clinic_id, Membership.role == "therapist"
    )
    read = exists().where(MessageRead.message_id == t.id, MessageRead.account_id.in_(staff))
    query = (
        select(t.patient_id, func.min(t.created_at, type_=t.created_at.type))
        .where(access.visible(actor, t.clinic_id, t.patient_id))
        .where(t.author_id.not_in(staff), ~read)
        .group_by(t.patient_id)
    )
    return {patient_id: {"unread": at} for patient_id, at in session.execute(query)}


def invitations(session: Session, actor: Actor, today: date) -> Found:
    """The newest invitation of each patient who has not come in: with none of theirs, nor by e-mail and password."""
    t = Invitation
    query = (
        select(t.person_id, func.max(t.created_at, type_=t.created_at.type))
        .join(Person, Person.id == t.person_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(t.clinic_id == actor.clinic_id, Person.id.in_(access.patients_of(actor)))
        .where(Account.email.is_(None))
        .group_by(t.person_id)
        .having(func.count(t.used_at) == 0, func.count() > func.count(t.ended_at))
    )
    return {str(person_id): {"invited": at} for person_id, at in session.execute(query)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


#: Every source of facts. Another one is another line.
SOURCES: tuple[Source, ...] = (
    people, programs, sessions, trends, reports, unread, proposals, invitations,
)  # fmt: skip
