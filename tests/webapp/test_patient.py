"""The patient's rooms: the next thing to do, how it went, entering by hand, and what may be kept."""

from __future__ import annotations

import html

import pytest
from flask import Flask
from sqlalchemy import select

from coach.variants import variant_of
from poses import catalogue
from tests.webapp.builders import Browser, as_shown, person_id, prescription_id, session_id
from webapp.extensions import database
from webapp.store import consents
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Consent


def test_today_offers_one_thing_and_then_the_next(app: Flask, patient: Browser) -> None:
    assert "<h2>Squat</h2>" in patient.get("/today").text
    patient.post(
        f"/by-hand/{prescription_id(app, 'Ada', 'squat')}",
        {"sets": "2", "reps": "8", "stop_reason": "finished"},
    )
    text = patient.get("/today").text
    assert "<h2>Sit to stand</h2>" in text
    assert "done today" in text


def test_what_is_entered_by_hand_is_kept_as_such(app: Flask, patient: Browser) -> None:
    answer = patient.post(
        f"/by-hand/{prescription_id(app, 'Ada', 'squat')}",
        {"sets": "2", "reps": "7", "stop_reason": "tired"},
    )
    assert answer.status_code == 302
    assert "You entered 14 repetitions" in patient.get(answer.headers["Location"]).text
    with database(app).reading() as session:
        row = session.scalars(select(PatientSession).where(PatientSession.source == "manual")).one()
        assert (row.reps, row.sets, row.correct, row.stop_reason, row.status) == (
            14,
            2,
            0,
            "tired",
            "done",
        )
        assert row.patient_id == person_id(app, "Ada")


@pytest.mark.parametrize(
    ("field", "text"),
    [("sets", "0"), ("reps", "many"), ("reps", "101"), ("reps", "²"), ("stop_reason", "x")],
)
def test_a_wrong_entry_is_explained_and_nothing_is_kept(
    app: Flask, patient: Browser, field: str, text: str
) -> None:
    form = {"sets": "2", "reps": "8", "stop_reason": "finished", field: text}
    answer = patient.post(f"/by-hand/{prescription_id(app, 'Ada', 'squat')}", form)
    assert answer.status_code == 422
    with database(app).reading() as session:
        assert (
            session.scalars(select(PatientSession).where(PatientSession.source == "manual")).all()
            == []
        )


def test_a_session_is_told_in_one_sentence(app: Flask, patient: Browser) -> None:
    text = patient.get(f"/sessions/{session_id(app, 'Ada', 'squat')}").text
    assert "16 repetitions, " in text
    assert "to your target" in text


def test_others_do_not_exist(app: Flask, patient: Browser) -> None:
    assert patient.get(f"/sessions/{session_id(app, 'Dora', 'squat')}").status_code == 404
    assert patient.get(f"/by-hand/{prescription_id(app, 'Dora', 'squat')}").status_code == 404
    assert patient.get(f"/exercise/{prescription_id(app, 'Dora', 'squat')}").status_code == 404


def test_consent_is_asked_given_and_taken_back(app: Flask, patient: Browser) -> None:
    ada = person_id(app, "Ada")
    for answer in ("yes", "no"):
        assert patient.post("/settings", {"keep": answer}).status_code == 302
        with database(app).reading() as session:
            assert consents.given(session, ada) is (answer == "yes")
    with database(app).reading() as session:
        rows = session.scalars(
            select(Consent)
            .where(Consent.person_id == ada, Consent.kind == consents.LANDMARK_SERIES)
            .order_by(Consent.id)
        ).all()
        # the demo patient agreed when the demo was made: a change of mind is a row of its own
        assert [row.given for row in rows] == [True, True, False]
        assert {row.text_version for row in rows} == {"2"}


def test_history_counts_what_was_done(patient: Browser) -> None:
    text = patient.get("/history").text
    assert "sessions," in text
    assert "Older" in text


def test_a_variant_speaks_to_the_patient_in_its_own_words(
    app: Flask, therapist: Browser, patient: Browser
) -> None:
    squat = prescription_id(app, "Ada", "squat")
    path = f"/patients/program/{squat}"
    therapist.post(path, as_shown(therapist.get(path).text) | {"variant": "walking_aid"})
    words = variant_of(catalogue.load("squat"), "walking_aid").words
    for page in ("/today", f"/exercise/{squat}"):
        text = html.unescape(patient.get(page).text)
        assert words.short in text
        assert words.steps[0] in text


def test_the_live_page_counts_the_side_that_is_left(
    app: Flask, therapist: Browser, patient: Browser
) -> None:
    ada = person_id(app, "Ada")
    therapist.post(f"/patients/{ada}/program", {"exercise": "knee_raise"})
    page = f"/exercise/{prescription_id(app, 'Ada', 'knee_raise')}"
    assert '"sides": "alternating"' in patient.get(page).text
    therapist.post(f"/patients/{ada}/absent", {"absent": "right_leg"})
    assert '"sides": "left"' in patient.get(page).text
