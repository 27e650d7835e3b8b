"""Angles the engine vouches for: only in the views and limbs that support them, each with its band, never delayed."""

from __future__ import annotations

import numpy as np
import pytest

from coach.angles import Ranges, vouched
from coach.body import Body, frame_scale_px
from coach.events import Angle
from coach.landmarks import Landmark
from coach.measures import Reader
from coach.view import ViewState
from tests.builders import Camera, PoseModel, judge, load, movement, stick_figure


def angles(
    exercise_id: str, view: str, yaw_deg: float, model: PoseModel | None = None, **pose: float
) -> dict[str, Angle]:
    exercise = load(exercise_id)
    frame = stick_figure(camera=Camera(yaw_deg), model=model or PoseModel(), **pose)
    body = Body(frame, frame_scale_px(frame))
    state = ViewState(view=view, yaw_deg=yaw_deg, scale_px=body.scale_px)
    return vouched(exercise, Reader(exercise).open(body, view), state)


def test_both_sides_and_the_trunk() -> None:
    found = angles("squat", "side", 90, knee_flexion=70, hip_flexion=70, trunk_lean=20)
    assert {"left_knee_flexion", "right_knee_flexion", "left_hip_flexion", "trunk_lean"} <= set(
        found
    )
    assert found["left_knee_flexion"].deg == pytest.approx(70, abs=3)
    assert found["trunk_lean"].deg == pytest.approx(20, abs=3)


def test_a_hidden_limb_has_no_degrees() -> None:
    found = angles("squat", "side", 90, PoseModel(hidden=(Landmark.RIGHT_KNEE,)), knee_flexion=70)
    assert "left_knee_flexion" in found
    assert "right_knee_flexion" not in found


def test_a_view_that_does_not_support_an_angle_gives_none() -> None:
    assert "left_knee_flexion" not in angles("squat", "front", 0, knee_flexion=70)
    assert angles("biceps_curl", "front", 0) == {}
    assert angles("squat", "unknown", 90) == {}


def test_the_further_out_of_the_plane_the_wider_the_band() -> None:
    straight, turned = (
        angles("squat", "side", yaw)["left_knee_flexion"].error_deg for yaw in (90, 65)
    )
    assert 4 < straight < turned < 20


def test_every_band_is_positive() -> None:
    for exercise_id, view, yaw_deg in (
        ("squat", "oblique", 45),
        ("shoulder_abduction", "front", 0),
        ("plank", "side", 90),
    ):
        found = angles(exercise_id, view, yaw_deg)
        assert found
        assert all(0 < angle.error_deg < 90 for angle in found.values())


def test_reported_angles_are_not_delayed() -> None:
    """On a brisk squat one frame of lag would cost seven degrees."""
    frames = movement("squat", [1, 1], fps=30)
    steps = judge("squat", frames).steps[:-1]
    truth = np.array([_knee_deg(frame.world_m) for frame in movement("squat", [1, 1], model=_TRUE)])
    told = np.array([step.angles["left_knee_flexion"].deg for step in steps])
    assert np.mean(np.abs(told - truth)) < 3
    lags = {
        lag: np.mean(np.abs(told[5:-5] - truth[5 - lag : len(truth) - 5 - lag]))
        for lag in range(-3, 4)
    }
    assert min(lags, key=lambda lag: float(lags[lag])) == 0


_TRUE = PoseModel(depth_gain=1.0)


def _knee_deg(world: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    thigh, shank = world[25] - world[23], world[27] - world[25]
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(thigh, shank)), thigh @ shank)))


def test_ranges_widen_and_keep_the_widest_band() -> None:
    ranges = Ranges()
    for deg, error_deg in ((10.0, 5.0), (90.0, 8.0), (40.0, 6.0)):
        ranges.take({"left_knee_flexion": Angle(deg, error_deg)})
    assert ranges.by_angle == {"left_knee_flexion": (10.0, 90.0, 8.0)}
