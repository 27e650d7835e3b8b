"""A clinic with a therapist and a patient who was never here, for tests of getting in."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.store import people
from webapp.store.access import Actor
from webapp.store.engine import Session
from webapp.store.people import NewPerson

BORN = 1958


@dataclass(frozen=True)
class Practice:
    """The therapist as an actor, and the patient's id."""

    therapist: Actor
    patient_id: str


def practice(session: Session, name: str = "Harbour") -> Practice:
    """A new clinic of this name."""
    clinic = people.add_clinic(session, name)
    therapist = people.add_person(session, clinic.id, NewPerson("Tom", "therapist"))
    account = people.add_account(session, therapist, f"tom@{name.lower()}.example", "hash")
    patient = people.add_person(session, clinic.id, NewPerson("Maria", "patient", BORN))
    people.take_care(session, therapist, patient)
    actor = people.actor_of(session, account.id)
    assert actor
    return Practice(actor, patient.id)
