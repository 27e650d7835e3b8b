"""Helpers at the door of every room: as far as the patient allows and no further, each step in the log."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.builders import Browser, person_id, prescription_id, session_id
from webapp import policy
from webapp.extensions import database
from webapp.store.access import SCOPES, Scope
from webapp.store.tables import Audit, Grant

FORM = {"name": "Jonas", "birth_year": "1975", "relation": "child", "scope": "help", "agree": "yes"}


def joined(app: Flask, patient: Browser, scope: Scope) -> Browser:
    """A helper of the demo patient, on their own phone."""
    passed_on = patient.post("/settings/helpers", {**FORM, "scope": scope})
    assert passed_on.status_code == 307
    page = patient.post(passed_on.headers["Location"]).text
    link = re.search(r'value="http://localhost(/join/[^"]+)"', page)
    assert link
    phone = Browser(app)
    assert phone.post(link.group(1), {"year": "1975"}).status_code == 302
    return phone


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_opens_what_the_table_says(app: Flask, patient: Browser, scope: Scope) -> None:
    helper = joined(app, patient, scope)
    squat = prescription_id(app, "Ada", "squat")
    pages = {
        "patient.today": "/today", "patient.history": "/history", "patient.settings": "/settings",
        "patient.session": f"/sessions/{session_id(app, 'Ada', 'squat')}", "patient.by_hand": f"/by-hand/{squat}",
        "live.page": f"/exercise/{squat}", "patient.helpers": "/settings/helpers",
        "therapist.patients": "/patients/", "clinic.sessions": "/clinic/sessions",
    }  # fmt: skip
    opened = {endpoint for endpoint, path in pages.items() if helper.get(path).status_code == 200}
    looking = {"patient.today", "patient.history", "patient.session"}
    helping = looking | {"patient.by_hand", "live.page"}
    assert (
        opened
        == {"see": looking, "help": helping, "stand_in": helping | {"patient.settings"}}[scope]
    )
    assert helper.post("/settings/another-device").status_code == 403
    assert policy.may_send("frames", f"helper:{scope}") is (scope != "see")


def test_the_page_says_whom_one_helps_and_offers_only_what_is_allowed(
    app: Flask, patient: Browser
) -> None:
    page = joined(app, patient, "see").get("/today").text
    assert "You are helping Ada Lindqvist" in page
    assert "<h2>Squat</h2>" in page
    assert "/exercise/" not in page
    assert 'href="/settings"' not in page
    assert "/exercise/" in joined(app, patient, "help").get("/today").text
    assert "You are helping" not in patient.get("/today").text


def test_what_a_helper_opens_and_enters_is_in_the_log_and_shown(
    app: Flask, patient: Browser, therapist: Browser
) -> None:
    helper = joined(app, patient, "help")
    helper.get("/history")
    squat = prescription_id(app, "Ada", "squat")
    done = helper.post(f"/by-hand/{squat}", {"sets": "1", "reps": "5", "stop_reason": "finished"})
    address = done.headers["Location"]
    for reader, path in ((patient, address), (therapist, f"/patients{address}")):
        assert "Entered by Jonas" in reader.get(path).text
    with database(app).reading() as session:
        rows = session.scalars(select(Audit).where(Audit.action.startswith("help."))).all()
        assert {"help.patient.history", "help.patient.by_hand", "help.session"} <= {
            row.action for row in rows
        }
        [account] = {row.actor_id for row in rows}
        assert {row.subject_id for row in rows} == {person_id(app, "Ada")}
        grant = session.scalars(select(Grant).where(Grant.account_id == account)).one()
        assert {row.details["grant"] for row in rows} == {grant.id}
    assert "Jonas" in therapist.get(f"/patients/{person_id(app, 'Ada')}").text


def test_the_patient_ends_it_and_the_helper_is_out_at_the_next_click(
    app: Flask, patient: Browser
) -> None:
    helper = joined(app, patient, "stand_in")
    assert helper.get("/today").status_code == 200
    with database(app).reading() as session:
        grant = session.scalars(select(Grant.id).order_by(Grant.id.desc())).first()
    assert patient.post(f"/settings/helpers/{grant}/end").status_code == 302
    assert helper.get("/today").status_code == 302
    assert "Jonas" not in patient.get("/settings/helpers").text
    assert patient.post(f"/settings/helpers/{grant}/end").status_code == 404
    assert patient.post(f"/settings/helpers/{grant}/invitation").status_code == 404


@pytest.mark.parametrize(
    ("field", "text"), [("name", ""), ("birth_year", "75"), ("scope", "all"), ("agree", "")]
)
def test_without_all_answers_nobody_gets_in(
    app: Flask, patient: Browser, field: str, text: str
) -> None:
    with database(app).reading() as session:
        before = len(session.scalars(select(Grant.id)).all())
    answer = patient.post("/settings/helpers", {**FORM, field: text})
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    with database(app).reading() as session:
        assert len(session.scalars(select(Grant.id)).all()) == before


def test_a_helper_decides_nothing_on_the_first_page(app: Flask, patient: Browser) -> None:
    helper = joined(app, patient, "see")
    assert "One question" not in helper.get("/welcome").text
    helper.post("/welcome", {"keep": "no"})
    assert 'value="yes" checked' in patient.get("/settings").text
