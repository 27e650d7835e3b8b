"""A helper beside the patient: the session is the patient's, the trace the helper's, and it ends with the grant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.webapp.builders import Browser
from tests.webapp.live.clinic import Clinic, squats
from tests.webapp.live.test_socket import Socket
from webapp import create_app
from webapp.extensions import database
from webapp.live.messages import pack
from webapp.store import devices, grants, helping
from webapp.store.access import Scope
from webapp.store.base import utc_now
from webapp.store.grants import NewHelper
from webapp.store.session_tables import PatientSession

FRAMES = [pack([frame], seq) for seq, frame in enumerate(squats(1), start=1)]


@pytest.fixture
def app(clinic: Clinic) -> Iterator[Flask]:
    """The app on a clinic of the test's own."""
    made = create_app(clinic.settings)
    yield made
    made.extensions["coach_live"].shut_down()
    database(made).close()


@dataclass
class Helper:
    """A helper's device, and the grant by which they are here."""

    browser: Browser
    grant_id: str


def helper(app: Flask, clinic: Clinic, scope: Scope) -> Helper:
    """Someone whom the patient lets help."""
    with database(app).writing() as session:
        new = NewHelper("Jonas", 1975, "child", scope)
        grant = grants.give(session, clinic.patient, new)
        secret = devices.remember(session, grant.account_id, "ipad", utc_now())
    browser = Browser(app)
    browser.client.set_cookie("coach-device", secret)
    return Helper(browser, grant.id)


def test_a_session_with_help_is_the_patients_and_names_the_helper(
    app: Flask, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.live.namespace.BELIEVE_S", 0.0)
    jonas = helper(app, clinic, "help")
    jonas.browser.get(f"/exercise/{clinic.prescription}")
    socket = Socket(app, jonas.browser)
    opened = socket.send("open", {"prescription": clinic.prescription, "source": "camera"})
    assert socket.send("frames", FRAMES[0])["seen"] == 1
    with database(app).writing() as session:
        row = session.get_one(PatientSession, opened["session"])
        assert row.patient_id == clinic.patient.person_id
        assert helping.names(session, row) == ("Jonas",)
        grants.take_back(session, clinic.patient, jonas.grant_id, utc_now())
    assert socket.send("frames", FRAMES[1]) == {"error": "not_allowed"}


def test_who_may_only_look_gets_no_token_for_the_socket(app: Flask, clinic: Clinic) -> None:
    viewer = helper(app, clinic, "see").browser
    headers = {"X-CSRFToken": viewer.token()}
    assert viewer.client.post("/exercise/token", headers=headers).status_code == 403
