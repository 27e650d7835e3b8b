"""Standing or sitting: neck, shoulders and trunk move. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

import numpy as np

from coach.landmarks import SIDES, Landmark, of
from scripts.references.figure import (
    HIP_M,
    SOLE_M,
    Floats,
    Pose,
    figure,
    outward,
    plant,
    reach,
)

from .common import ARM, HEAD, LEG_M, SEAT_M, lifted, limb, standing, swing


def neck_side_bend(depth: float, *, lean_deg: float = 0.0, hike_m: float = 0.0) -> Floats:
    """Sitting: one ear towards its shoulder, 30 degrees (depth below 0: the right one)."""
    points = _sitting(trunk_side=lean_deg * depth)
    swing(points, HEAD, _neck(points), "z", 30.0 * depth)
    side = SIDES[0] if depth >= 0.0 else SIDES[1]
    points[[of(side, "shoulder"), *limb(side, ARM)], 1] -= hike_m * abs(depth)
    return points


def neck_rotation(depth: float, *, trunk_deg: float = 0.0) -> Floats:
    """Sitting: the face turns to one side by 55 degrees (depth below 0: the right one)."""
    points = _sitting()
    upper = [*HEAD, *(int(of(side, "shoulder")) for side in SIDES)]
    upper += [point for side in SIDES for point in limb(side, ARM)]
    swing(points, upper, (0.0, 0.0, 0.0), "y", -trunk_deg * depth)
    swing(points, HEAD, _neck(points), "y", (trunk_deg - 55.0) * depth)
    return points


def neck_retraction(
    depth: float, *, back_m: float = 0.05, nod_deg: float = 4.0, lean_deg: float = 0.0
) -> Floats:
    """Sitting: the head glides straight back by `back_m`, the face stays level."""
    points = _sitting(trunk_lean=1.0 - lean_deg * depth)
    swing(points, HEAD, _neck(points), "x", nod_deg * depth)
    points[list(HEAD), 2] += back_m * depth - 0.02
    return points


def shoulder_shrug(depth: float, *, uneven_m: float = 0.0, elbow_deg: float = 5.0) -> Floats:
    """Both shoulders towards the ears by 6 cm, standing; `uneven_m` is how much less the right one rises."""
    points = standing(
        Pose(shoulder_abduction=6.0, elbow_flexion=5.0 + (elbow_deg - 5.0) * depth, arm_turn=-40.0)
    )
    for side in SIDES:
        rise = 0.06 - (uneven_m if side == "right" else 0.0)
        points[[of(side, "shoulder"), *limb(side, ARM)], 1] -= rise * depth
    return points


def side_bend(depth: float, *, hips_m: float = 0.0, knee_m: float = 0.0) -> Floats:
    """Standing: the trunk bends to one side by 25 degrees, the hand slides down the leg (depth below 0: right)."""
    arms = (6.0 + 14.0 * depth, 6.0 - 14.0 * depth)
    points = figure(Pose(trunk_side=25.0 * depth, shoulder_abduction=arms, elbow_flexion=8.0))
    hips = np.array((-hips_m * depth, knee_m * abs(depth) - SOLE_M - LEG_M + 0.004, 0.0))
    points += hips
    for side in SIDES:
        out = outward(side)
        points[of(side, "hip")] = hips + np.array((out * HIP_M, 0.0, 0.0))
        plant(points, side, (out * 0.12, -SOLE_M, 0.0), (0.0, 0.0, -1.0))
    return points


def pendulum(depth: float) -> Floats:
    """Bent forward, the right hand on a table, the left arm hanging and swinging a little."""
    lean = 58.0
    pose = Pose(trunk_lean=lean, nod=-20.0, hip_flexion=lean - 4.0, knee_flexion=8.0)
    points = lifted(figure(pose), SOLE_M + LEG_M - 0.01, 0.12)
    for side in SIDES:
        plant(points, side, (outward(side) * 0.13, -SOLE_M, 0.06), (0.0, 0.0, -1.0))
    shoulder = points[Landmark.LEFT_SHOULDER]
    swung = (0.02, 0.5, 0.09 - 0.18 * depth)
    reach(points, "left", shoulder + swung, (0.3, 0.0, 1.0))
    reach(points, "right", points[Landmark.RIGHT_SHOULDER] + (-0.05, 0.3, -0.25), (-0.6, 0.2, 1.0))
    return points


def _sitting(*, trunk_lean: float = 2.0, trunk_side: float = 0.0) -> Floats:
    """On a chair, facing forward, the hands on the thighs."""
    pose = Pose(
        trunk_lean=trunk_lean,
        trunk_side=trunk_side,
        hip_flexion=90.0 + trunk_lean,
        knee_flexion=90.0,
    )
    points = lifted(figure(pose), SEAT_M, 0.0)
    for side in SIDES:
        out = outward(side)
        points[of(side, "hip")] = (out * HIP_M, -SEAT_M, 0.0)
        plant(points, side, (out * 0.12, -SOLE_M, -0.39), (0.0, -0.6, -1.0))
        reach(points, side, (out * 0.13, -SEAT_M - 0.09, -0.26), (out, 0.3, 0.6))
    return points


def _neck(points: Floats) -> Floats:
    """About where the neck bends: a little above the middle of the shoulders."""
    middle: Floats = points[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(0)
    return middle - (0.0, 0.06, 0.0)


RECIPES = (
    neck_side_bend,
    neck_rotation,
    neck_retraction,
    shoulder_shrug,
    side_bend,
    pendulum,
)
