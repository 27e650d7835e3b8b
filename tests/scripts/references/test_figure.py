"""The figure behind references and test data: joints bend the right way, bones keep their length, feet stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.landmarks import MIRROR, SIDES, Landmark, of
from scripts.references.figure import (
    FOREARM_M,
    SHANK_M,
    THIGH_M,
    TRUNK_M,
    UPPER_ARM_M,
    Floats,
    Pose,
    figure,
    plant,
    reach,
)
from scripts.references.recipes import RECIPES
from scripts.references.recipes.common import BACK_M

LEFT_HIP, LEFT_KNEE, LEFT_ANKLE = of("left", "hip"), of("left", "knee"), of("left", "ankle")
ON_A_STEP = {"step_up": 0.15, "lateral_step_down": 0.15}
STAYS: dict[str, list[Landmark]] = {
    "lunge": [Landmark.RIGHT_FOOT_INDEX],
    "heel_raise": [Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX],
    "step_up": [Landmark.LEFT_ANKLE],
    "lateral_step_down": [Landmark.LEFT_ANKLE],
    "jumping_jack": [],
    "dead_bug": [Landmark.RIGHT_ANKLE],
    "superman": [Landmark.LEFT_HIP, Landmark.RIGHT_HIP],
}
"""What does not move, where it is not the ankles."""
angle = st.floats(-20, 130)


def bones(points: Floats) -> list[float]:
    lengths = []
    for side in SIDES:
        for near, far in (
            ("shoulder", "elbow"),
            ("elbow", "wrist"),
            ("hip", "knee"),
            ("knee", "ankle"),
        ):
            lengths.append(float(np.linalg.norm(points[of(side, far)] - points[of(side, near)])))
    middle = points[[11, 12]].mean(0) - points[[23, 24]].mean(0)
    return [*lengths, float(np.linalg.norm(middle))]


LENGTHS = [*[UPPER_ARM_M, FOREARM_M, THIGH_M, SHANK_M] * 2, TRUNK_M]


def test_the_anatomical_position() -> None:
    points = figure(Pose())
    assert points[[23, 24]].mean(0) == pytest.approx([0, 0, 0])
    assert points[LEFT_ANKLE] == pytest.approx([0.1, THIGH_M + SHANK_M, 0])
    assert points[Landmark.NOSE, 2] < points[Landmark.LEFT_EAR, 2]  # faces the camera
    assert points[Landmark.LEFT_FOOT_INDEX, 2] < points[Landmark.LEFT_HEEL, 2]
    assert np.allclose(points[list(MIRROR)] * (-1, 1, 1), points)


@pytest.mark.parametrize(
    ("angles", "joint", "place"),
    [
        ({"hip_flexion": 90}, LEFT_KNEE, (0.1, 0, -THIGH_M)),  # forward
        ({"hip_abduction": 90}, LEFT_KNEE, (0.1 + THIGH_M, 0, 0)),  # outward
        ({"knee_flexion": 90}, LEFT_ANKLE, (0.1, THIGH_M, SHANK_M)),  # backward
        ({"hip_flexion": 90, "knee_flexion": 90}, LEFT_ANKLE, (0.1, SHANK_M, -THIGH_M)),  # sits
        ({"shoulder_flexion": 90}, of("left", "elbow"), (0.18, -TRUNK_M, -UPPER_ARM_M)),
        ({"shoulder_abduction": 90}, of("right", "elbow"), (-0.18 - UPPER_ARM_M, -TRUNK_M, 0)),
        ({"trunk_lean": 90}, of("left", "shoulder"), (0.18, 0, -TRUNK_M)),  # face down
        (
            {"trunk_lean": -90, "hip_flexion": 90},
            LEFT_KNEE,
            (0.1, -THIGH_M, 0),
        ),  # on the back, knees up
        ({"elbow_flexion": 90}, of("left", "wrist"), (0.18, UPPER_ARM_M - TRUNK_M, -FOREARM_M)),
        (
            {"elbow_flexion": 90, "arm_turn": 90},
            of("left", "wrist"),
            (0.18 - FOREARM_M, UPPER_ARM_M - TRUNK_M, 0),
        ),
    ],
    ids=str,
)
def test_joints_bend_the_right_way(
    angles: dict[str, float], joint: int, place: tuple[float, ...]
) -> None:
    assert figure(Pose(**angles))[joint] == pytest.approx(place, abs=1e-9)


def test_one_side_alone() -> None:
    points = figure(Pose(knee_flexion=(0.0, 90.0)))
    assert points[LEFT_ANKLE, 2] == pytest.approx(0)
    assert points[of("right", "ankle"), 2] == pytest.approx(SHANK_M)


@given(angle, angle, angle, angle, angle, st.floats(-90, 90))
def test_bones_keep_their_length(
    hip: float, aside: float, knee: float, arm: float, elbow: float, lean: float
) -> None:
    pose = Pose(lean, 5.0, 0.0, hip, aside / 4, knee, 3.0, 10.0, arm, aside, elbow, 20.0)
    assert bones(figure(pose)) == pytest.approx(LENGTHS)


@given(st.floats(-0.3, 0.3), st.floats(-0.9, -0.3), st.floats(-0.45, 0.2))
def test_reaching_keeps_the_bones_and_arrives_where_the_arm_is_long_enough(
    x: float, y: float, z: float
) -> None:
    points = figure(Pose())
    target = np.array((0.18 + x, y, z))
    reach(points, "left", target, (1.0, 0.3, 0.2))
    assert bones(points) == pytest.approx(LENGTHS)
    if 0.03 < np.linalg.norm(target - points[of("left", "shoulder")]) < 0.5:
        assert points[of("left", "wrist")] == pytest.approx(target, abs=1e-6)


def test_a_planted_foot_is_flat_and_its_knee_points_as_told() -> None:
    points = figure(Pose())
    plant(points, "left", (0.1, 0.6, 0.0), (0.0, 0.0, -1.0))
    assert points[LEFT_ANKLE] == pytest.approx((0.1, 0.6, 0.0))
    assert points[LEFT_KNEE, 2] < -0.1
    assert points[Landmark.LEFT_HEEL, 1] == pytest.approx(points[Landmark.LEFT_FOOT_INDEX, 1])


@pytest.mark.parametrize("exercise_id", RECIPES)
@pytest.mark.parametrize("depth", [0.0, 0.3, 0.7, 1.0])
def test_recipes_are_bodies_on_a_floor(exercise_id: str, depth: float) -> None:
    points = RECIPES[exercise_id](depth)
    assert points.shape == (33, 3)
    *limbs, trunk = bones(points)
    assert limbs == pytest.approx(LENGTHS[:-1], rel=0.025)
    raised_m = 0.06 * depth if exercise_id == "shoulder_shrug" else 0.0
    assert trunk == pytest.approx(TRUNK_M + raised_m, rel=0.025)
    # who lies has no landmark on the floor, only half a body's thickness above it
    assert -BACK_M - 0.005 - ON_A_STEP.get(exercise_id, 0.0) < points[:, 1].max() < 0.015


@pytest.mark.parametrize("exercise_id", RECIPES)
def test_what_should_stay_stays(exercise_id: str) -> None:
    poses = np.stack([RECIPES[exercise_id](depth) for depth in (0.0, 0.25, 0.5, 0.75, 1.0)])
    ankles = [28] if RECIPES[exercise_id](-1.0)[27, 1] > -0.2 else [27, 28]
    fixed = STAYS.get(exercise_id, ankles)
    assert np.ptp(poses[:, fixed], axis=0).max(initial=0.0) < 0.02


@pytest.mark.parametrize(
    "exercise_id",
    [
        "hip_abduction",
        "seated_knee_extension",
        "hamstring_curl",
        "straight_leg_raise",
        "heel_slide",
        "dead_bug",
        "knee_raise",
        "lunge",
        "side_lunge",
        "step_up",
        "lateral_step_down",
        "plank_leg_raise",
        "quadruped_hip_extension",
        "bird_dog",
        "side_bend",
        "neck_side_bend",
        "neck_rotation",
    ],
)
def test_below_zero_is_the_mirror_image(exercise_id: str) -> None:
    recipe = RECIPES[exercise_id]
    assert np.allclose(recipe(-0.8), recipe(0.8)[list(MIRROR)] * (-1, 1, 1), atol=1e-9)
