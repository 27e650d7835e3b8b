"""A measurement in a real browser: what the therapist asked for, before the webcam, to a number that is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import select

from tests.e2e.conftest import FAKE_CAMERA, STATIC, Launch
from tests.e2e.live_page import LivePage
from tests.e2e.webcam import film
from tests.webapp.live.clinic import Clinic, the_therapist
from tests.webapp.live.served import Served
from webapp.store import access, assessments
from webapp.store.assessment_tables import AssessmentResult
from webapp.store.engine import Database

TRUTH = Path(__file__).parents[1] / "data/sample_shoulder_abduction_truth.json"
#: The angle that the model gives differs from the one that was drawn.
NEAR_DEG = 8.0


def _ask(clinic: Clinic) -> None:
    database = Database(clinic.settings.database)
    with database.writing() as session:
        therapist = the_therapist(session)
        patient = access.require_patient(session, therapist, clinic.patient.person_id)
        assessments.ask(session, therapist, patient, "motion", "shoulder_abduction", "left")
    database.close()


def _kept(clinic: Clinic) -> AssessmentResult:
    database = Database(clinic.settings.database)
    with database.reading() as session:
        query = select(AssessmentResult).where(
            AssessmentResult.patient_id == clinic.patient.person_id
        )
        row = session.scalars(query).one()
    database.close()
    return row


def test_what_was_asked_for_is_measured_three_times_through_a_cut_and_kept(
    launch: Launch, served: Served, clinic: Clinic, tmp_path: Path
) -> None:
    _ask(clinic)
    arms = film(STATIC / "samples/arm_raise_front.mp4", tmp_path / "arms.mjpeg")
    context = launch(*FAKE_CAMERA, f"--use-file-for-fake-video-capture={arms}")
    live = LivePage(context, served.base, clinic.prescription, clinic.email)
    live.log_in()
    live.page.click("a:has-text('Measure')")
    live.click("use-camera")
    live.wait_for_step("exercise")
    context.set_offline(True)
    expect(live.page.locator("[data-el=connection]")).to_be_visible(timeout=30_000)
    context.set_offline(False)
    live.page.wait_for_url("**/measured/**", timeout=120_000)
    row = _kept(clinic)
    drawn = [rep["peak_deg"] for rep in json.loads(TRUTH.read_text())["reps"]]
    assert len(row.attempts) >= 3
    assert min(drawn) - NEAR_DEG < row.value < max(drawn) + NEAR_DEG
    shown = re.search(r"lifts (\d+) degrees to the side", live.page.inner_text("main"))
    assert shown
    assert int(shown[1]) == round(row.value)
    assert live.foreign == live.problems == []
