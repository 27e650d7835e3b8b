"""How someone signs in: password, passkeys and devices, ended from the settings; leaving without a way back."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.builders import Browser, person_id
from webapp.auth.challenges import LIFETIME_S, Challenges
from webapp.extensions import database
from webapp.store import devices, passkeys
from webapp.store.base import utc_now
from webapp.store.entry_tables import Passkey
from webapp.store.passkeys import NewPasskey
from webapp.store.tables import Account, Audit, Person

PASSWORD = "correct horse battery"
FORM = {"email": "Clara@Example.org", "password": PASSWORD}


def account_of(app: Flask, name: str) -> str:
    """The account of someone in the demo clinic."""
    with database(app).reading() as session:
        return str(session.get_one(Person, person_id(app, name)).account_id)


def on_device(app: Flask, account_id: str, kind: devices.Kind = "iphone") -> Browser:
    """A browser on a device that stays signed in."""
    with database(app).writing() as session:
        secret = devices.remember(session, account_id, kind, utc_now())
    browser = Browser(app)
    browser.client.set_cookie("coach-device", secret)
    return browser


@pytest.fixture
def clara(app: Flask, therapist: Browser) -> Browser:
    """A patient on her phone, without a password."""
    therapist.post(f"/patients/{person_id(app, 'Clara')}/invitation")
    return on_device(app, account_of(app, "Clara"))


def test_a_password_is_set_changed_and_used(app: Flask, clara: Browser) -> None:
    assert clara.post("/settings/sign-in/password", FORM).status_code == 302
    assert "clara@example.org" in clara.get("/settings/sign-in").text
    assert Browser(app).login("clara@example.org", PASSWORD).status_code == 302
    new = {**FORM, "password": "another long password"}
    assert clara.post("/settings/sign-in/password", new).status_code == 422
    assert clara.post("/settings/sign-in/password", {**new, "current": PASSWORD}).status_code == 302
    assert Browser(app).login("clara@example.org", "another long password").status_code == 302


@pytest.mark.parametrize("password", ["", "None", PASSWORD])
def test_an_address_without_a_password_opens_nothing(
    app: Flask, clara: Browser, password: str
) -> None:
    with database(app).writing() as session:
        session.get_one(Account, account_of(app, "Clara")).email = "clara@example.org"
    refused = Browser(app).login("clara@example.org", password)
    assert refused.status_code == 200
    assert "Check the e-mail address and the password" in refused.text
    assert 'value="clara@example.org"' in clara.get("/settings/sign-in").text


@pytest.mark.parametrize(
    ("field", "text"),
    [("email", "clara"), ("password", "short"), ("email", "therapist@demo.example")],
)
def test_what_cannot_be_a_login_is_explained_and_not_kept(
    clara: Browser, field: str, text: str
) -> None:
    answer = clara.post("/settings/sign-in/password", {**FORM, field: text})
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert "You have none" in answer.text


def test_a_device_is_signed_out_from_another(app: Flask, clara: Browser) -> None:
    tablet = on_device(app, account_of(app, "Clara"), "ipad")
    page = clara.get("/settings/sign-in").text
    assert "iPad" in page
    assert "This device" in page
    with database(app).reading() as session:
        known = {
            row.kind: row.id
            for row in devices.of_account(session, account_of(app, "Clara"), utc_now())
        }
    assert (
        Browser(app)
        .demo("patient")
        .post(f"/settings/sign-in/devices/{known['ipad']}/out")
        .status_code
        == 404
    )
    assert tablet.get("/today").status_code == 200
    clara.post(f"/settings/sign-in/devices/{known['ipad']}/out")
    assert tablet.get("/today").status_code == 302
    assert clara.get("/today").status_code == 200


def test_leaving_asks_whoever_has_no_way_back(clara: Browser) -> None:
    asked = clara.post("/logout")
    assert "you need a new invitation" in asked.text
    assert clara.get("/today").status_code == 200
    assert clara.post("/logout", {"sure": "yes"}).status_code == 302
    assert clara.get("/today").status_code == 302


def test_with_a_password_leaving_is_one_click_and_ends_the_device(
    app: Flask, clara: Browser
) -> None:
    clara.post("/settings/sign-in/password", FORM)
    secret = clara.client.get_cookie("coach-device")
    assert secret
    assert clara.post("/logout").status_code == 302
    thief = Browser(app)
    thief.client.set_cookie("coach-device", secret.value)
    assert thief.get("/today").status_code == 302


def test_another_login_on_the_device_ends_the_first_ones(app: Flask, clara: Browser) -> None:
    clara.demo("therapist")
    clara.client.delete_cookie("coach")
    assert clara.get("/today").status_code == 302


def test_a_forged_device_cookie_opens_nothing(app: Flask) -> None:
    forger = Browser(app)
    forger.client.set_cookie("coach-device", "x" * 43)
    assert forger.get("/today").status_code == 302


def test_one_more_device_is_invited_by_oneself(app: Flask, clara: Browser) -> None:
    page = clara.post("/settings/another-device").text
    link = page.split('value="http://localhost')[1].split('"')[0]
    laptop = Browser(app)
    assert laptop.post(link, {"year": "1984"}).status_code == 302
    assert laptop.get("/today").status_code == 200
    assert clara.get("/today").status_code == 200


def test_an_unknown_or_unsigned_passkey_opens_nothing(app: Flask) -> None:
    with database(app).writing() as session:
        key = NewPasskey("AAAA", b"no key", 0, "mac")
        passkeys.add(session, account_of(app, "Ada"), key)
    someone = Browser(app)
    headers = {"X-CSRFToken": someone.token()}
    for answer in ({}, {"id": "BBBB"}, {"id": "AAAA"}, ["AAAA"]):
        for asked_first in (False, True):
            if asked_first:
                options = someone.client.post("/login/passkey/options", json={}, headers=headers)
                assert len(options.json["challenge"]) > 40
                assert options.json["userVerification"] == "required"
            refused = someone.client.post("/login/passkey", json=answer, headers=headers)
            assert refused.status_code == 422
            assert refused.json["error"]["code"] == "refused"
    assert someone.get("/today").status_code == 302


def test_a_made_up_passkey_is_not_kept_and_ones_own_is_removed(
    app: Flask, patient: Browser, therapist: Browser
) -> None:
    headers = {"X-CSRFToken": patient.token()}
    options = patient.client.post(
        "/settings/sign-in/passkeys/options", json={}, headers=headers
    ).json
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    made_up = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}
    assert (
        patient.client.post("/settings/sign-in/passkeys", json=made_up, headers=headers).status_code
        == 422
    )
    with database(app).writing() as session:
        assert session.scalars(select(Passkey)).all() == []
        row = passkeys.add(session, account_of(app, "Ada"), NewPasskey("AAAA", b"k", 0, "mac"))
    address = f"/settings/sign-in/passkeys/{row.id}/remove"
    assert therapist.post(address).status_code == 404
    assert patient.post(address).status_code == 302
    with database(app).reading() as session:
        assert session.scalars(select(Passkey)).all() == []
        assert session.scalars(
            select(Audit.action).where(Audit.action.startswith("sign_in"))
        ).all() == ["sign_in.passkey_removed"]


def test_a_challenge_is_taken_once_and_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    challenges, login = Challenges(), dict[str, object]()
    challenges.keep(login, "one")
    sent_again = dict(login)
    assert challenges.take(login) == "one"
    assert challenges.take(login) is None
    assert challenges.take(sent_again) is None
    challenges.keep(login, "two")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + LIFETIME_S + 1)
    assert challenges.take(login) is None
