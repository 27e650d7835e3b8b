"""The curves of a session: judged again from what was kept, drawn from its repetitions where nothing was."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from coach.exercise import Prescription
from coach.io import recording
from coach.io.replay import live_meta
from tests.builders import movement
from tests.webapp.builders import Browser, session_id
from webapp.extensions import database, settings
from webapp.store.series import FolderSeries
from webapp.store.session_tables import PatientSession, SessionSeries


def keep_series(app: Flask, session_id: str, folder: Path) -> SessionSeries:
    """A recording of squats, filed as that of a session."""
    frames = movement("squat", (1.0, 1.0))
    path = folder / "squats.npz"
    meta = live_meta("squat", Prescription(), []) | {"start": "file"}
    recording.write(path, recording.record(frames, frames[0].size_px, meta))
    data = path.read_bytes()
    with database(app).writing() as session:
        row = session.get_one(PatientSession, session_id)
        kept = FolderSeries(settings(app).data_dir / "series").put(
            f"{row.clinic_id}/{row.id}.npz", data
        )
        series = SessionSeries(
            session_id=row.id, clinic_id=row.clinic_id, path=kept.path, sha256=kept.sha256, bytes=kept.bytes,
            frames=len(frames),
        )  # fmt: skip
        session.merge(series)
        return series


def test_kept_landmarks_are_judged_again(app: Flask, therapist: Browser, tmp_path: Path) -> None:
    session = session_id(app, "Ada", "squat")
    series = keep_series(app, session, tmp_path)
    data = therapist.get(f"/patients/sessions/{session}/angles.json").json or {}
    assert data["source"].startswith("Measured in each picture")
    assert len(data["t_s"]) >= series.frames
    assert data["curves"]
    for curve in data["curves"]:
        seen = [deg for deg in curve["deg"] if deg is not None]
        assert len(curve["deg"]) == len(data["t_s"])
        assert min(seen) < 20
        assert max(seen) > (60 if curve["main"] else 30)


def test_a_damaged_series_falls_back_to_the_repetitions(
    app: Flask, therapist: Browser, tmp_path: Path
) -> None:
    session = session_id(app, "Ada", "squat")
    series = keep_series(app, session, tmp_path)
    (settings(app).data_dir / "series" / series.path).write_bytes(b"damaged")
    data = therapist.get(f"/patients/sessions/{session}/angles.json").json or {}
    assert data["source"].startswith("Drawn from the smallest")
    assert data["curves"]


def test_a_repetition_that_straightens_is_drawn_downwards(app: Flask, therapist: Browser) -> None:
    """A bridge takes the hips from bent to straight: its turn is the smallest angle."""
    session = session_id(app, "Ada", "glute_bridge")
    data = therapist.get(f"/patients/sessions/{session}/angles.json").json or {}
    first = data["curves"][0]["deg"][:3]
    assert first[0] > first[1] < first[2]
    assert data["curves"][0]["main"] is True
    assert data["reps"][0].keys() == {"t_s", "verdict"}
