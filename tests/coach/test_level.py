"""A tilted camera: found from somebody who stands still, taken out of what is measured against the vertical."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.body import Body
from coach.frame import PoseFrame
from coach.geometry import Vec
from coach.io.recording import read
from coach.measures import Reader
from coach.view import ViewState, observe
from scripts.references.figure import Pose, figure
from tests.builders import (
    EXACT,
    NOISY,
    Camera,
    PoseModel,
    Timing,
    first_view,
    judge,
    load,
    movement,
    photograph,
)

STANDING_CLIPS = Path(__file__).parents[1] / "data" / "standing"
BRISK = Timing(lead_s=1.2, pause_s=0.4, tail_s=0.6)
STANDING = Pose()
NEARER = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, np.tan(np.radians(7.8))], [0.0, 0.0, 1.0]])
"""The model's own lean: whoever stands upright has the shoulders nearer than the feet."""

TILTS = [(-8.0, -10.0), (-8.0, 20.0), (8.0, -10.0), (8.0, 20.0)]


def filmed(
    pose: Pose, camera: Camera, seconds: float = 3.0, model: PoseModel = NOISY
) -> list[PoseFrame]:
    rng = np.random.default_rng(5)
    return [
        photograph(figure(pose), camera, i / 15, model, rng=rng) for i in range(round(15 * seconds))
    ]


def seen(frames: list[PoseFrame]) -> ViewState:
    state = ViewState()
    for frame in frames:
        observe(state, frame)
    return state


def from_above(pitch_deg: float, pose: Pose = STANDING, yaw_deg: float = 90.0) -> ViewState:
    """Somebody as the pose model has them: half of the tilt in depth, and some that is not there."""
    frames = filmed(
        pose, Camera(yaw_deg, pitch_deg=pitch_deg), 2.0, replace(NOISY, depth_gain=0.54)
    )
    return seen([replace(frame, world_m=frame.world_m @ NEARER) for frame in frames])


def roll_of(pose: Pose = STANDING, yaw_deg: float = 90.0, **camera: Any) -> float:
    return seen(filmed(pose, Camera(yaw_deg, **camera))).level.roll_deg


@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0, 180.0, -90.0])
@pytest.mark.parametrize("roll_deg", [-12.0, -6.0, 6.0, 12.0])
def test_the_roll_is_found_from_every_side(yaw_deg: float, roll_deg: float) -> None:
    assert roll_of(yaw_deg=yaw_deg, roll_deg=roll_deg) == pytest.approx(roll_deg, abs=1.5)


def test_a_level_camera_stays_level_and_a_little_may_be_posture() -> None:
    assert roll_of() == 0.0
    assert roll_of(Pose(trunk_lean=2.5, hip_flexion=0.0)) == 0.0
    assert abs(roll_of(roll_deg=4.0)) < 3.0


@pytest.mark.parametrize(
    "pose",
    [
        Pose(trunk_lean=15.0, hip_flexion=15.0),
        Pose(trunk_lean=25.0),
        Pose(hip_flexion=90.0, knee_flexion=90.0),
        Pose(trunk_lean=85.0),
    ],
    ids=["bent forwards", "leaning on something", "seated", "lying"],
)
def test_who_does_not_stand_straight_is_no_plumb_line(pose: Pose) -> None:
    assert roll_of(pose, roll_deg=6.0) == 0.0


def test_seen_from_the_front_a_lean_against_level_shoulders_is_no_roll() -> None:
    """The whole line leans, but hips and shoulders are level: somebody stands askew."""
    body = figure(STANDING)
    body[:, 0] -= np.tan(np.radians(7.0)) * body[:, 1]
    frames = [photograph(body, Camera(0.0), i / 15, NOISY) for i in range(45)]
    assert seen(frames).level.roll_deg == 0.0


def test_somebody_who_moves_or_is_cut_off_tells_nothing() -> None:
    walking = [
        photograph(figure(STANDING), Camera(0.0, roll_deg=8.0, shift_m=(i / 20, 0.0)), i / 15)
        for i in range(30)
    ]
    assert seen(walking).level.roll_deg == 0.0
    assert roll_of(roll_deg=8.0, distance_m=1.6) == 0.0


@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0])
@pytest.mark.parametrize("pitch_deg", [-15.0, 0.0, 15.0, 30.0])
def test_the_pitch_is_found_from_every_side_within_its_band(
    yaw_deg: float, pitch_deg: float
) -> None:
    pitch = from_above(pitch_deg, yaw_deg=yaw_deg).level.pitch
    assert pitch is not None
    assert abs(pitch.deg - pitch_deg) < pitch.error_deg < 12.0


