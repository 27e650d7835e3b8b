"""People and their accounts: find, create, say who acts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from coach.landmarks import Part
from webapp.store import audit, helping
from webapp.store.access import Actor, patients_of, require_prescriber
from webapp.store.base import new_id
from webapp.store.tables import ROLES, Account, Care, Clinic, Membership, Person, Role


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of a person when they are entered."""

    name: str
    role: Role | Literal["caregiver"]
    birth_year: int | None = None
    timezone: str = "UTC"
    #: The empty one: as their browser asks.
    language: str = ""


def find_account(
    session: Session,
    *,
    email: str | None = None,
    uniquifier: str | None = None,
    account_id: str | None = None,
) -> Account | None:
    """The account with this e-mail (in any case), this id or this session key."""
    query = select(Account)
    if account_id is not None:
        return session.get(Account, account_id)
    if email is not None:
        return session.scalar(query.where(func.lower(Account.email) == email.lower()))
    return session.scalar(query.where(Account.fs_uniquifier == uniquifier))


def only_in_demo(session: Session, account_id: str) -> bool:
    """Whether the account is known to demo clinics only: its password is public."""
    joined = exists().where(Person.account_id == account_id, Person.clinic_id == Clinic.id)
    demo = session.scalar(select(joined.where(Clinic.demo.is_(True))))
    real = session.scalar(select(joined.where(Clinic.demo.is_(False))))
    return bool(demo) and not real


def actor_of(session: Session, account_id: str, clinic_id: str | None = None) -> Actor | None:
    """Who an account is now: read anew each time, so that a lost membership counts at once.

    Without `clinic_id` the oldest membership is taken; without any, what a patient allows this helper. None when
    there is neither.
    """
    query = (
        select(Membership.role, Person, Clinic)
        .join(Account, Account.id == Membership.account_id)
        .join(Clinic, Clinic.id == Membership.clinic_id)
        .join(Person, (Person.account_id == Account.id) & (Person.clinic_id == Clinic.id))
        .where(Account.id == account_id, Account.active, Membership.active)
        .order_by(Membership.id)
    )
    if clinic_id is not None:
        query = query.where(Clinic.id == clinic_id)
    row = session.execute(query.limit(1)).first()
    if row is None:
        return helping.actor_of(session, account_id)
    role, person, clinic = row
    return Actor(
        account_id=account_id, clinic_id=clinic.id, role=cast(Role, role), person_id=person.id, name=person.name,
        timezone=person.timezone, language=person.language, clinic_name=clinic.name, demo=clinic.demo,
    )  # fmt: skip


def add_clinic(session: Session, name: str, *, demo: bool = False) -> Clinic:
    """A new clinic."""
    clinic = Clinic(name=name, demo=demo)
    session.add(clinic)
    session.flush()
    return clinic


def add_person(session: Session, clinic_id: str, new: NewPerson) -> Person:
    """A new person without an account."""
    person = Person(
        clinic_id=clinic_id, name=new.name, role=new.role, birth_year=new.birth_year,
        timezone=new.timezone, language=new.language,
    )  # fmt: skip
    session.add(person)
    session.flush()
    return person


def absent_of(person: Person) -> tuple[Part, ...]:
    """The parts of the body that this person has not, or that are not seen as such."""
    names = set((person.absent or "").split())
    return tuple(part for part in get_args(Part) if part in names)


def set_absent(session: Session, actor: Actor, person: Person, parts: Collection[str]) -> None:
    """Keep which parts of a patient's body are absent, with an audit row. Raises NotVisible."""
    require_prescriber(actor)
    before = absent_of(person)
    person.absent = " ".join(part for part in get_args(Part) if part in parts) or None
    if absent_of(person) != before:
        audit.record(session, actor, "person.absent", person.id, old=before, new=absent_of(person))


