"""Limbs that are not there: hidden, beyond the border, longer than bones are, or faster than joints turn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from coach import limbs
from coach.body import Body
from coach.exercise import Method
from coach.frame import PoseFrame
from coach.landmarks import Landmark
from coach.limbs import JumpState
from tests.builders import EXACT, Camera, PoseModel, stick_figure

SCALE_PX = 1280 / 3.5


def seen(
    name: str, method: Method = "image", moved: dict[Landmark, Any] | None = None, **how: Any
) -> float:
    """The left limb's, some of its landmarks moved by pixels."""
    frame = stick_figure(**{"view": "side", "model": EXACT, **how})
    image = frame.image_px.copy()
    for landmark, by_px in (moved or {}).items():
        image[landmark] += by_px
    frame = PoseFrame(0.0, image, frame.world_m, frame.visibility, frame.size_px)
    return limbs.seen(Body(frame, SCALE_PX), name, "left", method)


@pytest.mark.parametrize("name", ["knee_flexion", "elbow_flexion", "trunk_lean", "body_line"])
def test_a_limb_in_full_view_is_seen_as_well_as_the_model_says(name: str) -> None:
    assert seen(name) == pytest.approx(0.98)


@pytest.mark.parametrize(
    ("name", "method", "visibility", "is_seen"),
    [
        ("knee_flexion", "image", 0.25, True),
        ("knee_flexion", "lift", 0.25, True),
        ("knee_flexion", "image", 0.15, False),
        ("elbow_flexion", "image", 0.35, True),
        ("elbow_flexion", "image", 0.25, False),
        ("elbow_flexion", "lift", 0.6, False),
        ("elbow_flexion", "lift", 0.75, True),
        ("shoulder_abduction", "lift", 0.55, True),
    ],
)
def test_a_leg_is_followed_further_behind_the_body_than_an_arm(
    name: str, method: Method, visibility: float, is_seen: bool
) -> None:
    assert (seen(name, method, model=PoseModel(visibility=visibility)) > 0.0) == is_seen


def test_what_is_beyond_the_border_is_not_seen_whatever_the_model_claims() -> None:
    low = Camera(90.0, shift_m=(0.0, -0.23))  # ankles a few pixels below the border
    assert seen("knee_flexion", camera=low) == 0.0
    assert seen("elbow_flexion", camera=low) > 0.9


def test_no_bone_is_half_as_long_again() -> None:
    assert seen("knee_flexion", moved={Landmark.LEFT_KNEE: (40.0, 0.0)}) > 0.9
    assert seen("knee_flexion", moved={Landmark.LEFT_KNEE: (0.0, 80.0)}) == 0.0
    assert seen("knee_flexion", "lift", moved={Landmark.LEFT_KNEE: (0.0, 80.0)}) == 0.0


def test_a_bone_that_points_at_the_camera_has_no_angle_in_the_picture() -> None:
    towards: dict[str, Any] = {"shoulder_flexion": 70.0, "camera": Camera(0.0)}
    assert seen("elbow_flexion", **towards) == 0.0
    assert seen("elbow_flexion", "lift", **towards) > 0.9


def steady(values: list[float], fps: float = 30.0) -> list[bool]:
    state = JumpState()
    return [state.steady("left_knee_flexion", i / fps, deg) for i, deg in enumerate(values)]


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_the_briskest_exercise_is_no_jump(fps: float) -> None:
    """A whole squat in 0.8 s turns the knee by 470 degrees a second at most."""
    times = np.arange(0.0, 1.6, 1 / fps)
    assert all(steady((60 - 60 * np.cos(2 * np.pi * times / 0.8)).tolist(), fps))


def test_after_a_jump_it_is_doubted_for_a_moment() -> None:
    told = steady([10.0] * 5 + [80.0] * 10, fps=25)
    assert told == [True] * 5 + [False] * 5 + [True] * 5


def test_each_angle_jumps_by_itself_and_after_a_gap_nothing_does() -> None:
    state = JumpState()
    assert state.steady("left_knee_flexion", 0.0, 10.0)
    assert state.steady("right_knee_flexion", 0.03, 80.0)
    assert state.steady("left_knee_flexion", 1.0, 90.0)