@pytest.mark.parametrize(
    "pose",
    [Pose(trunk_lean=25.0), Pose(hip_flexion=90.0, knee_flexion=90.0), Pose(trunk_lean=85.0)],
    ids=["leaning", "seated", "lying"],
)
def test_who_does_not_stand_straight_tells_no_pitch(pose: Pose) -> None:
    assert from_above(15.0, pose).level.pitch is None


def test_the_pitch_is_found_from_what_the_pose_model_made_of_figures_that_stand() -> None:
    """Four bodies, rendered so that the truth is known, from three sides: no sign is wrong, and the band holds."""
    within = []
    for path in sorted(STANDING_CLIPS.glob("*.npz")):
        recording = read(path)
        want = float(recording.meta["pitch_deg"])
        pitch = seen(
            [frame for frame in recording.frames() if isinstance(frame, PoseFrame)]
        ).level.pitch
        assert pitch is not None
        assert pitch.deg * want > 0.0
        within.append(abs(pitch.deg - want) <= pitch.error_deg)
    assert len(within) == 8
    assert np.mean(within) >= 0.8


def test_a_line_that_sways_in_depth_is_less_sure() -> None:
    calm, swaying = (
        seen(filmed(STANDING, Camera(90.0), 3.0, replace(NOISY, noise_m=noise))).level.pitch
        for noise in (0.01, 0.12)
    )
    assert calm is not None
    assert swaying is not None
    assert calm.error_deg < 9.5 < swaying.error_deg


def test_memory_is_bounded() -> None:
    state = seen(filmed(STANDING, Camera(0.0, roll_deg=8.0), 12.0))
    assert len(state.level.lines_deg) == len(state.level.depths_deg) == 60


def test_down_is_down_in_the_room_and_the_hips_stay_where_they_are() -> None:
    frame = photograph(figure(STANDING), Camera(0.0, roll_deg=10.0))
    tilted, level = Body(frame, 300.0), Body(frame, 300.0, roll_deg=10.0)
    assert level.point("mid_hip", "left") == pytest.approx(tilted.point("mid_hip", "left"))
    up = level.point("mid_ankle", "left").to(level.point("mid_shoulder", "left"))
    assert up.x == pytest.approx(0.0, abs=0.01)
    assert level.in_picture("ankle", "left") == tilted.point("ankle", "left")
    assert Vec(*level.in_picture("nose", "left")) == tilted.point("nose", "left")


@pytest.mark.parametrize("roll_deg", [-6.0, 6.0])
@pytest.mark.parametrize(
    ("exercise_id", "name", "pose", "want"),
    [
        ("squat", "trunk_lean", Pose(trunk_lean=40, hip_flexion=90, knee_flexion=80), 40.0),
        ("squat", "thigh_lean", Pose(trunk_lean=30, hip_flexion=90, knee_flexion=80), 60.0),
        ("hip_abduction", "trunk_lean", Pose(trunk_side=12.0), 12.0),
        ("hip_abduction", "pelvis_tilt", Pose(), 0.0),
    ],
)
def test_leans_are_right_within_two_degrees(
    exercise_id: str, name: str, pose: Pose, want: float, roll_deg: float
) -> None:
    exercise = load(exercise_id)
    camera = replace(first_view(exercise_id), roll_deg=roll_deg, perspective=False)
    view = seen(filmed(STANDING, camera, 2.0))
    frame = filmed(pose, camera, 0.1, model=EXACT)[0]
    body = Body(frame, view.scale_px, view.level.roll_deg)
    found = Reader(exercise).open(body, view.view).angle(name, "left").value
    assert found == pytest.approx(want, abs=2.0)


@pytest.mark.parametrize(
    "exercise_id",
    [
        "biceps_curl",
        "glute_bridge",
        "hip_abduction",
        "push_up",
        "seated_knee_extension",
        "shoulder_abduction",
        "sit_to_stand",
        "squat",
    ],
)
@pytest.mark.parametrize(("roll_deg", "pitch_deg"), TILTS)
def test_counts_and_verdicts_are_the_same_before_a_tilted_camera(
    exercise_id: str, roll_deg: float, pitch_deg: float
) -> None:
    back = -1.0 if load(exercise_id).sides == "alternating" else 1.0
    camera = replace(first_view(exercise_id), roll_deg=roll_deg, pitch_deg=pitch_deg)
    frames = movement(exercise_id, [1.0, back], timing=BRISK, fps=15, camera=camera)
    assert judge(exercise_id, frames).verdicts == ["correct", "correct"]


@pytest.mark.parametrize(("roll_deg", "pitch_deg"), TILTS)
def test_a_plank_is_held_before_a_tilted_camera(roll_deg: float, pitch_deg: float) -> None:
    camera = replace(first_view("plank"), roll_deg=roll_deg, pitch_deg=pitch_deg)
    outcome = judge("plank", movement("plank", [], until_s=5.0, fps=15, camera=camera))
    assert outcome.steps[-1].hold_s == pytest.approx(4.9, abs=0.2)
