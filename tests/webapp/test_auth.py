"""Logging in: right and wrong, forged and hurried, and who an account still is a moment later."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from tests.webapp.builders import Browser, settings_for
from webapp import create_app
from webapp.extensions import database
from webapp.store.tables import Account, Membership

EMAIL, PASSWORD = "therapist@demo.example", "riverside-demo"


@pytest.mark.parametrize("email", [EMAIL, EMAIL.upper(), f" {EMAIL} "])
def test_the_right_password_opens_the_own_room(app: Flask, email: str) -> None:
    browser = Browser(app)
    assert browser.login(email, PASSWORD).status_code == 302
    assert browser.get("/").headers["Location"] == "/patients/"


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "wrong"), ("nobody@demo.example", PASSWORD), ("", ""), ("x", "y")],
)
def test_a_wrong_login_says_the_same_whatever_was_wrong(
    app: Flask, email: str, password: str
) -> None:
    answer = Browser(app).login(email, password)
    assert answer.status_code == 200
    assert "Check the e-mail address and the password" in answer.text
    assert "specified user" not in answer.text


def test_without_a_csrf_token_nothing_is_accepted(app: Flask) -> None:
    answer = app.test_client().post("/login", data={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 400
    assert "open for too long" in answer.text


def test_logging_out_ends_it(therapist: Browser) -> None:
    assert therapist.post("/logout").status_code == 302
    assert "/login" in therapist.get("/patients/").headers["Location"]


def test_the_login_leads_back_but_never_out(app: Flask) -> None:
    browser = Browser(app)
    to = {"email": EMAIL, "password": PASSWORD, "next": "https://elsewhere.example/"}
    refused = browser.post("/login", to)
    assert refused.status_code == 200
    assert "elsewhere" not in refused.text
    inside = Browser(app).post("/login", {**to, "next": "/patients/?x=1"})
    assert inside.headers["Location"].endswith("/patients/?x=1")


@pytest.mark.parametrize("table", [Account, Membership])
def test_who_is_put_out_is_out_at_the_next_click(
    app: Flask, therapist: Browser, table: type[Account | Membership]
) -> None:
    assert therapist.get("/patients/").status_code == 200
    with database(app).writing() as session:
        session.execute(update(table).values(active=False))
    assert therapist.get("/patients/").status_code == 302


def test_guessing_is_slowed_down(demo_folder: Path) -> None:
    app = create_app(settings_for(demo_folder, demo=True, login_attempts=3))
    answers = [Browser(app).login(EMAIL, "guess").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_who_mistypes_locks_out_neither_others_nor_a_right_password(demo_folder: Path) -> None:
    """A clinic shares one address: wrong passwords count by account."""
    app = create_app(settings_for(demo_folder, demo=True, login_attempts=3))
    for _ in range(3):
        Browser(app).login(EMAIL, "guess")
    assert Browser(app).login("clinic@demo.example", "guess").status_code == 200
    for _ in range(5):
        right = Browser(app).login("clinic@demo.example", "riverside-demo")
        assert right.status_code == 302


def test_one_address_cannot_try_every_account(demo_folder: Path) -> None:
    app = create_app(settings_for(demo_folder, demo=True, login_attempts=1))
    answers = [Browser(app).login(f"{i}@demo.example", "guess").status_code for i in range(11)]
    assert answers == [200] * 10 + [429]


def test_the_cookie_is_guarded_in_production(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, env="production"))
    cookie = app.test_client().get("/login", base_url="https://coach.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-coach=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {
        part.strip() for part in cookie.split(";")
    }
