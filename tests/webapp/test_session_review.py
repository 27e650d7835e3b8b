"""Looking at a session again: film, reference, verdicts that are overruled in place, and what the others then see."""

from __future__ import annotations

import csv
import gzip
import io
import re
import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.builders import Browser, person_id, session_id
from webapp.extensions import database, settings
from webapp.store import sessions
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Audit

HTMX = {"HX-Request": "true"}


@pytest.fixture
def squat(app: Flask) -> str:
    """Ada's last squats: those whose landmarks were kept."""
    return session_id(app, "Ada", "squat")


@pytest.fixture
def filmed(app: Flask, demo_folder: Path, squat: str) -> str:
    """The same with the landmarks at hand."""
    shutil.copytree(demo_folder / "series", settings(app).data_dir / "series")
    return squat


def ordinal(app: Flask, session: str, index: int) -> int:
    """Where the event of a repetition stands."""
    with database(app).reading() as db:
        return next(
            number
            for number, event in enumerate(sessions.events(db, session), start=1)
            if getattr(event, "rep", None) and event.rep.index == index  # type: ignore[union-attr]
        )


def totals(app: Flask, session: str) -> dict[str, int]:
    with database(app).reading() as db:
        row = db.get_one(PatientSession, session)
        return {name: getattr(row, name) for name in ("reps", "correct", "incomplete", "faulty")}


def test_the_page_offers_film_reference_and_a_link_to_each_repetition(
    therapist: Browser, filmed: str
) -> None:
    text = therapist.get(f"/patients/sessions/{filmed}").text
    assert 'id="rep-7"' in text
    assert "Compared with the reference" in text
    assert "leaned further forward" in text  # ready: made when the session was filed
    [target, *_] = re.findall(r'href="([^"]*target\.knee_flexion=\d+[^"]*)"', text)
    assert f"from={filmed}" in target
    assert re.search(r"target\.knee_flexion=9\d", target)
    film = therapist.get(f"/patients/sessions/{filmed}/film.bin")
    assert film.headers["Content-Encoding"] == "gzip"
    assert len(film.data) < 100_000
    assert gzip.decompress(film.data)
    data = therapist.get(f"/patients/sessions/{filmed}/reference.json").json
    assert data
    assert len(data["frames"]) == len(data["other_side"])
    assert len(data["reps"]) == 16


def test_what_was_not_ready_is_made_when_asked_for_and_then_kept(
    app: Flask, therapist: Browser, filmed: str
) -> None:
    [ready] = (settings(app).data_dir / "series").rglob("*.derived")
    ready.unlink()
    assert "Being worked out" in therapist.get(f"/patients/sessions/{filmed}").text
    assert not ready.exists()  # the page itself does not wait for it
    part = therapist.get(f"/patients/sessions/{filmed}/differences", headers=HTMX).text
    assert "leaned further forward" in part
    assert "<html" not in part
    assert ready.exists()


def test_without_kept_points_the_page_says_so_kindly(app: Flask, therapist: Browser) -> None:
    bridge = session_id(app, "Ada", "glute_bridge")
    text = therapist.get(f"/patients/sessions/{bridge}").text
    assert "did not agree to keep the points" in text
    assert "data-film" not in text
    for what in ("film.bin", "reference.json", "differences"):
        assert therapist.get(f"/patients/sessions/{bridge}/{what}").status_code == 404


def test_a_verdict_is_overruled_in_place_and_everybody_sees_the_newest(
    app: Flask, therapist: Browser, clinic: Browser, patient: Browser, squat: str
) -> None:
    before = totals(app, squat)
    address = f"/patients/sessions/{squat}/reps/{ordinal(app, squat, 3)}"
    part = therapist.post(address, {"verdict": "correct", "why": "Her hip"}, headers=HTMX)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "Coach said: Form to mend. You said: Reached." in part.text
    assert "Her hip" in part.text
    now = totals(app, squat)
    assert now == before | {"correct": before["correct"] + 1, "faulty": before["faulty"] - 1}
    rows = csv.DictReader(io.StringIO(clinic.get("/clinic/sessions.csv").text))
    [row] = [row for row in rows if row["session"] == squat]
    assert int(row["correct"]) == now["correct"]
    assert int(row["coach_correct"]) == before["correct"]
    assert f"{now['correct']} to your target" in patient.get(f"/sessions/{squat}").text
    assert "Hanna Berg said: Reached" in clinic.get(f"/patients/sessions/{squat}").text


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({}, "Choose what you saw."),
        ({"verdict": "splendid"}, "Choose what you saw."),
        ({"verdict": "incomplete"}, "Say in a word why."),
        ({"verdict": "faulty", "why": "x"}, "Tick what was wrong."),
        ({"verdict": "faulty", "why": "x", "faults": "made_up"}, "Tick what was wrong."),
    ],
)
def test_a_half_filled_form_says_what_is_missing(
    app: Flask, therapist: Browser, squat: str, form: dict[str, str], problem: str
) -> None:
    before = totals(app, squat)
    address = f"/patients/sessions/{squat}/reps/{ordinal(app, squat, 1)}"
    answer = therapist.post(address, form)
    assert answer.status_code == 422
    assert problem in answer.text
    assert totals(app, squat) == before


