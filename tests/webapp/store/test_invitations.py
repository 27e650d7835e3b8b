"""Invitations: once, in time, by the right person; locked after wrong years; and never across a clinic's border."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.webapp.store.town import BORN, Practice, practice
from webapp.store import devices, invitations, people
from webapp.store.access import NotVisible
from webapp.store.base import utc_now
from webapp.store.engine import Database
from webapp.store.invitations import Secrets, Try
from webapp.store.people import NewPerson
from webapp.store.tables import Audit, Invitation, Person

NOW = utc_now()
YEAR = str(BORN)


@pytest.fixture
def harbour(store: Database) -> Practice:
    """A clinic with a patient to invite."""
    with store.writing() as session:
        return practice(session)


def invite(store: Database, where: Practice, now: datetime = NOW) -> Secrets:
    """A new invitation for the patient."""
    with store.writing() as session:
        return invitations.for_patient(session, where.therapist, where.patient_id, now)


def attempt(
    store: Database, made: Secrets, year: str = YEAR, now: datetime = NOW, *, link: bool = True
) -> Try:
    """Try to get in."""
    with store.writing() as session:
        found = (
            invitations.by_token(session, made.token, now)
            if link
            else invitations.by_code(session, made.code, now)
        )
        return invitations.enter(session, found, year, "iphone", now)


@pytest.mark.parametrize("link", [True, False])
def test_link_or_code_with_the_year_opens_once(
    store: Database, harbour: Practice, link: bool
) -> None:
    made = invite(store, harbour)
    tried = attempt(store, made, link=link)
    assert tried.outcome == "in"
    with store.reading() as session:
        actor = people.actor_of(session, tried.account_id)
        assert actor
        assert (actor.person_id, actor.role) == (harbour.patient_id, "patient")
        assert devices.find(session, tried.device, NOW)
    assert [attempt(store, made, link=by).outcome for by in (True, False)] == ["gone", "gone"]


def test_only_hashes_are_kept(store: Database, harbour: Practice) -> None:
    made = invite(store, harbour)
    tried = attempt(store, made)
    with store.reading() as session:
        dump = "\n".join(session.connection().connection.driver_connection.iterdump())  # type: ignore[union-attr]
    for secret in (made.token, made.code, made.code.replace("-", ""), tried.device):
        assert secret not in dump


def test_it_ends_after_two_weeks(store: Database, harbour: Practice) -> None:
    made = invite(store, harbour)
    late = NOW + invitations.LASTS
    assert attempt(store, made, now=late).outcome == "gone"
    assert attempt(store, made, now=late - timedelta(seconds=1)).outcome == "in"


def test_a_newer_one_ends_the_one_before_and_it_can_be_withdrawn(
    store: Database, harbour: Practice
) -> None:
    first, second = invite(store, harbour), invite(store, harbour)
    assert attempt(store, first).outcome == "gone"
    with store.writing() as session:
        assert len(invitations.open_ones(session, harbour.therapist, NOW)) == 1
        invitations.end(session, harbour.therapist, harbour.patient_id, NOW)
    assert attempt(store, second).outcome == "gone"


def test_wrong_years_lock_it_for_an_hour_even_for_the_right_one(
    store: Database, harbour: Practice
) -> None:
    made = invite(store, harbour)
    outcomes = [attempt(store, made, "1957").outcome for _ in range(invitations.TRIES)]
    assert outcomes == ["wrong_year"] * (invitations.TRIES - 1) + ["locked"]
    assert attempt(store, made).outcome == "locked"
    with store.reading() as session:
        [shown] = invitations.open_ones(session, harbour.therapist, NOW)
        assert shown.row.locked_until == NOW + invitations.LOCKED_FOR
        assert (
            session.scalar(select(Audit.subject_id).where(Audit.action == "invitation.locked"))
            == harbour.patient_id
        )
    later = NOW + invitations.LOCKED_FOR
    assert attempt(store, made, "1957", later).outcome == "wrong_year"
    assert attempt(store, made, now=later).outcome == "in"


def test_a_patient_who_is_put_out_cannot_use_it(store: Database, harbour: Practice) -> None:
    made = invite(store, harbour)
    with store.writing() as session:
        account = people.find_account(
            session, account_id=session.get_one(Person, harbour.patient_id).account_id
        )
        assert account
        account.active = False
    assert attempt(store, made).outcome == "gone"
    with store.reading() as session:
        assert session.scalars(select(Invitation.used_at)).one() is None


def test_nobody_is_invited_without_a_birth_year(store: Database, harbour: Practice) -> None:
    with store.writing() as session:
        session.get_one(Person, harbour.patient_id).birth_year = None
    with pytest.raises(invitations.BirthYearMissingError):
        invite(store, harbour)


def test_another_clinic_invites_lists_and_ends_nothing_here(
    store: Database, harbour: Practice
) -> None:
    made = invite(store, harbour)
    with store.writing() as session:
        other = practice(session, "Hill").therapist
        for act in (invitations.for_patient, invitations.end, invitations.sign_out_patient):
            for nobody_of_theirs in (harbour.patient_id, "nobody"):
                with pytest.raises(NotVisible):
                    act(session, other, nobody_of_theirs, NOW)
        assert invitations.open_ones(session, other, NOW) == []
    assert attempt(store, made).outcome == "in"


def test_an_email_of_someone_else_is_not_taken_and_not_told(
    store: Database, harbour: Practice
) -> None:
    with store.writing() as session:
        for email, kept in (
            ("tom@harbour.example", None),
            ("new@harbour.example", "new@harbour.example"),
        ):
            person = invitations.new_patient(
                session, harbour.therapist, NewPerson("Eva", "patient", 1960), email
            )
            account = people.find_account(session, account_id=person.account_id)
            assert account
            assert account.email == kept


def test_devices_are_signed_out_one_by_one_and_all(store: Database, harbour: Practice) -> None:
    tokens = [attempt(store, invite(store, harbour)) for _ in range(3)]
    account = tokens[0].account_id
    with store.writing() as session:
        first = devices.find(session, tokens[0].device, NOW)
        assert first
        with pytest.raises(NotVisible):
            devices.sign_out(session, harbour.therapist.account_id, first.id, NOW)
        devices.sign_out(session, account, first.id, NOW)
        assert devices.find(session, tokens[0].device, NOW) is None
        assert len(devices.of_account(session, account, NOW)) == 2
        assert (
            invitations.sign_out_patient(session, harbour.therapist, harbour.patient_id, NOW) == 2
        )
        assert devices.of_account(session, account, NOW) == []


def test_a_device_stays_as_long_as_it_is_used(store: Database, harbour: Practice) -> None:
    tried = attempt(store, invite(store, harbour))
    used = NOW + timedelta(days=100)
    with store.writing() as session:
        device = devices.find(session, tried.device, used)
        assert device
        assert devices.is_use_to_note(device, used)
        devices.note_use(session, device.id, used)
        assert not devices.is_use_to_note(device, used + timedelta(minutes=5))
        assert devices.find(session, tried.device, used + devices.LASTS - timedelta(days=1))
        assert devices.find(session, tried.device, used + devices.LASTS) is None


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)", "iphone"),
        ("Mozilla/5.0 (Linux; Android 16; Pixel 9) Mobile Safari", "android_phone"),
        ("Mozilla/5.0 (Linux; Android 16; Tab) Safari", "android_tablet"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "windows"),
        ("curl/8", "other"),
    ],
)
def test_devices_are_called_by_their_kind(agent: str, kind: str) -> None:
    assert devices.kind_of(agent) == kind
