"""Uploading a video: a form that streams, a job in line, and pages that nobody else may see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.webapp.builders import Browser, person_id, prescription_id, settings_for
from tests.webapp.test_joining import invited
from webapp import create_app
from webapp.extensions import database, settings
from webapp.patient.videos import MOST_WAITING
from webapp.store import jobs, sessions, videos
from webapp.store.base import utc_now
from webapp.store.job_tables import Job
from webapp.store.tables import Prescription

NAME = "Ada"
CLIP = b"not looked at before the job is done" * 8000  # more than is read at a time


def _send(
    browser: Browser, exercise: str, clip: bytes = CLIP, name: str = "../../me.mp4"
) -> TestResponse:
    data = {"exercise": exercise, "video": (io.BytesIO(clip), name)}
    return browser.post("/videos", data, content_type="multipart/form-data")


def _uploads(app: Flask) -> list[Path]:
    return [file for file in settings(app).uploads.rglob("*") if file.is_file()]


def _of_another(app: Flask) -> str:
    """An exercise of somebody else's program."""
    with database(app).reading() as session:
        query = select(Prescription.id).where(Prescription.patient_id != person_id(app, NAME))
        return session.scalars(query.limit(1)).one()


@pytest.fixture
def squat(app: Flask) -> str:
    """The demo patient's first exercise."""
    return prescription_id(app, NAME, "squat")


@pytest.fixture
def job(app: Flask, patient: Browser, squat: str) -> str:
    """A video in line."""
    return _send(patient, squat).headers["Location"].rsplit("/", 1)[1]


def test_a_video_is_kept_under_the_clinic_by_a_name_nobody_chose_and_waits(
    app: Flask, patient: Browser, squat: str
) -> None:
    answer = _send(patient, squat)
    assert answer.status_code == 303
    [file] = _uploads(app)
    assert file.read_bytes() == CLIP
    assert "me" not in file.name
    with database(app).reading() as session:
        row = session.get_one(Job, answer.headers["Location"].rsplit("/", 1)[1])
        assert (row.status, row.clinic_id, row.args["keep"]) == ("waiting", file.parent.name, True)
    page = patient.get(answer.headers["Location"]).text
    assert "In line" in page
    assert 'hx-trigger="every 2s"' in page


def test_the_page_says_what_becomes_of_the_video(patient: Browser, squat: str) -> None:
    page = patient.get(f"/videos?exercise={squat}").text
    assert "analysed on your clinic's computer and deleted afterwards" in page
    assert f'value="{squat}" checked' in page


def test_a_form_without_its_token_leaves_nothing(app: Flask, patient: Browser, squat: str) -> None:
    data = {"exercise": squat, "video": (io.BytesIO(CLIP), "a.mp4")}
    answer = patient.client.post("/videos", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert _uploads(app) == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_what_is_no_such_form_is_refused(app: Flask, patient: Browser, kind: str) -> None:
    answer = patient.client.post("/videos", data=CLIP, content_type=kind)
    assert answer.status_code == 400
    assert _uploads(app) == []


def test_an_empty_choice_is_told_beside_the_field(app: Flask, patient: Browser, squat: str) -> None:
    answer = _send(patient, squat, clip=b"", name="")
    assert answer.status_code == 422
    assert "Choose a video file." in answer.text
    assert _uploads(app) == []


def test_a_foreign_exercise_looks_like_none(app: Flask, patient: Browser) -> None:
    for other in (_of_another(app), "nobody's"):
        answer = _send(patient, other)
        assert (answer.status_code, _uploads(app)) == (422, [])
        assert "Choose one of your exercises." in answer.text


def test_too_large_is_told_before_it_is_read(demo_folder: Path, tmp_path: Path) -> None:
    for app in _with(demo_folder, tmp_path, upload_mb=1):
        patient = Browser(app).demo("patient")
        answer = patient.client.post(
            "/videos", data=b"x" * (2 << 20), content_type="multipart/form-data; boundary=x"
        )
        assert answer.status_code == 422
        assert "at most 1 MB" in answer.text
        assert _uploads(app) == []


def test_a_clinic_that_takes_no_videos_has_no_such_pages(demo_folder: Path, tmp_path: Path) -> None:
    for app in _with(demo_folder, tmp_path, upload_mb=0):
        patient = Browser(app).demo("patient")
        exercise = prescription_id(app, NAME, "squat")
        assert "/videos" not in patient.get("/today").text
        assert "/videos" not in patient.get(f"/exercise/{exercise}").text
        assert patient.get("/videos").status_code == 404
        assert _send(patient, exercise).status_code == 404


def _with(demo_folder: Path, tmp_path: Path, *, upload_mb: int) -> Iterator[Flask]:
    (tmp_path / "coach.db").write_bytes((demo_folder / "coach.db").read_bytes())
    app = create_app(settings_for(tmp_path, demo=True, upload_mb=upload_mb))
    yield app
    app.extensions["coach_live"].shut_down()
    database(app).close()


def test_only_so_many_wait_at_a_time(patient: Browser, squat: str) -> None:
    for _ in range(MOST_WAITING):
        assert _send(patient, squat).status_code == 303
    answer = _send(patient, squat)
    assert answer.status_code == 422
    assert "still waiting" in answer.text


def test_calling_it_off_deletes_the_video(app: Flask, patient: Browser, job: str) -> None:
    assert patient.post(f"/videos/{job}/cancel").status_code == 303
    assert _uploads(app) == []
    assert "Called off" in patient.get(f"/videos/{job}").text


def test_nobody_else_sees_or_stops_it(
    app: Flask, job: str, therapist: Browser, clinic: Browser
) -> None:
    other = Browser(app)
    other.post(invited(therapist)[0], {"year": "1949"})
    assert other.get("/videos").status_code == 200
    for path in (f"/videos/{job}", "/videos/nobody's"):
        assert other.get(path).status_code == 404
        assert other.post(f"{path}/cancel").status_code == 404
    for staff in (therapist, clinic):
        assert staff.get(f"/videos/{job}").status_code == 403


def test_each_failure_says_what_to_do(app: Flask, patient: Browser, job: str) -> None:
    with database(app).writing() as session:
        mine = jobs.claim(session, utc_now())
        assert mine is not None
        jobs.fail(session, mine, "nobody", utc_now())
    page = patient.get(f"/videos/{job}").text
    assert "Nobody was found in this video" in page
    assert "/by-hand/" in page
    assert "every 2s" not in page


def test_the_result_is_a_session_marked_as_from_a_video(
    app: Flask, patient: Browser, therapist: Browser, job: str
) -> None:
    with database(app).writing() as session:
        mine = jobs.claim(session, utc_now())
        assert mine is not None
        args = videos.VideoArgs(**mine.args)
        done = videos.Analysed((), 20.0, 600, "test")
        row = videos.file(session, mine, args, done, utc_now())
        jobs.finish(session, mine, {"session": row.id, "reps": row.reps}, utc_now())
        assert sessions.get(session, mine.clinic_id, job) is not None
    assert f"/sessions/{job}" in patient.get(f"/videos/{job}").text
    assert "From your video" in patient.get(f"/sessions/{job}").text
    assert "From a video" in therapist.get(f"/patients/sessions/{job}").text
