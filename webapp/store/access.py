"""The single place of "who may see whom". Every read of patient data starts from one of these.

What is foreign and what does not exist look the same (`NotVisible`, a 404): an id tells nobody anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.store.job_tables import Job
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Care, Person, Prescription, Role

Row = TypeVar("Row")

#: What a patient lets a helper do: look, help with exercising too, or do all of it in the patient's place.
Scope = Literal["see", "help", "stand_in"]
SCOPES: Final[tuple[Scope, ...]] = ("see", "help", "stand_in")


class NotVisible(LookupError):
    """There is no such thing, or none that this actor may see."""


@dataclass(frozen=True, slots=True)
class Helping:
    """For whom an actor acts who is not the patient, and how far the patient lets them."""

    grant_id: str
    scope: Scope
    patient_name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account in one role in one clinic. Everything a rule may ask.

    A helper is in the patient's room: `role` and `person_id` are the patient's, `account_id` and `name` their own.
    """

    account_id: str
    clinic_id: str
    role: Role
    person_id: str
    name: str
    timezone: str
    language: str
    clinic_name: str
    demo: bool
    helping: Helping | None = None

    @property
    def part(self) -> str:
        """What the policy asks: the role, or how far a helper may go (`helper:see`, ...)."""
        return self.role if self.helping is None else f"helper:{self.helping.scope}"


def patients_of(actor: Actor) -> Select[str]:
    """The ids of the patients whom the actor may see: oneself, those in one's care, or the clinic's."""
    patients = select(Person.id).where(
        Person.clinic_id == actor.clinic_id, Person.role == "patient"
    )
    return patients.where(_seen_by(actor))


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    if actor.role == "clinic":
        return true()
    if actor.role == "patient":
        return Person.id == actor.person_id
    in_care = select(Care.patient_id).where(
        Care.clinic_id == actor.clinic_id,
        Care.therapist_id == actor.person_id,
        Care.ended_at.is_(None),
    )
    return Person.id.in_(in_care)


def visible(
    actor: Actor,
    clinic: InstrumentedAttribute[str],
    patient: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
) -> ColumnElement[bool]:
    """The condition that keeps a query of any patient table to what the actor may see.

    `clinic` and `patient` are the table's columns: `visible(actor, Prescription.clinic_id, Prescription.patient_id)`.
    """
    return (clinic == actor.clinic_id) & patient.in_(patients_of(actor))


def require_patient(session: Session, actor: Actor, person_id: str) -> Person:
    """The patient, if the actor may see them; else NotVisible."""
    return _one(
        session, select(Person).where(Person.id == person_id, Person.id.in_(patients_of(actor)))
    )


def require_prescription(session: Session, actor: Actor, prescription_id: str) -> Prescription:
    """The prescription, if the actor may see its patient; else NotVisible."""
    mine = visible(actor, Prescription.clinic_id, Prescription.patient_id)
    return _one(session, select(Prescription).where(Prescription.id == prescription_id, mine))


def require_session(session: Session, actor: Actor, session_id: str) -> PatientSession:
    """The exercise session, if the actor may see its patient; else NotVisible."""
    mine = visible(actor, PatientSession.clinic_id, PatientSession.patient_id)
    return _one(session, select(PatientSession).where(PatientSession.id == session_id, mine))


def require_job(session: Session, actor: Actor, job_id: str) -> Job:
    """The job, if the actor may see the patient it is about; else NotVisible."""
    mine = visible(actor, Job.clinic_id, Job.patient_id)
    return _one(session, select(Job).where(Job.id == job_id, mine))


def require_prescriber(actor: Actor) -> None:
    """Only therapists change programs (of the patients they see); else NotVisible."""
    if actor.role != "therapist":
        raise NotVisible


def _one(session: Session, query: Select[Row]) -> Row:
    found = session.scalar(query)
    if found is None:
        raise NotVisible
    return found
