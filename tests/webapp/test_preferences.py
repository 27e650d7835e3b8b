"""How the app looks and works for a patient: kept with the person, for nobody else."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.webapp.builders import DEMO_PATIENT, DEMO_THERAPIST, Browser, actor, prescription_id
from webapp.extensions import database
from webapp.store import preferences
from webapp.store.access import NotVisible
from webapp.store.preferences import Preferences


def choose(patient: Browser, *names: str) -> None:
    """Tick these, and no others."""
    answer = patient.post("/settings/looks", dict.fromkeys(names, "yes"))
    assert answer.status_code == 302


def test_what_is_ticked_holds_until_it_is_unticked(patient: Browser) -> None:
    choose(patient, "large", "still")
    page = patient.get("/settings").text
    assert re.search(r'name="large"[^>]* checked', page)
    assert not re.search(r'name="no_camera"[^>]* checked', page)
    assert '<body class="for-patient large">' in page
    assert " data-still>" in page
    choose(patient)
    assert '<body class="for-patient">' in patient.get("/settings").text


def test_without_a_camera_start_opens_the_timer(app: Flask, patient: Browser) -> None:
    squat = prescription_id(app, "Ada", "squat")
    choose(patient, "no_camera")
    sent = patient.post(f"/before/{squat}", {"feeling": "well", "pain": "0"})
    assert sent.headers["Location"] == f"/without-camera/{squat}"
    today = patient.get("/today").text
    assert "/without-camera/" in today
    assert 'class="button primary large" href="/exercise/' not in today


def test_the_exercise_pages_are_told(app: Flask, patient: Browser) -> None:
    squat = prescription_id(app, "Ada", "squat")
    choose(patient, "still", "voice_only", "large")
    live = patient.get(f"/exercise/{squat}").text
    assert '"still": true' in live
    assert '"aloud": true' in live
    assert "data-aloud" in live
    assert "for-patient live-body large" in live
    assert '"still": true' in patient.get(f"/without-camera/{squat}").text


def test_staff_see_the_app_as_it_comes(patient: Browser, therapist: Browser) -> None:
    choose(patient, "large", "still")
    page = therapist.get("/patients/").text
    assert '<body class="for-staff">' in page
    assert "data-still" not in page


def test_a_choice_is_the_patients_own(app: Flask) -> None:
    with database(app).writing() as session:
        with pytest.raises(NotVisible):
            preferences.choose(session, actor(app, DEMO_THERAPIST), Preferences(large=True))
        preferences.choose(session, actor(app, DEMO_PATIENT), Preferences(large=True))
        assert preferences.of(session, actor(app, DEMO_PATIENT)) == Preferences(large=True)
        assert preferences.of(session, actor(app, DEMO_THERAPIST)) == Preferences()


@pytest.mark.parametrize(("wish", "words"), [("seated", "sitting down"), ("one_side", "one side")])
def test_a_wish_for_another_way_begins_a_message(patient: Browser, wish: str, words: str) -> None:
    assert f'href="/messages?wish={wish}"' in patient.get("/settings").text
    assert words in patient.get(f"/messages?wish={wish}").text
    assert patient.get("/messages?wish=nonsense").status_code == 200
