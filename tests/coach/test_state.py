"""Saving and taking up again: at any frame, with the same events as without, in some kilobytes."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import SnapshotError
from coach.events import Event
from coach.exercise import Dose, Prescription
from coach.frame import PoseFrame
from coach.session import ExerciseSession
from coach.state import ENGINE_VERSION, SCHEMA, SessionState
from tests.builders import Timing, load, movement

MOST_BYTES = 64 * 1024
TIMING = Timing(out_s=0.7, hold_s=0.2, back_s=0.7, pause_s=0.3, lead_s=1.4, tail_s=0.3)
DOSE = Prescription(dose=Dose(sets=2, reps=2, hold_s=0.0, rest_s=1.0))
PLANS = {
    "squat": ((1.0, 0.65, 1.0), {"lean_deg": 60.0}),
    "hip_abduction": ((1.0, -1.0, 0.7), {}),
    "plank": ((), {}),
}


@cache
def film(exercise_id: str) -> list[PoseFrame]:
    depths, faults = PLANS[exercise_id]
    until_s = None if depths else 6.0
    return movement(exercise_id, depths, timing=TIMING, fps=15, until_s=until_s, **faults)


def start(exercise_id: str) -> ExerciseSession:
    prescription = DOSE if PLANS[exercise_id][0] else Prescription()
    return ExerciseSession(load(exercise_id), prescription, start="live")


def taken_up(session: ExerciseSession) -> ExerciseSession:
    """The same session, by way of its snapshot."""
    snapshot = session.snapshot()
    assert len(snapshot) <= MOST_BYTES
    exercise = session.exercise
    prescription = DOSE if PLANS[exercise.id][0] else Prescription()
    return ExerciseSession.restore(exercise, prescription, snapshot, start="live")


def events(exercise_id: str, saved_at: frozenset[int]) -> list[Event]:
    session, found = start(exercise_id), list[Event]()
    for i, frame in enumerate(film(exercise_id)):
        if i in saved_at:
            session = taken_up(session)
        found += session.step(frame).events
    return [*found, *session.finish(99.0).events]


@cache
def uninterrupted(exercise_id: str) -> list[Event]:
    return events(exercise_id, frozenset())


@pytest.mark.parametrize("exercise_id", PLANS)
def test_there_is_something_to_interrupt(exercise_id: str) -> None:
    kinds = {type(event).__name__ for event in uninterrupted(exercise_id)}
    assert "HoldEnded" in kinds if exercise_id == "plank" else "RepCompleted" in kinds


@pytest.mark.parametrize("exercise_id", PLANS)
@given(data=st.data())
def test_a_restart_at_any_frame_gives_the_same_events(
    exercise_id: str, data: st.DataObject
) -> None:
    last = len(film(exercise_id)) - 1
    saved_at = data.draw(st.frozensets(st.integers(0, last), min_size=1, max_size=3))
    assert events(exercise_id, saved_at) == uninterrupted(exercise_id)


def test_a_restart_at_every_frame_gives_the_same_events() -> None:
    every = frozenset(range(len(film("hip_abduction"))))
    assert events("hip_abduction", every) == uninterrupted("hip_abduction")


@pytest.mark.parametrize("exercise_id", PLANS)
def test_a_long_session_stays_small(exercise_id: str) -> None:
    depths = (1.0, -1.0) * 12 if exercise_id == "hip_abduction" else (1.0, 0.7) * 12
    session = ExerciseSession(load(exercise_id))
    for frame in movement(
        exercise_id, depths if PLANS[exercise_id][0] else (), fps=10, until_s=60.0
    ):
        session.step(frame)
    assert len(session.snapshot()) < 10 * 1024


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"engine": "0"}, "by engine 0"),
        ({"exercise": "push_up"}, "of push_up"),
        ({"schema": SCHEMA + 1}, f"schema {SCHEMA + 1}"),
        ({"channels": {}}, "new segment"),
    ],
)
def test_what_another_engine_saved_is_refused(change: dict[str, object], told: str) -> None:
    saved = msgspec.msgpack.decode(start("squat").snapshot(), type=SessionState)
    for name, value in change.items():
        setattr(saved, name, value)
    with pytest.raises(SnapshotError, match=told):
        ExerciseSession.restore(load("squat"), None, msgspec.msgpack.encode(saved))


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not a snapshot", b"\x81\xa6engine"])
def test_a_damaged_snapshot_is_refused(damage: bytes) -> None:
    with pytest.raises(SnapshotError, match="damaged"):
        ExerciseSession.restore(load("squat"), None, damage)


def test_a_cut_off_snapshot_is_refused() -> None:
    snapshot = start("squat").snapshot()
    with pytest.raises(SnapshotError, match="damaged"):
        ExerciseSession.restore(load("squat"), None, snapshot[: len(snapshot) // 2])


def test_another_prescribed_side_is_another_session() -> None:
    snapshot = start("hip_abduction").snapshot()
    with pytest.raises(SnapshotError):
        ExerciseSession.restore(load("hip_abduction"), Prescription(sides="left"), snapshot)


def test_the_version_is_said() -> None:
    assert ENGINE_VERSION
    assert msgspec.msgpack.decode(start("squat").snapshot())["engine"] == ENGINE_VERSION
