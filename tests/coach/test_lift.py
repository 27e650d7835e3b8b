"""Angles in space from one picture: better than the plain picture angle out of the picture plane."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from coach.body import Body, frame_scale_px
from coach.joints import ANGLES
from coach.lift import JOINTS, Lift
from tests.builders import EXACT, Camera, PoseModel, stick_figure

REAL = PoseModel(depth_gain=0.58, noise_px=1.5, noise_m=0.015)
"""The pose model's known under-reading of depth."""

SQUATS = [
    {"knee_flexion": k, "hip_flexion": 0.9 * k, "trunk_lean": 0.3 * k}
    for k in (10.0, 40.0, 70.0, 95.0)
]
CURLS = [{"elbow_flexion": e, "shoulder_abduction": 8.0} for e in (10.0, 50.0, 90.0, 120.0)]
RAISES = [{"shoulder_abduction": a} for a in (15.0, 45.0, 80.0, 110.0)]


def errors(name: str, poses: list[dict[str, float]], yaws: list[float]) -> tuple[float, float]:
    """Mean absolute error in degrees of the lifted and of the plain picture angle."""
    lift, lifted, plain = Lift((name,)), [], []
    for i, (pose, yaw_deg) in enumerate(itertools.product(poses, yaws)):
        frame = stick_figure(camera=Camera(yaw_deg), model=REAL, seed=i, **pose)
        scale_px = frame_scale_px(frame)
        truth = pose[name]
        lifted.append(abs(lift(frame, scale_px)[f"left_{name}"].deg - truth))
        plain.append(abs(ANGLES[name].read(Body(frame, scale_px), "left") - truth))
    return float(np.mean(lifted)), float(np.mean(plain))


@pytest.mark.parametrize(
    ("name", "poses", "yaws", "at_most"),
    [
        ("knee_flexion", SQUATS, [20.0, 35.0, 50.0, -35.0], 16.0),
        ("hip_flexion", SQUATS, [20.0, 35.0, 50.0, -35.0], 13.0),
        ("elbow_flexion", CURLS, [15.0, 30.0, 45.0, -30.0], 20.0),
        ("shoulder_abduction", RAISES, [40.0, 55.0, 70.0, -55.0], 15.0),
    ],
)
def test_out_of_its_plane_the_lifted_angle_beats_the_picture(
    name: str, poses: list[dict[str, float]], yaws: list[float], at_most: float
) -> None:
    lifted, plain = errors(name, poses, yaws)
    assert lifted < 0.8 * plain
    assert lifted < at_most


@pytest.mark.parametrize("yaw_deg", [90.0, -90.0])
def test_in_its_plane_it_does_little_harm(yaw_deg: float) -> None:
    lifted, _ = errors("knee_flexion", SQUATS, [yaw_deg])
    assert lifted < 14.0


@pytest.mark.parametrize("name", sorted(JOINTS))
def test_a_straight_body_is_near_zero_and_its_band_covers_zero(name: str) -> None:
    frame = stick_figure(view="oblique", model=EXACT)
    angle = Lift((name,))(frame, frame_scale_px(frame))[f"right_{name}"]
    assert angle.deg < 25
    assert angle.deg - angle.error_deg < 8
    assert angle.error_deg > 0


def test_the_band_covers_the_truth_in_most_frames() -> None:
    lift, covered = Lift(("knee_flexion",)), []
    for i, (pose, yaw_deg) in enumerate(itertools.product(SQUATS, range(20, 91, 10))):
        frame = stick_figure(camera=Camera(float(yaw_deg)), model=REAL, seed=i, **pose)
        angle = lift(frame, frame_scale_px(frame))["left_knee_flexion"]
        covered.append(abs(angle.deg - pose["knee_flexion"]) <= angle.error_deg)
    assert np.mean(covered) >= 0.75


def test_sides_have_their_own_angles_and_aliases_are_the_same_angle() -> None:
    frame = stick_figure(view="front", shoulder_abduction=(90.0, 20.0))
    angles = Lift(("shoulder_abduction", "shoulder_flexion"))(frame, frame_scale_px(frame))
    assert angles["left_shoulder_abduction"].deg > angles["right_shoulder_abduction"].deg + 50
    assert angles["left_shoulder_abduction"] == angles["left_shoulder_flexion"]


def test_nothing_to_lift() -> None:
    assert Lift(())(stick_figure(), 300.0) == {}


def test_an_unknown_angle_is_refused_when_built() -> None:
    with pytest.raises(KeyError):
        Lift(("neck_flexion",))
