"""Make the demo clinic: people, programs, and eight weeks of sessions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from coach.exercise import Dose, Exercise, Prescription, Target
from webapp.demo import cast, measured, past, recorded, shelf, told
from webapp.demo.accounts import DEMO_EMAILS
from webapp.store import consents, grants, imports, invitations, people, proposals
from webapp.store.engine import Session
from webapp.store.imports import OldSession, OldVersion
from webapp.store.people import NewPerson
from webapp.store.plans import Plan
from webapp.store.session_tables import Source, StopReason
from webapp.store.tables import Account, Clinic, Person
from webapp.store.tables import Prescription as PrescriptionRow
from webapp.words import exercise_or_none

WEEKS = 8
SEED = 20261124
#: A short program a day, so that it is believable that people do it.
SETS, REPS = 2, 8
EASIER_DEG = 10.0
LAST_WEEK = 7
#: Now and then somebody films themselves, and uploads the video.
FILMED_EVERY = 15


def build(session: Session, password_hash: str, now: datetime) -> Clinic:
    """The whole clinic, in the caller's transaction."""
    clinic = people.add_clinic(session, cast.CLINIC, demo=True)
    staff = [_staff(session, clinic, member, password_hash) for member in cast.STAFF]
    for number, patient in enumerate(cast.PATIENTS):
        person = people.add_person(
            session,
            clinic.id,
            NewPerson(patient.name, "patient", patient.birth_year, patient.timezone),
        )
        if number == 0:
            account = people.add_account(session, person, DEMO_EMAILS["patient"], password_hash)
            _agree(session, account, now)
        person.cautions, person.sex = list(patient.cautions), patient.sex
        therapist = staff[patient.therapist]
        people.take_care(session, therapist, person)
        measured.past(session, person, therapist, patient, now)
        if patient.invited_days is not None:
            _invite(session, therapist, person, now - timedelta(days=patient.invited_days))
        _weeks(session, person, therapist, patient, Random(SEED + number), now)  # noqa: S311  # not for secrets
    shelf.fill(session, staff[0])
    recorded.add(session, staff[0])
    return clinic


def _agree(session: Session, account: Account, now: datetime) -> None:
    """The demo patient lets their body points be kept, so that there is something to review; and lets someone help."""
    actor = people.actor_of(session, account.id)
    if actor is not None:
        consents.decide(session, actor, yes=True)
        grant = grants.give(session, actor, cast.HELPER)
        grants.invite(session, actor, grant.id, now)


def _invite(session: Session, therapist: Person, patient: Person, at: datetime) -> None:
    """An open invitation. Its secrets are shown to nobody; a new one is a click away."""
    actor = people.actor_of(session, str(therapist.account_id))
    if actor is not None:
        invitations.for_patient(session, actor, patient.id, at)


def _staff(session: Session, clinic: Clinic, member: cast.Staff, password_hash: str) -> Person:
    person = people.add_person(
        session, clinic.id, NewPerson(member.name, member.role, timezone="Europe/Berlin")
    )
    email = DEMO_EMAILS[member.role] if member.role_login else f"{member.role}2@demo.example"
    people.add_account(session, person, email, password_hash)
    return person


def _weeks(
    session: Session,
    person: Person,
    therapist: Person,
    patient: cast.Patient,
    chance: Random,
    now: datetime,
) -> None:
    """Eight weeks of one patient: a first target, a further one after half the time, and a session on most days."""
    days = [
        ago
        for ago in range(WEEKS * 7, patient.quiet_days, -1)
        if chance.random() < patient.keen
        and (now - timedelta(days=ago)).weekday() in patient.weekdays
    ]
    days.append(patient.quiet_days)
    begin = now - timedelta(weeks=WEEKS)
    teller = told.Teller(
        session,
        person,
        person.account_id or str(therapist.account_id),
        Random(SEED),  # noqa: S311
    )
    teller.lately(patient, now)
    for position, exercise_id in enumerate(patient.exercises):
        exercise = exercise_or_none(exercise_id)
        if exercise is None:
            continue
        beside = shelf.beside(patient, exercise, now)
        versions = _versions(session, person, therapist, (exercise, beside), position, begin)
        for ago in days:
            version = versions[0] if ago > WEEKS * 7 // 2 else versions[1]
            _session(teller, patient, (exercise, version), ago, chance, now)
        row = session.get_one(PrescriptionRow, versions[0].prescription_id)
        proposals.refresh(session, row, now.date())


def _versions(
    session: Session,
    person: Person,
    therapist: Person,
    what: tuple[Exercise, Plan],
    position: int,
    begin: datetime,
) -> list[imports.Version]:
    exercise, beside = what
    half_way = begin + timedelta(weeks=WEEKS // 2)
    dose = Dose(
        sets=SETS,
        reps=REPS if exercise.kind == "cycle" else 0,
        hold_s=exercise.dose.hold_s,
        rest_s=45.0,
    )
    easier = {name: _easier(target) for name, target in exercise.targets.items()}
    usual = {name: target.default for name, target in exercise.targets.items()}
    return imports.prescription(
        session, person, therapist, exercise.id, position,
        [
            OldVersion(Prescription(targets=easier, dose=dose), "A gentle start.", begin),
            OldVersion(Prescription(targets=usual, dose=dose), "Going well: further.", half_way, beside),
        ],
    )  # fmt: skip


def _easier(target: Target) -> float:
    """A target for the first weeks, within what may be set."""
    step = EASIER_DEG if target.towards == "smaller" else -EASIER_DEG
    return max(target.min, min(target.max, target.default + step))


def _session(
    teller: told.Teller, patient: cast.Patient, what: tuple[Exercise, imports.Version], ago: int, chance: Random,
    now: datetime,
) -> None:  # fmt: skip
    exercise, version = what
    session, person = teller.session, teller.person
    progress = 1 - ago / (WEEKS * 7)
    reach = patient.reach[0] + (patient.reach[1] - patient.reach[0]) * progress
    reach -= patient.setback if ago < LAST_WEEK else 0.0
    pain = patient.pain_last and ago == patient.quiet_days
    form = past.Form(reach=reach, slips=patient.slips, sets=1 if pain else SETS)
    target = next(iter(version.prescribed.targets.values()), None)
    dose = version.prescribed.dose or exercise.dose
    events = tuple(past.events(exercise, dose, target, form, chance))
    zone = ZoneInfo(person.timezone)
    day = now.astimezone(zone).date() - timedelta(days=ago)
    clock = time(
        7 + day.toordinal() % 3, chance.randrange(14) + 15 * patient.exercises.index(exercise.id)
    )
    started = datetime.combine(day, clock, zone)
    if started < now - timedelta(minutes=20):
        reason: StopReason = "pain" if pain else "finished"
        filmed: Source = "upload" if ago % FILMED_EVERY == 1 else "camera"
        row = imports.past_session(
            session, person, version, OldSession(exercise.id, started, events, reason, filmed)
        )
        teller.after(patient, row, progress)
