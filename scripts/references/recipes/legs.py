"""On the feet or a chair: the legs move. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

import math

import numpy as np

from coach.landmarks import SIDES, Side, of
from scripts.references.figure import (
    HIP_M,
    SOLE_M,
    Floats,
    Pose,
    figure,
    foot_on,
    outward,
    plant,
    reach,
)

from .common import SEAT_M, ease, fold_arm, hips_over_ankles, lifted


def squat(depth: float, *, lean_deg: float = 38.0, knees_in: float = 0.0) -> Floats:
    """To 95 degrees of knee flexion, arms reaching forward. `lean_deg` is the trunk's at the bottom."""
    knee = 4.0 + 91.0 * depth
    ankle = 0.33 * knee
    lean = 2.0 + (lean_deg - 2.0) * ease(depth)
    arms = 6.0 + 76.0 * ease(depth) + lean
    pose = Pose(trunk_lean=lean, nod=-0.6 * lean, shoulder_flexion=arms, elbow_flexion=8.0)
    hips_m, back_m = hips_over_ankles(knee, ankle)
    points = lifted(figure(pose), SOLE_M + hips_m, back_m)
    for side in SIDES:
        out = outward(side)
        knees = (out * (0.25 - knees_in * depth), 0.0, -1.0)
        plant(points, side, (out * 0.15, -SOLE_M, 0.0), knees)
    return points


def sit_to_stand(depth: float, *, rise_lean_deg: float = 40.0) -> Floats:
    """From a chair to standing, arms folded: in the first quarter the trunk leans forward, then the hips rise."""
    leant, risen = ease(min(1.0, depth / 0.25)), ease(max(0.0, depth - 0.2) / 0.8)
    knee, ankle = 92.0 - 88.0 * risen, 10.0 + 12.0 * math.sin(math.pi * risen) - 8.0 * risen
    lean = 4.0 + (rise_lean_deg - 4.0) * leant * (1.0 - risen) - 3.0 * risen
    hips_m, back_m = hips_over_ankles(knee, ankle)
    points = lifted(figure(Pose(trunk_lean=lean, nod=-0.5 * lean)), SOLE_M + hips_m, back_m)
    for side in SIDES:
        plant(points, side, (outward(side) * 0.11, -SOLE_M, 0.0), (0.0, 0.0, -1.0))
        fold_arm(points, side, lean)
    return points


def hip_abduction(depth: float, *, lean_deg: float = 3.0) -> Floats:
    """One straight leg to the side (depth below 0: the right one), hands on a support in front."""
    side: Side = "left" if depth >= 0.0 else "right"
    standing: Side = "right" if side == "left" else "left"
    part, out = abs(depth), outward(side)
    moved = 2.0 + 28.0 * part
    abduction = (moved, -2.0 * part) if side == "left" else (-2.0 * part, moved)
    points = figure(Pose(trunk_side=-out * lean_deg * part, hip_abduction=abduction))
    points += np.array((-out * HIP_M, -SOLE_M, 0.0)) - points[of(standing, "ankle")]
    foot_on(points, standing)
    for hand_side in SIDES:
        out = outward(hand_side)
        reach(points, hand_side, (out * 0.2, -0.98, -0.34), (out * 0.5, 0.6, 0.6))
    return points


def seated_knee_extension(depth: float, *, lean_back_deg: float = 0.0) -> Floats:
    """On a chair: one knee from 90 to 4 degrees (depth below 0: the right one), the hands on the thighs."""
    side: Side = "left" if depth >= 0.0 else "right"
    part = abs(depth)
    knee, ankle = 90.0 - 86.0 * part, 12.0 * ease(part)
    lean = 3.0 - lean_back_deg * ease(part)
    moving = {"hip": 90.0 + lean + 2.0 * part, "knee": knee + 2.0 * part, "ankle": ankle}
    still = {"hip": 90.0 + lean, "knee": 90.0, "ankle": 0.0}
    left, right = (moving, still) if side == "left" else (still, moving)
    pose = Pose(
        trunk_lean=lean,
        nod=3.0,
        hip_flexion=(left["hip"], right["hip"]),
        knee_flexion=(left["knee"], right["knee"]),
        ankle_dorsiflexion=(left["ankle"], right["ankle"]),
    )
    points = lifted(figure(pose), SEAT_M, 0.0)
    for hand_side in SIDES:
        out = outward(hand_side)
        reach(points, hand_side, (out * 0.13, -SEAT_M - 0.09, -0.26), (out, 0.3, 0.6))
    return points


RECIPES = (squat, sit_to_stand, hip_abduction, seated_knee_extension)
