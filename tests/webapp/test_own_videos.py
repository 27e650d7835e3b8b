"""A therapist's own film: who sees it, what is taken for one, and that it is gone when it is removed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.builders import Browser, prescription_id
from webapp.extensions import database, settings
from webapp.store import own_videos
from webapp.store.video_tables import OwnVideo

CLIP = Path(__file__).parents[2] / "webapp/static/samples/squat_side.mp4"


def send(therapist: Browser, prescription: str, data: bytes, **fields: str) -> str:
    """Send a film and return what the page then says."""
    form = {"film": (io.BytesIO(data), "a film.txt"), **fields}
    path = f"/patients/program/{prescription}/video"
    answer = therapist.post(path, form, content_type="multipart/form-data", follow_redirects=True)
    return answer.text


def films(app: Flask) -> list[OwnVideo]:
    with database(app).reading() as session:
        return list(session.scalars(select(OwnVideo).order_by(OwnVideo.id)))


def test_the_patient_sees_the_therapists_film_before_the_exercise(
    app: Flask, patient: Browser, therapist: Browser
) -> None:
    squat = prescription_id(app, "Ada", "squat")
    data = CLIP.read_bytes()
    assert "Saved. It is shown" in send(therapist, squat, data)
    (film,) = films(app)
    assert (film.mime, film.bytes, film.prescription_id) == ("video/mp4", len(data), None)
    assert f"/films/{film.id}" in patient.get(f"/exercise/{squat}").text
    with patient.get(f"/films/{film.id}", headers={"Range": "bytes=0-99"}) as answer:
        assert (answer.status_code, answer.data) == (206, data[:100])
        assert answer.content_type == "video/mp4"


def test_a_film_for_one_patient_is_for_nobody_else(
    app: Flask, patient: Browser, therapist: Browser, clinic: Browser
) -> None:
    send(therapist, prescription_id(app, "Dora", "squat"), CLIP.read_bytes(), only="yes")
    (film,) = films(app)
    assert "/films/" not in patient.get(f"/exercise/{prescription_id(app, 'Ada', 'squat')}").text
    assert patient.get(f"/films/{film.id}").status_code == 404
    assert patient.get("/films/nothing").status_code == 404
    with clinic.get(f"/films/{film.id}") as answer:
        assert answer.status_code == 200
    assert Browser(app).get(f"/films/{film.id}").status_code == 302


@pytest.mark.parametrize("data", [b"", b"short", b"<html>no film</html>" * 10])
def test_what_is_no_film_is_explained_and_not_kept(
    app: Flask, therapist: Browser, data: bytes
) -> None:
    assert "MP4 or WebM" in send(therapist, prescription_id(app, "Ada", "squat"), data)
    assert films(app) == []


def test_a_film_that_is_too_large_leaves_nothing(
    app: Flask, therapist: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_videos, "MAX_BYTES", 10_000)
    assert "100 MB at most" in send(
        therapist, prescription_id(app, "Ada", "squat"), CLIP.read_bytes()[:50_000]
    )
    assert films(app) == []
    assert [one for one in (settings(app).data_dir / "videos").rglob("*") if one.is_file()] == []


def test_only_therapists_may_send_more_than_a_form(app: Flask, patient: Browser) -> None:
    path = f"/patients/program/{prescription_id(app, 'Ada', 'squat')}/video"
    kind = "multipart/form-data; boundary=x"
    assert patient.client.post(path, data=b"x" * 2_000_000, content_type=kind).status_code == 413


def test_a_removed_film_is_gone(app: Flask, patient: Browser, therapist: Browser) -> None:
    squat = prescription_id(app, "Ada", "squat")
    send(therapist, squat, CLIP.read_bytes())
    (film,) = films(app)
    therapist.post(f"/patients/program/{squat}/video/{film.id}/remove")
    assert patient.get(f"/films/{film.id}").status_code == 404
    assert "/films/" not in patient.get(f"/exercise/{squat}").text
    assert not list((settings(app).data_dir / "videos").rglob("*.mp4"))


def test_only_the_live_page_may_hear(app: Flask, patient: Browser) -> None:
    live = patient.get(f"/exercise/{prescription_id(app, 'Ada', 'squat')}")
    assert "microphone=(self)" in live.headers["Permissions-Policy"]
    assert "microphone=()" in patient.get("/today").headers["Permissions-Policy"]
