"""Helpers: in by the patient's consent, as far as it goes, out at once; each trace under their own account."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from coach.exercise import Prescription
from tests.webapp.store.town import Practice, practice
from webapp.store import access, consents, grants, helping, invitations, manual, people, programs
from webapp.store.access import Actor, NotVisible, Scope
from webapp.store.base import utc_now
from webapp.store.engine import Database
from webapp.store.grants import NewHelper
from webapp.store.tables import Audit, Consent, Grant, Person

NOW = utc_now()


@pytest.fixture
def harbour(store: Database) -> Practice:
    """A clinic."""
    with store.writing() as session:
        return practice(session)


@pytest.fixture
def maria(store: Database, harbour: Practice) -> Actor:
    """The patient, with an account."""
    with store.writing() as session:
        account = people.add_account(session, session.get_one(Person, harbour.patient_id))
        actor = people.actor_of(session, account.id)
    assert actor
    return actor


def let_in(store: Database, patient: Actor, scope: Scope = "help") -> tuple[str, Actor]:
    """A helper of the patient who has got in: the grant's id and the helper as an actor."""
    with store.writing() as session:
        grant = grants.give(session, patient, NewHelper("Jonas", 1975, "child", scope))
        made = grants.invite(session, patient, grant.id, NOW)
        found = invitations.by_token(session, made.token, NOW)
        tried = invitations.enter(session, found, "1975", "mac", NOW)
        actor = people.actor_of(session, tried.account_id)
    assert actor
    return grant.id, actor


def test_a_helper_is_in_the_patients_room_under_their_own_name(
    store: Database, maria: Actor
) -> None:
    _, helper = let_in(store, maria)
    assert (helper.person_id, helper.role, helper.part) == (
        maria.person_id,
        "patient",
        "helper:help",
    )
    assert helper.account_id != maria.account_id
    assert helper.name == "Jonas"
    assert helper.helping
    assert helper.helping.patient_name == "Maria"
    with store.reading() as session:
        assert access.require_patient(session, helper, maria.person_id)


def test_taking_it_back_counts_at_once_and_both_consents_are_kept(
    store: Database, maria: Actor
) -> None:
    grant_id, helper = let_in(store, maria)
    with store.writing() as session:
        again = grants.invite(session, maria, grant_id, NOW)
        grants.take_back(session, maria, grant_id, NOW)
        assert people.actor_of(session, helper.account_id) is None
        assert invitations.by_token(session, again.token, NOW) is None
        assert grants.of_patient(session, maria, maria.person_id, NOW) == []
        rows = session.scalars(select(Consent).where(Consent.kind.startswith("helper:"))).all()
        assert [(row.given, row.account_id) for row in rows] == [
            (True, maria.account_id), (False, maria.account_id),
        ]  # fmt: skip
        assert consents.latest(session, maria.person_id) is None  # no answer to another question
        with pytest.raises(NotVisible):
            grants.take_back(session, maria, grant_id, NOW)


def test_only_the_patient_in_person_gives_and_takes(
    store: Database, harbour: Practice, maria: Actor
) -> None:
    grant_id, helper = let_in(store, maria, "stand_in")
    new = NewHelper("Eva", 1980, "friend", "see")
    with store.writing() as session:
        stranger = practice(session, "Hill").therapist
        for actor in (helper, harbour.therapist, stranger, replace(maria, person_id="nobody")):
            for act in (
                lambda actor=actor: grants.give(session, actor, new),
                lambda actor=actor: grants.invite(session, actor, grant_id, NOW),
                lambda actor=actor: grants.take_back(session, actor, grant_id, NOW),
            ):
                with pytest.raises(NotVisible):
                    act()
        assert len(session.scalars(select(Grant)).all()) == 1


def test_the_therapist_sees_who_helps_and_another_clinic_does_not(
    store: Database, harbour: Practice, maria: Actor
) -> None:
    let_in(store, maria)
    with store.writing() as session:
        [shown] = grants.of_patient(session, harbour.therapist, maria.person_id, NOW)
        assert (shown.person.name, shown.grant.scope, shown.joined) == ("Jonas", "help", True)
        with pytest.raises(NotVisible):
            grants.of_patient(session, practice(session, "Hill").therapist, maria.person_id, NOW)


def test_a_session_remembers_who_helped(store: Database, harbour: Practice, maria: Actor) -> None:
    _, helper = let_in(store, maria)
    with store.writing() as session:
        row = programs.add(session, harbour.therapist, maria.person_id, "squat", Prescription(), "")
        entry = manual.Entry(1, 10, 0.0, "finished")
        alone = manual.enter(session, maria, row, entry, NOW)
        together = manual.enter(session, helper, row, entry, NOW)
        helping.mark(session, helper, together)  # a second time changes nothing
        assert helping.names(session, alone) == ()
        assert helping.names(session, together) == ("Jonas",)
        assert together.patient_id == maria.person_id
        [audit] = session.scalars(select(Audit).where(Audit.action == "help.session")).all()
        assert (audit.actor_id, audit.subject_id) == (helper.account_id, maria.person_id)


def test_a_helper_in_a_demo_clinic_exists_in_demo_mode_only(store: Database) -> None:
    with store.writing() as session:
        clinic = people.add_clinic(session, "Demo", demo=True)
        person = people.add_person(session, clinic.id, people.NewPerson("J", "caregiver", 1975))
        account = people.add_account(session, person)
        assert people.only_in_demo(session, account.id)
