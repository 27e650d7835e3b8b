"""A recording of a live session is judged as it was judged live; one of a video from its first frame on."""

from __future__ import annotations

import json

import numpy as np
import pytest

from coach.errors import MediaError
from coach.events import Event, RepCompleted, RepRejected, StateChanged
from coach.exercise import Dose, Prescription
from coach.frame import PoseFrame
from coach.io.recording import Recording, record
from coach.io.replay import live_meta, replay, session_for
from coach.session import ExerciseSession
from poses import catalogue

SQUAT = catalogue.load("squat")
FPS = 15.0


def _frames(reps: int) -> list[PoseFrame]:
    """Three seconds of standing, then the reference movement."""
    reference = catalogue.reference("squat")
    body = reference.seen_from()
    count = round((3.0 + reps * reference.duration_s + 1.0) * FPS)
    moving_s = np.clip(np.arange(count) / FPS - 3.0, 0.0, reps * reference.duration_s - 1e-6)
    frames = []
    for index, place in enumerate(
        (moving_s / reference.duration_s * len(body)).astype(int) % len(body)
    ):
        points = body[place]
        image = points[:, :2] * 200.0 + [320.0, 260.0]
        world = points - points[[23, 24]].mean(axis=0)
        frames.append(PoseFrame.checked(index / FPS, image, world, np.full(33, 0.99), (640, 480)))
    return frames


def _recording(**meta: str) -> Recording:
    return record(_frames(4), (640, 480), {"source": "test", **meta})


def _events(recording: Recording) -> list[Event]:
    return [event for step in replay(recording, SQUAT) for event in step.events]


def _reps(events: list[Event]) -> int:
    return sum(isinstance(event, RepCompleted) for event in events)


def test_a_video_counts_from_its_first_frame() -> None:
    events = _events(_recording())
    assert _reps(events) == 4
    assert StateChanged(0.0, "exercising") in events


def test_a_live_recording_waits_keeps_its_dose_and_its_controls() -> None:
    prescription = Prescription(dose=Dose(sets=1, reps=10), targets={"knee_flexion": 120.0})
    controls = [(150, 9.99, "pause"), (150, 9.995, "resume"), (230, 15.3, "finish")]
    meta = live_meta("squat", prescription, controls)  # type: ignore[arg-type]
    events = _events(_recording(**{key: str(value) for key, value in meta.items()}))
    states = [event.state for event in events if isinstance(event, StateChanged)]
    assert states[:2] == ["positioning", "ready"]
    assert "paused" in states
    assert states[-1] == "done"
    reps = [event.rep for event in events if isinstance(event, RepCompleted)]
    assert 0 < len(reps) < 4
    assert {rep.verdict for rep in reps} == {"incomplete"}


def test_what_counted_for_nothing_is_judged_the_same_again() -> None:
    """Squats where standing up from a chair is asked for: rejected live, and in every replay."""
    chair, prescription = catalogue.load("sit_to_stand"), Prescription()
    live = ExerciseSession(chair, prescription, start="live")
    recording = record(_frames(4), (640, 480), live_meta(chair.id, prescription, []))
    told = [event for frame in recording.frames() for event in live.step(frame).events]  # type: ignore[arg-type]
    again = [event for step in replay(recording, chair) for event in step.events]
    assert any(isinstance(event, RepRejected) for event in told)
    assert again[: len(told)] == told


def test_another_exercise_is_judged_by_its_own_targets() -> None:
    prescription = Prescription(targets={"knee_flexion": 120.0})
    meta = live_meta("squat", prescription, [])
    recording = record(_frames(1), (640, 480), meta)
    session = session_for(recording, catalogue.load("sit_to_stand"))
    assert session.exercise.id == "sit_to_stand"


@pytest.mark.parametrize("name", ["prescription", "controls"])
def test_malformed_meta_is_named(name: str) -> None:
    with pytest.raises(MediaError, match=name):
        _events(_recording(exercise="squat", **{name: json.dumps({"targets": "far"})}))
