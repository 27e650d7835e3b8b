"""Builders for tests of the web app: settings, a browser with a login and CSRF tokens, ids from the demo clinic."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from webapp.demo.accounts import DEMO_EMAILS
from webapp.extensions import database
from webapp.settings import Settings
from webapp.store import people
from webapp.store.access import Actor
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Person, Prescription

SECRET = "a secret for tests, long enough to pass"


def settings_for(folder: Path, **values: Any) -> Settings:
    """Settings of a test app that keeps everything in `folder`."""
    return Settings(
        **{
            "env": "testing",
            "data_dir": folder,
            "secret_key": SECRET,
            "login_attempts": 1000,
            **values,
        }
    )


class Browser:
    """A test client that sends CSRF tokens as a page's form would."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **kwargs)

    def post(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Send a form from a page of ours."""
        return self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **kwargs)

    def token(self) -> str:
        """The CSRF token of this login."""
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.client.get("/about").text)
        assert found
        return found.group(1)

    def demo(self, role: str) -> Browser:
        """Log in with one click."""
        assert self.post(f"/login/demo/{role}").status_code == 302
        return self

    def login(self, email: str, password: str) -> TestResponse:
        """Log in with e-mail and password."""
        return self.post("/login", {"email": email, "password": password})


def person_id(app: Flask, name: str) -> str:
    """The id of a person of the demo clinic."""
    with database(app).reading() as session:
        return session.scalars(select(Person.id).where(Person.name.startswith(name))).one()


def prescription_id(app: Flask, name: str, exercise: str) -> str:
    """The id of an exercise in someone's program."""
    query = select(Prescription.id).where(
        Prescription.patient_id == person_id(app, name), Prescription.exercise_id == exercise
    )
    with database(app).reading() as session:
        return session.scalars(query).one()


def session_id(app: Flask, name: str, exercise: str) -> str:
    """The id of someone's last session of an exercise."""
    query = (
        select(PatientSession.id)
        .where(
            PatientSession.patient_id == person_id(app, name),
            PatientSession.exercise_id == exercise,
        )
        .order_by(PatientSession.started_at.desc())
    )
    with database(app).reading() as session:
        return session.scalars(query.limit(1)).one()


def as_shown(page: str) -> dict[str, Any]:
    """What a browser would send of the editor as it is shown: of the boxes, those that are ticked."""
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name is None or value is None or not re.fullmatch(r"[a-z_.]+", name[1]):
            continue
        if 'type="checkbox"' not in tag:
            sent[name[1]] = value[1]
        elif " checked" in tag:
            sent[name[1]] = [*sent.get(name[1], []), value[1]]
    for name, options in re.findall(r'<select[^>]*name="([a-z]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return {name: text for name, text in sent.items() if not name.startswith(("limit", "csrf"))}


DEMO_PATIENT, DEMO_THERAPIST = DEMO_EMAILS["patient"], DEMO_EMAILS["therapist"]


def actor(app: Flask, email: str) -> Actor:
    """Who acts behind one of the demo logins."""
    with database(app).reading() as session:
        account = people.find_account(session, email=email)
        found = people.actor_of(session, account.id) if account else None
    assert found
    return found
