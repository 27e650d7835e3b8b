"""Who may see whom: by role, by care, by clinic; and that nothing crosses a clinic's border."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coach.exercise import Prescription
from webapp.store import access, people, programs
from webapp.store.access import Actor, NotVisible
from webapp.store.engine import Database
from webapp.store.people import NewPerson
from webapp.store.tables import Care, Membership, Person, Role


@dataclass
class Town:
    """Two clinics, each with a manager, two therapists and two patients; therapist 1 cares for patient 1."""

    actors: dict[str, Actor]
    patients: dict[str, str]
    prescriptions: dict[str, str]


@pytest.fixture
def town(store: Database) -> Town:
    """The same people in clinics `a` and `b`."""
    made = Town({}, {}, {})
    with store.writing() as session:
        for clinic_name in ("a", "b"):
            _clinic(session, clinic_name, made)
    return made


def _clinic(session: Session, name: str, town: Town) -> None:
    clinic = people.add_clinic(session, name)
    staff: dict[str, Person] = {}
    for who in ("clinic", "therapist1", "therapist2", "patient1", "patient2"):
        role: Role = next(one for one in ("clinic", "therapist", "patient") if who.startswith(one))  # type: ignore[assignment]
        person = staff[who] = people.add_person(
            session, clinic.id, NewPerson(f"{name}-{who}", role)
        )
        account = people.add_account(session, person, f"{who}@{name}.example", "hash")
        actor = people.actor_of(session, account.id)
        assert actor
        town.actors[f"{name}-{who}"] = actor
    for who in ("patient1", "patient2"):
        key = f"{name}-{who}"
        town.patients[key] = staff[who].id
        people.take_care(session, staff["therapist1"], staff[who])
        therapist = town.actors[f"{name}-therapist1"]
        town.prescriptions[key] = programs.add(
            session, therapist, staff[who].id, "squat", Prescription(), ""
        ).id
    # the second patient is in nobody's care any more
    for care in session.scalars(select(Care).where(Care.patient_id == staff["patient2"].id)):
        care.ended_at = care.created_at


SEES = {
    "a-clinic": {"a-patient1", "a-patient2"},
    "a-therapist1": {"a-patient1"},
    "a-therapist2": set(),
    "a-patient1": {"a-patient1"},
    "a-patient2": {"a-patient2"},
    "b-clinic": {"b-patient1", "b-patient2"},
    "b-therapist1": {"b-patient1"},
}


@pytest.mark.parametrize("who", SEES)
def test_each_sees_exactly_their_own(store: Database, town: Town, who: str) -> None:
    actor = town.actors[who]
    with store.reading() as session:
        for key, person_id in town.patients.items():
            for require, wanted in (
                (access.require_patient, person_id),
                (access.require_prescription, town.prescriptions[key]),
            ):
                if key in SEES[who]:
                    assert require(session, actor, wanted).id == wanted
                else:
                    with pytest.raises(NotVisible):
                        require(session, actor, wanted)


def test_a_role_in_another_clinic_opens_nothing_there(store: Database, town: Town) -> None:
    intruder = replace(
        town.actors["a-clinic"], clinic_id=town.actors["b-clinic"].clinic_id, role="therapist"
    )
    with store.reading() as session, pytest.raises(NotVisible):
        access.require_patient(session, intruder, town.patients["b-patient1"])


def test_care_that_has_ended_opens_nothing(store: Database, town: Town) -> None:
    with store.writing() as session:
        for care in session.query(Care):
            care.ended_at = care.created_at
    with store.reading() as session, pytest.raises(NotVisible):
        access.require_patient(session, town.actors["a-therapist1"], town.patients["a-patient1"])


def test_a_lost_membership_counts_at_once(store: Database, town: Town) -> None:
    account = town.actors["a-therapist1"].account_id
    with store.writing() as session:
        session.query(Membership).filter_by(account_id=account).update({"active": False})
    with store.reading() as session:
        assert people.actor_of(session, account) is None


def test_an_account_is_found_in_any_case_and_only_once(store: Database, town: Town) -> None:
    assert town
    with store.reading() as session:
        found = people.find_account(session, email="CLINIC@A.example")
        assert found
        assert people.find_account(session, uniquifier=found.fs_uniquifier) is found
        assert people.find_account(session, email="nobody@a.example") is None
        assert not people.only_in_demo(session, found.id)
