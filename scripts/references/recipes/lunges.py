"""Both legs bend, or one carries the body up and down. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from coach.landmarks import SIDES, Side
from scripts.references.figure import (
    SOLE_M,
    Floats,
    Pose,
    figure,
    foot_on,
    outward,
    plant,
    reach,
)

from .common import LEG_M, ease, hips_over_ankles, lifted
from .feet import ankle_on_toes, hold_on, tipped

AHEAD: Final = (0.0, 0.0, -1.0)
STEP_M: Final = 0.15
STANDING_M: Final = SOLE_M + LEG_M


def mini_squat(depth: float, *, knee_deg: float = 46.0, lean_deg: float = 14.0) -> Floats:
    """A small knee bend, the hands on a support."""
    knee = 4.0 + (knee_deg - 4.0) * depth
    lean = 2.0 + (lean_deg - 2.0) * ease(depth)
    hips_m, back_m = hips_over_ankles(knee, 0.42 * knee)
    points = lifted(figure(Pose(trunk_lean=lean, nod=-0.5 * lean)), SOLE_M + hips_m, back_m)
    for side in SIDES:
        plant(points, side, (outward(side) * 0.12, -SOLE_M, 0.0), AHEAD)
    hold_on(points)
    return points


def wall_sit(depth: float, *, knee_deg: float = 78.0, lean_deg: float = 2.0) -> Floats:
    """Back to a wall, knees bent, the arms hanging; the depth is a breath, a few millimetres."""
    hips_m, back_m = hips_over_ankles(knee_deg + 0.4 * depth, 6.0)
    pose = Pose(trunk_lean=lean_deg, shoulder_flexion=lean_deg, shoulder_abduction=6.0)
    points = lifted(figure(pose), SOLE_M + hips_m, back_m)
    for side in SIDES:
        plant(points, side, (outward(side) * 0.12, -SOLE_M, 0.0), AHEAD)
    return points


def lunge(
    depth: float, *, lean_deg: float = 6.0, stride_m: float = 0.72, knee_in: float = 0.0
) -> Floats:
    """One foot steps ahead (depth below 0: the right one), then the hips sink between the feet."""
    front: Side = "left" if depth >= 0.0 else "right"
    part, out = abs(depth), outward(front)
    stepped, lean = part * (2.0 - part), lean_deg * ease(part)
    hips_m = STANDING_M - 0.37 * part**1.4 - 0.02 * part
    points = lifted(
        figure(Pose(trunk_lean=lean, nod=-0.5 * lean)), hips_m, -0.55 * stride_m * stepped
    )
    swing_m = 0.03 * math.sin(math.pi * min(1.0, part / 0.5))
    front_ankle = (out * 0.1, -SOLE_M - swing_m, -stride_m * stepped)
    plant(points, front, front_ankle, (-out * knee_in * part, 0.0, -1.0))
    rear: Side = "right" if front == "left" else "left"
    rise_deg = 52.0 * ease(part)
    plant(points, rear, ankle_on_toes(rear, rise_deg), (0.0, 0.6, -1.0))
    foot_on(points, rear, tipped(rise_deg))
    hands_on_hips(points)
    return points


def side_lunge(depth: float, *, lean_deg: float = 24.0, knee_in: float = 0.0) -> Floats:
    """A wide step to one side (depth below 0: to the right), that knee bends, the other leg stays long."""
    side: Side = "left" if depth >= 0.0 else "right"
    other: Side = "right" if side == "left" else "left"
    part, out = abs(depth), outward(side)
    lean = 2.0 + (lean_deg - 2.0) * part
    points = figure(Pose(trunk_lean=lean, nod=-0.5 * lean))
    hips_m = STANDING_M - 0.24 * part * part - 0.04 * part
    points += (out * 0.6 * part, -hips_m, 0.08 * part)
    swing_m = 0.04 * math.sin(math.pi * part)
    ankle = (out * (0.1 + 0.78 * part), -SOLE_M - swing_m, 0.0)
    plant(points, side, ankle, (out * (0.15 - knee_in * part), 0.0, -1.0))
    plant(points, other, (-out * 0.1, -SOLE_M, 0.0), AHEAD)
    hands_on_hips(points)
    return points


def step_up(depth: float, *, lean_deg: float = 12.0) -> Floats:
    """One foot on a step (depth below 0: the right one): that leg carries the body up, the other foot follows."""
    lead: Side = "left" if depth >= 0.0 else "right"
    trail: Side = "right" if lead == "left" else "left"
    part, out = abs(depth), outward(lead)
    over = ease(part / 0.7)
    lean = lean_deg * (1.0 - part) + 1.0
    hips_m = STANDING_M - 0.02 + (STEP_M + 0.015) * part
    points = lifted(figure(Pose(trunk_lean=lean, nod=-0.5 * lean)), hips_m, -0.08 - 0.2 * over)
    plant(points, lead, (out * 0.1, -SOLE_M - STEP_M, -0.28), AHEAD)
    up_m = STEP_M * part + 0.07 * math.sin(math.pi * part)
    plant(points, trail, (-out * 0.1, -SOLE_M - up_m, -0.28 * ease((part - 0.3) / 0.7)), AHEAD)
    hands_on_hips(points)
    return points


def lateral_step_down(
    depth: float, *, knee_in: float = 0.0, drop_deg: float = 0.0, lean_deg: float = 2.0
) -> Floats:
    """Standing on a step with one leg (depth below 0: the right one): it bends until the other heel taps the floor."""
    side: Side = "left" if depth >= 0.0 else "right"
    free: Side = "right" if side == "left" else "left"
    part, out = abs(depth), outward(side)
    tilt = out * drop_deg * part
    points = figure(Pose(trunk_lean=2.0 + 10.0 * part, trunk_side=out * lean_deg * part - tilt))
    points += (out * 0.06, -STANDING_M - STEP_M * (1.0 - part) + 0.015, 0.06 * part)
    plant(points, side, (out * 0.1, -SOLE_M - STEP_M, 0.0), (-out * knee_in * part, 0.0, -1.0))
    plant(points, free, (-out * 0.12, -SOLE_M - STEP_M * (1.0 - part), -0.08 * part), AHEAD)
    hands_on_hips(points)
    return points


def jumping_jack(depth: float, *, arms_deg: float = 150.0, feet_m: float = 0.4) -> Floats:
    """Feet apart and arms overhead, and back again. `feet_m` is how far each foot is from the middle."""
    aside = 0.1 + (feet_m - 0.1) * depth
    hips_m = SOLE_M + math.sqrt((LEG_M - 0.006) ** 2 - (aside - 0.1) ** 2)
    raised = 7.0 + (arms_deg - 7.0) * depth
    pose = Pose(shoulder_abduction=raised, elbow_flexion=12.0, arm_turn=-80.0 * ease(depth))
    points = lifted(figure(pose), hips_m, 0.0)
    for side in SIDES:
        plant(points, side, (outward(side) * aside, -SOLE_M, 0.0), AHEAD)
    return points


def hands_on_hips(points: Floats) -> None:
    """The hands on the hips, elbows out."""
    middle = points[[23, 24]].mean(0)
    for side in SIDES:
        out = outward(side)
        reach(points, side, middle + np.array((out * 0.17, -0.05, -0.06)), (out, 0.0, 0.5))


RECIPES = (
    mini_squat,
    wall_sit,
    lunge,
    side_lunge,
    step_up,
    lateral_step_down,
    jumping_jack,
)