def test_a_missed_repetition_is_added_and_taken_back(
    app: Flask, therapist: Browser, squat: str
) -> None:
    before = totals(app, squat)
    address = f"/patients/sessions/{squat}/missed"
    assert "Enter seconds from 0" in therapist.post(address, {"at_s": "9999"}).text
    answer = therapist.post(address, {"at_s": "36.5", "verdict": "correct", "why": "Saw it"})
    assert answer.headers["Location"].endswith("#judged")
    assert totals(app, squat)["reps"] == before["reps"] + 1
    assert "The coach did not count it." in therapist.get(f"/patients/sessions/{squat}").text
    therapist.post(address, {"at_s": "36.5", "verdict": "none"})
    assert totals(app, squat) == before


def test_agreeing_with_all_is_one_press(app: Flask, therapist: Browser, squat: str) -> None:
    part = therapist.post(f"/patients/sessions/{squat}/agree", headers=HTMX).text
    assert "Agreed with 16 verdicts." in part
    assert "I agree with" not in part
    with database(app).reading() as db:
        rows = db.scalars(select(Audit).where(Audit.action == "verdict.review")).all()
    assert sum(row.details["session"] == squat for row in rows) == 16


def test_another_therapists_patient_is_not_there(app: Flask, therapist: Browser) -> None:
    farah = session_id(app, "Farah", "squat")
    for method, path in [
        ("get", "film.bin"), ("get", "reference.json"), ("get", "differences"), ("post", "reps/1"), ("post", "missed"),
        ("post", "agree"),
    ]:  # fmt: skip
        call = getattr(therapist, method)
        assert call(f"/patients/sessions/{farah}/{path}").status_code == 404
        assert call(f"/patients/sessions/nobody/{path}").status_code == 404


def test_a_therapist_writes_and_the_patient_answers_where_it_was_said(
    app: Flask, therapist: Browser, patient: Browser, squat: str
) -> None:
    ada = person_id(app, "Ada")
    about = {"session": squat, "rep": "3", "within": "session"}
    part = therapist.post(
        f"/patients/{ada}/messages", {**about, "text": "Chest <b>up</b>"}, headers=HTMX
    ).text
    assert "Sent." in part
    assert "Chest &lt;b&gt;up" in part
    seen = patient.get("/today").text
    assert "data-unread" in seen
    page = patient.get(f"/sessions/{squat}").text
    assert "Chest &lt;b&gt;up" in page
    assert "About repetition 3" in page
    answer = patient.post("/messages", {**about, "text": "I will"})
    assert answer.headers["Location"].endswith(f"/sessions/{squat}")
    assert "I will" in therapist.get("/patients/messages").text
    assert "data-unread" in therapist.get("/patients/").text
    assert "I will" in therapist.get(f"/patients/{ada}/messages").text
    assert "data-unread" not in therapist.get("/patients/").text


def test_a_message_is_checked_and_what_was_typed_stays(patient: Browser) -> None:
    empty = patient.post("/messages", {"text": "  "}, headers=HTMX)
    assert empty.status_code == 422
    assert "Write something first." in empty.text
    long = patient.post("/messages", {"text": "x" * 2001})
    assert long.status_code == 422
    assert "it has 2001" in long.text
    assert "x" * 2001 in long.text
    assert patient.post("/messages", {"text": "x", "session": "nobody"}).status_code == 404


def test_the_address_says_what_one_writes_about(patient: Browser, squat: str) -> None:
    assert "repetition 2" in patient.get(f"/messages?session={squat}&rep=2").text
    assert patient.get("/messages?session=nobody").status_code == 404


def test_a_thread_of_another_therapists_patient_is_not_there(
    app: Flask, therapist: Browser
) -> None:
    for thread in (person_id(app, "Farah"), "nobody"):
        assert therapist.get(f"/patients/{thread}/messages").status_code == 404
        assert therapist.post(f"/patients/{thread}/messages", {"text": "x"}).status_code == 404
