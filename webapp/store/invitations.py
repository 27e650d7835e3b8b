"""Invitations: a link and a code that let one person in once, together with their birth year.

Both secrets are shown when they are made and kept as hashes only. An invitation ends when it is used, withdrawn,
followed by a newer one, or two weeks old; after too many wrong birth years it is locked for an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp.store import access, audit, codes, devices, passkeys, people
from webapp.store.access import Actor
from webapp.store.people import NewPerson
from webapp.store.tables import Account, Audit, Invitation, Person

LASTS: Final = timedelta(days=14)
#: Far from the eighty years that would have to be tried, far enough for fingers that slip.
TRIES: Final = 5
LOCKED_FOR: Final = timedelta(hours=1)

Outcome = Literal["in", "wrong_year", "locked", "gone"]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is shown once: the token of the link, the code as people read it, and when both end."""

    token: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Try:
    """How an attempt to get in went. `device` is the secret that keeps the device signed in."""

    outcome: Outcome
    account_id: str = ""
    device: str = ""
    tries_left: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """An open invitation, with whom it is for."""

    row: Invitation
    person: Person


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person gets in: the open invitation, devices that are signed in, and whether there is any way at all."""

    invitation: Invitation | None
    devices: int
    joined: bool


class BirthYearMissingError(ValueError):
    """Nobody is invited without a birth year: it is half of the key."""


def new_patient(session: Session, actor: Actor, new: NewPerson, email: str = "") -> Person:
    """A patient in the care of the therapist who enters them. `email` is kept for a later password, if it is free."""
    access.require_prescriber(actor)
    patient = people.add_person(session, actor.clinic_id, new)
    therapist = session.get_one(Person, actor.person_id)
    people.take_care(session, therapist, patient)
    taken = people.find_account(session, email=email) if email else None
    people.add_account(session, patient, email=email if email and not taken else None)
    audit.record(session, actor, "patient.added", patient.id)
    return patient


def for_patient(session: Session, actor: Actor, patient_id: str, now: datetime) -> Secrets:
    """A new way in for a patient whom the actor may see. Raises NotVisible, BirthYearMissingError."""
    patient = access.require_patient(session, actor, patient_id)
    return issue(session, actor, patient, patient.id, now)


def issue(
    session: Session, actor: Actor, person: Person, subject_id: str, now: datetime
) -> Secrets:
    """A new invitation; open ones of the same person end. `subject_id` is the patient whom it is about."""
    if person.birth_year is None:
        raise BirthYearMissingError
    if person.account_id is None:
        people.add_account(session, person)
    end_all(session, person.id, now)
    made = Secrets(codes.new_token(), codes.new_code(), now + LASTS)
    row = Invitation(
        clinic_id=person.clinic_id, person_id=person.id, role=person.role, token_hash=codes.token_hash(made.token),
        code_hash=codes.code_hash(made.code), created_by=actor.account_id, created_at=now, expires_at=made.expires_at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, actor, "invitation.made", subject_id, invitation=row.id, role=person.role)
    return made


def open_of(session: Session, person_id: str, now: datetime) -> Invitation | None:
    """The open invitation of a person; there is at most one."""
    return session.scalar(
        select(Invitation).where(Invitation.person_id == person_id, _is_open(now)).limit(1)
    )


def open_ones(session: Session, actor: Actor, now: datetime) -> Sequence[Open]:
    """The open invitations of the patients whom the actor may see, the one that ends first first."""
    query = (
        select(Invitation, Person)
        .join(Person, Person.id == Invitation.person_id)
        .where(_is_open(now), access.visible(actor, Person.clinic_id, Person.id))
        .order_by(Invitation.expires_at, Invitation.id)
    )
    return [Open(*found) for found in session.execute(query).all()]


def end(session: Session, actor: Actor, patient_id: str, now: datetime) -> None:
    """Withdraw a patient's open invitation. Raises NotVisible."""
    patient = access.require_patient(session, actor, patient_id)
    for row in end_all(session, patient.id, now):
        audit.record(session, actor, "invitation.ended", patient.id, invitation=row.id)


