"""Figures who do an exercise in one of its variants: on a chair, a hand on a support, on one side, without a limb."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from coach.frame import PoseFrame
from coach.landmarks import SIDES, Landmark, Part, Side, lost, of
from scripts.references.figure import SOLE_M, Floats, Pose, figure, foot_on, outward, plant, reach
from scripts.references.recipes import RECIPES, Recipe
from scripts.references.recipes.common import ARM, SEAT_M, lifted, limb, standing
from scripts.references.recipes.feet import ankle_on_toes, hold_on, tipped

_FEET_M: Final = -0.4
"""How far before the hips the feet of somebody on a chair stand."""


def on_a_chair(exercise_id: str, depth: float) -> Floats:
    """The same arms and trunk on somebody who sits, the feet flat on the floor."""
    points = RECIPES[exercise_id](depth).copy()
    hips = points[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(0)
    points += np.array((0.0, -SEAT_M, 0.0)) - hips
    for side in SIDES:
        plant(points, side, (outward(side) * 0.12, -SOLE_M, _FEET_M), (0.0, -0.2, -1.0))
    return points


def seated_heel_raise(depth: float) -> Floats:
    """On a chair: the heels rise over the toes by 33 degrees, and the knees with them."""
    points = _sitting(Pose(hip_flexion=90.0, knee_flexion=90.0))
    for side in SIDES:
        aside, up, ahead = ankle_on_toes(side, 33.0 * depth)
        plant(points, side, (aside, up, ahead + _FEET_M), (0.0, -0.2, -1.0))
        foot_on(points, side, tipped(33.0 * depth))
    return points


def seated_march(depth: float) -> Floats:
    """On a chair: one thigh from level to 24 degrees above it (depth below 0: the right one)."""
    raised, still = 90.0 + 24.0 * abs(depth), 90.0
    thighs = (raised, still) if depth >= 0.0 else (still, raised)
    return _sitting(Pose(hip_flexion=thighs, knee_flexion=90.0))


def seated_ankle_pump(depth: float) -> Floats:
    """On a chair, the legs hanging: the feet go from 12 degrees up to 38 degrees down."""
    pose = Pose(hip_flexion=90.0, knee_flexion=80.0, ankle_dorsiflexion=12.0 - 50.0 * depth)
    return _sitting(pose) - np.array((0.0, 0.1, 0.0))


def one_shoulder(depth: float) -> Floats:
    """Standing: one shoulder rises by 6 cm and its arm with it (depth below 0: the right one)."""
    points = standing(Pose(shoulder_abduction=6.0, elbow_flexion=5.0, arm_turn=-40.0))
    side: Side = "left" if depth >= 0.0 else "right"
    points[[of(side, "shoulder"), *limb(side, ARM)], 1] -= 0.06 * abs(depth)
    return points


def on_one_leg(depth: float) -> Floats:
    """A small knee bend on the left leg, the right foot held off the floor behind, the hands on a support."""
    points = RECIPES["mini_squat"](depth).copy()
    plant(points, "right", (-0.12, -SOLE_M - 0.12, 0.25), (0.0, 0.0, -1.0))
    hold_on(points)
    return points


def one_leg_bridge(depth: float) -> Floats:
    """The hips rise over the left foot; the right leg is straight, its thigh beside the other one."""
    points = RECIPES["glute_bridge"](depth).copy()
    hip, knee = (points[of("right", part)].copy() for part in ("hip", "knee"))
    points[of("right", "ankle")] = knee + (knee - hip)
    foot_on(points, "right")
    return points


def holding_on(exercise_id: str, depth: float, *, hands: Iterable[Side] = SIDES) -> Floats:
    """The exercise with one hand, or both, on a support that does not move."""
    points = RECIPES[exercise_id](depth).copy()
    for side in hands:
        reach(points, side, (outward(side) * 0.25, -0.95, -0.3), (outward(side), 0.6, 0.6))
    return points


def pushing_up(depth: float) -> Floats:
    """From a chair to standing, both hands on armrests for as long as they reach."""
    points = RECIPES["sit_to_stand"](depth).copy()
    for side in SIDES:
        reach(points, side, (outward(side) * 0.27, -SEAT_M - 0.2, 0.2), (outward(side), 0.0, 1.0))
    return points


def _sitting(pose: Pose) -> Floats:
    """On a chair, the hands on the edge of its seat."""
    points = lifted(figure(pose), SEAT_M, 0.0)
    for side in SIDES:
        reach(points, side, (outward(side) * 0.22, -SEAT_M + 0.02, 0.05), (outward(side), 0.0, 1.0))
    return points


def without_limb(frames: Iterable[PoseFrame], part: Part, seed: int = 5) -> list[PoseFrame]:
    """The frames as a pose model sees a missing limb: it invents one near the stump, another one in every frame."""
    rng, stumps = np.random.default_rng(seed), lost([part])
    return [_invented(frame, list(stumps), list(stumps.values()), rng) for frame in frames]


def legs_hidden(frames: Iterable[PoseFrame], seed: int = 5) -> list[PoseFrame]:
    """The frames of somebody at a table: the legs are invented, and doubted."""
    rng, stumps = np.random.default_rng(seed), lost(["left_leg", "right_leg"])
    gone, hips = list(stumps), list(stumps.values())
    return [_invented(frame, gone, hips, rng, below_px=80.0, doubt=0.3) for frame in frames]


def _invented(
    frame: PoseFrame,
    gone: list[int],
    stumps: list[int],
    rng: np.random.Generator,
    *,
    below_px: float = 0.0,
    doubt: float = 0.6,
) -> PoseFrame:
    image_px, world_m, visibility = (
        values.copy() for values in (frame.image_px, frame.world_m, frame.visibility)
    )
    stray = rng.normal(0.0, 1.0, (len(gone), 2))
    image_px[gone] = image_px[stumps] + (0.0, below_px) + 60.0 * stray
    world_m[gone] = world_m[stumps] + rng.normal(0.0, 0.2, (len(gone), 3))
    visibility[gone] = rng.uniform(0.0, doubt, len(gone))
    return replace(frame, image_px=image_px, world_m=world_m, visibility=visibility)


SEATED: Final[dict[str, Recipe]] = {
    **{
        name: partial(on_a_chair, name)
        for name in (
            "shoulder_flexion",
            "shoulder_abduction",
            "biceps_curl",
            "shoulder_press",
            "external_rotation",
            "row",
            "horizontal_abduction",
            "triceps_extension",
            "shoulder_shrug",
            "side_bend",
            "jumping_jack",
            "russian_twist",
            "neck_rotation",
            "neck_side_bend",
            "neck_retraction",
        )
    },
    "heel_raise": seated_heel_raise,
    "knee_raise": seated_march,
    "ankle_pump": seated_ankle_pump,
}

ONE_SIDED: Final[dict[str, Recipe]] = {
    "shoulder_shrug": one_shoulder,
    "mini_squat": on_one_leg,
    "glute_bridge": one_leg_bridge,
}

AIDED: Final[dict[str, Callable[..., Floats]]] = {
    **{
        name: partial(holding_on, name)
        for name in (
            "squat",
            "mini_squat",
            "hip_abduction",
            "hip_extension",
            "hamstring_curl",
            "knee_raise",
            "heel_raise",
            "single_leg_stance",
            "lunge",
            "step_up",
            "lateral_step_down",
            "terminal_knee_extension",
            "side_lunge",
        )
    },
    "sit_to_stand": pushing_up,
}
