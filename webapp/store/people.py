"""People and their accounts: find, create, say who acts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from webapp.store.access import Actor, patients_of
from webapp.store.base import new_id
from webapp.store.tables import Account, Care, Clinic, Membership, Person, Role


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of a person when they are entered."""

    name: str
    role: Role
    birth_year: int | None = None
    timezone: str = "UTC"
    language: str = "en"


def find_account(
    session: Session, *, email: str | None = None, uniquifier: str | None = None
) -> Account | None:
    """The account with this e-mail (in any case) or this session key."""
    query = select(Account)
    if email is not None:
        return session.scalar(query.where(func.lower(Account.email) == email.lower()))
    return session.scalar(query.where(Account.fs_uniquifier == uniquifier))


def only_in_demo(session: Session, account_id: str) -> bool:
    """Whether the account is known to demo clinics only: its password is public."""
    joined = exists().where(Membership.account_id == account_id, Membership.clinic_id == Clinic.id)
    demo = session.scalar(select(joined.where(Clinic.demo.is_(True))))
    real = session.scalar(select(joined.where(Clinic.demo.is_(False))))
    return bool(demo) and not real


def actor_of(session: Session, account_id: str, clinic_id: str | None = None) -> Actor | None:
    """Who an account is now: read anew each time, so that a lost membership counts at once.

    Without `clinic_id` the oldest membership is taken. None when there is no active one.
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
        return None
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


def add_account(session: Session, person: Person, email: str, password_hash: str) -> Account:
    """A login for a person, with the membership that goes with their role."""
    account = Account(email=email, password=password_hash, fs_uniquifier=new_id())
    session.add(account)
    session.flush()
    person.account_id = account.id
    session.add(Membership(account_id=account.id, clinic_id=person.clinic_id, role=person.role))
    session.flush()
    return account


def take_care(session: Session, therapist: Person, patient: Person) -> None:
    """From now on the therapist looks after the patient."""
    session.add(Care(clinic_id=patient.clinic_id, therapist_id=therapist.id, patient_id=patient.id))
    session.flush()


def clinic_named(session: Session, name: str) -> Clinic | None:
    """The clinic with this name."""
    return session.scalar(select(Clinic).where(Clinic.name == name))


def renew_secrets(session: Session, account_id: str, password_hash: str, uniquifier: str) -> None:
    """Keep a new password hash and session key."""
    account = session.get_one(Account, account_id)
    account.password, account.fs_uniquifier = password_hash, uniquifier


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


def names_of_accounts(session: Session, account_ids: Collection[str]) -> dict[str, str]:
    """The names of those who log in with these accounts, by account id."""
    query = select(Person.account_id, Person.name).where(Person.account_id.in_(account_ids))
    return {str(account_id): name for account_id, name in session.execute(query)}
