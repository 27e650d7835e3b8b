"""Repetitions of what nobody has defined: the movement that comes back, and nothing where none does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.frame import PoseFrame
from coach.io.recording import read
from coach.recognising.periodicity import repetitions
from tests.builders import Camera, Timing, mirrored, movement, shifted, still

RECORDINGS = Path(__file__).parents[2] / "data" / "recordings"
THREE = (1.0, 1.0, 1.0)
ONE_KIND = ["squat", "sit_to_stand", "glute_bridge", "shoulder_abduction", "biceps_curl", "push_up"]


@pytest.mark.parametrize("what", ONE_KIND)
def test_each_repetition_of_a_movement_is_counted(what: str) -> None:
    timing = Timing()
    cycles = repetitions(movement(what, THREE, timing=timing))
    assert len(cycles) == 3
    for cycle, start_s in zip(cycles, timing.starts_s(3), strict=True):
        assert abs(cycle.peak_s - (start_s + timing.out_s + timing.hold_s / 2)) < 0.5


def test_sides_that_take_turns_count_each() -> None:
    assert len(repetitions(movement("hip_abduction", [1, -1, 1, -1]))) == 4


@pytest.mark.parametrize("what", ["squat", "push_up"])
def test_a_single_repetition_is_one(what: str) -> None:
    assert len(repetitions(movement(what, [1.0]))) == 1


def test_half_a_repetition_is_none() -> None:
    timing = Timing()
    until_s = timing.lead_s + timing.out_s
    assert repetitions(movement("squat", [1.0], timing=timing, until_s=until_s)) == ()


def test_who_does_nothing_has_done_nothing() -> None:
    assert repetitions(still(8.0)) == ()
    assert repetitions(movement("plank", [1.0], until_s=8.0)) == ()


@pytest.mark.parametrize("name", ["plank_side", "running_past"])
def test_holding_and_running_past_are_no_repetitions(name: str) -> None:
    assert repetitions(_frames(name)) == ()


def test_no_frames_and_one_frame() -> None:
    assert repetitions([]) == ()
    assert repetitions(still(1.0)[:1]) == ()


def test_a_hold_at_the_turn_changes_nothing() -> None:
    assert len(repetitions(movement("glute_bridge", THREE, timing=Timing(hold_s=4.0)))) == 3


def test_getting_into_place_does_not_hide_what_is_then_repeated() -> None:
    """One deep squat to pick the weight up, then curls that move much less."""
    pick_up = movement("squat", [1.0], camera=Camera())
    curls = movement("biceps_curl", [1.0] * 5, camera=Camera())
    assert len(repetitions([*pick_up, *shifted(curls, pick_up[-1].t_s + 0.1)])) == 5


def test_a_movement_that_nobody_saw_is_not_counted() -> None:
    frames = [frame for frame in movement("squat", THREE) if not 4.2 < frame.t_s < 6.2]
    assert len(repetitions(frames)) == 2


@settings(max_examples=8, deadline=None)
@given(fps=st.sampled_from([10.0, 15.0, 24.0, 60.0]), jitter=st.floats(0.0, 0.6))
def test_the_frame_rate_does_not_matter(fps: float, jitter: float) -> None:
    assert len(repetitions(movement("squat", THREE, fps=fps, jitter=jitter))) == 3


@settings(max_examples=8, deadline=None)
@given(person_m=st.floats(1.2, 2.0), distance_m=st.floats(2.5, 6.0))
def test_size_and_distance_do_not_matter(person_m: float, distance_m: float) -> None:
    camera = Camera(person_m=person_m, distance_m=distance_m)
    assert len(repetitions(movement("squat", THREE, camera=camera))) == 3


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(ONE_KIND), st.floats(0.0, 90.0))
def test_left_and_right_do_not_matter(what: str, yaw_deg: float) -> None:
    frames = movement(what, THREE, camera=Camera(yaw_deg=yaw_deg))
    assert _rounded(mirrored(frames)) == _rounded(frames)


def _rounded(frames: list[PoseFrame]) -> list[float]:
    return [round(cycle.peak_s, 3) for cycle in repetitions(frames)]


def _frames(name: str) -> list[PoseFrame]:
    recording = read(RECORDINGS / f"{name}.npz")
    return [frame for frame in recording.frames() if isinstance(frame, PoseFrame)]