def add_account(
    session: Session, person: Person, email: str | None = None, password_hash: str | None = None
) -> Account:
    """An account for a person, with the membership that goes with their role; helpers have grants instead.

    Without e-mail and password there are only the ways in of `invitations`, `devices` and `passkeys`.
    """
    account = Account(email=email, password=password_hash, fs_uniquifier=new_id())
    session.add(account)
    session.flush()
    person.account_id = account.id
    if person.role in ROLES:
        session.add(Membership(account_id=account.id, clinic_id=person.clinic_id, role=person.role))
    session.flush()
    return account


def take_care(session: Session, therapist: Person, patient: Person) -> None:
    """From now on the therapist looks after the patient."""
    session.add(Care(clinic_id=patient.clinic_id, therapist_id=therapist.id, patient_id=patient.id))
    session.flush()


def set_language(session: Session, actor: Actor, language: str) -> None:
    """Keep the language that the actor chose to read, for whoever holds this account in this clinic."""
    query = select(Person).where(
        Person.account_id == actor.account_id, Person.clinic_id == actor.clinic_id
    )
    session.scalars(query).one().language = language


def clinic_named(session: Session, name: str) -> Clinic | None:
    """The clinic with this name."""
    return session.scalar(select(Clinic).where(Clinic.name == name))


def renew_secrets(
    session: Session, account_id: str, password_hash: str | None, uniquifier: str
) -> None:
    """Keep a new password hash and session key."""
    account = session.get_one(Account, account_id)
    account.password, account.fs_uniquifier = password_hash, uniquifier


def set_password(session: Session, account_id: str, email: str, password_hash: str) -> bool:
    """Let an account log in with this e-mail and password. False when the e-mail is somebody else's."""
    other = find_account(session, email=email)
    if other is not None and other.id != account_id:
        return False
    account = session.get_one(Account, account_id)
    account.email, account.password = email, password_hash
    session.flush()
    return True


def carers_of(session: Session, actor: Actor, patient_id: str) -> Sequence[str]:
    """The names of the therapists who look after a patient whom the actor may see."""
    return session.scalars(
        select(Person.name)
        .join(Care, Care.therapist_id == Person.id)
        .where(Care.patient_id == patient_id, Care.patient_id.in_(patients_of(actor)))
        .where(Care.ended_at.is_(None))
        .order_by(Person.name)
    ).all()


def in_role(session: Session, actor: Actor, role: Role) -> Sequence[Person]:
    """Everyone of a role in the actor's clinic, by name; patients only as far as the actor may see them."""
    query = (
        select(Person)
        .where(Person.clinic_id == actor.clinic_id, Person.role == role)
        .order_by(Person.name)
    )
    if role == "patient":
        query = query.where(Person.id.in_(patients_of(actor)))
    return session.scalars(query).all()


def names(session: Session, clinic_id: str, account_ids: Collection[str]) -> dict[str, str]:
    """What those behind some accounts are called in a clinic, by account id."""
    query = select(Person.account_id, Person.name).where(
        Person.clinic_id == clinic_id, Person.account_id.in_(account_ids)
    )
    return {str(account): name for account, name in session.execute(query)}


def person_by_email(session: Session, clinic_id: str, email: str) -> Person | None:
    """The person of a clinic who logs in with this e-mail."""
    account = find_account(session, email=email)
    if account is None:
        return None
    return session.scalar(
        select(Person).where(Person.account_id == account.id, Person.clinic_id == clinic_id)
    )


def clinics(session: Session) -> Sequence[Clinic]:
    """Every clinic, oldest first."""
    return session.scalars(select(Clinic).order_by(Clinic.id)).all()


def note_cautions(session: Session, actor: Actor, patient: Person, noted: Sequence[str]) -> None:
    """Keep what is to be minded with a patient, with an audit row of what changed. Raises NotVisible."""
    require_prescriber(actor)
    before, after = sorted(patient.cautions or ()), sorted(noted)
    if before != after:
        patient.cautions = list(noted)
        audit.record(session, actor, "patient.cautions", patient.id, old=before, new=after)


def names_of_accounts(session: Session, account_ids: Collection[str]) -> dict[str, str]:
    """The names of those who log in with these accounts, by account id."""
    query = select(Person.account_id, Person.name).where(Person.account_id.in_(account_ids))
    return {str(account_id): name for account_id, name in session.execute(query)}