def end_all(session: Session, person_id: str, now: datetime) -> Sequence[Invitation]:
    """End every open invitation of a person. Returns which."""
    rows = session.scalars(
        select(Invitation).where(Invitation.person_id == person_id, _is_open(now))
    ).all()
    for row in rows:
        row.ended_at = now
    session.flush()
    return rows


def sign_out_patient(session: Session, actor: Actor, patient_id: str, now: datetime) -> int:
    """Sign a patient out on every device. Returns on how many. Raises NotVisible."""
    patient = access.require_patient(session, actor, patient_id)
    if patient.account_id is None:
        return 0
    number = devices.sign_out_all(session, patient.account_id, now)
    audit.record(session, actor, "sign_in.all_devices_out", patient.id, devices=number)
    return number


def standing(session: Session, person: Person, now: datetime) -> Standing:
    """How a patient gets in, for who looks after them."""
    account = person.account_id
    return Standing(
        open_of(session, person.id, now),
        len(devices.of_account(session, account, now)) if account else 0,
        has_joined(session, person, now),
    )


def by_token(session: Session, token: str, now: datetime) -> Invitation | None:
    """The open invitation whose link this is. Unknown, used and ended ones look the same."""
    return _one(session, Invitation.token_hash == codes.token_hash(token), now)


def by_code(session: Session, typed: str, now: datetime) -> Invitation | None:
    """The open invitation whose code this is, however it was typed. Unknown, used and ended ones look the same."""
    return _one(session, Invitation.code_hash == codes.code_hash(typed), now)


def enter(
    session: Session, found: Invitation | None, year: str, kind: devices.Kind, now: datetime
) -> Try:
    """Let the device in if the birth year fits, and remember it. What it says is kept: commit also what failed."""
    if found is None:
        return Try("gone")
    if found.locked_until and now < found.locked_until:
        return Try("locked")
    person = session.get_one(Person, found.person_id)
    if person.birth_year is None or not codes.is_year(year, person.birth_year):
        return _wrong(session, found, now)
    actor = people.actor_of(session, str(person.account_id))
    if actor is None:
        return Try("gone")
    found.used_at = now
    audit.record(
        session, actor, "invitation.used", actor.person_id, invitation=found.id, device=kind
    )
    device = devices.remember(session, actor.account_id, kind, now)
    return Try("in", actor.account_id, device)


def has_joined(session: Session, person: Person, now: datetime) -> bool:
    """Whether a person has some way in that is no invitation."""
    if person.account_id is None:
        return False
    account = session.get_one(Account, person.account_id)
    return bool(
        account.password
        or devices.of_account(session, account.id, now)
        or passkeys.of_account(session, account.id)
    )


def _wrong(session: Session, found: Invitation, now: datetime) -> Try:
    """Count a wrong birth year; the last one allowed locks."""
    found.wrong_tries += 1
    if found.wrong_tries < TRIES:
        return Try("wrong_year", tries_left=TRIES - found.wrong_tries)
    found.wrong_tries, found.locked_until = 0, now + LOCKED_FOR
    session.add(_lock_row(found))
    return Try("locked")


def _lock_row(found: Invitation) -> Audit:
    """Nobody is signed in when an invitation locks: the row names no actor."""
    return Audit(
        clinic_id=found.clinic_id, actor_id=None, action="invitation.locked", subject_id=found.person_id,
        details={"invitation": found.id},
    )  # fmt: skip


def _one(session: Session, secret: ColumnElement[bool], now: datetime) -> Invitation | None:
    return session.scalar(select(Invitation).where(secret, _is_open(now)))


def _is_open(now: datetime) -> ColumnElement[bool]:
    return (
        Invitation.used_at.is_(None) & Invitation.ended_at.is_(None) & (Invitation.expires_at > now)
    )
