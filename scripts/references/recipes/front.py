"""On hands, forearms or knees, or on the front. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

import math

import numpy as np

from coach.landmarks import SIDES, Landmark, Side, of
from scripts.references.figure import (
    FOREARM_M,
    SHOULDER_M,
    TRUNK_M,
    UPPER_ARM_M,
    Floats,
    Pose,
    Sided,
    figure,
    hand,
    outward,
    reach,
)

from .common import (
    BACK_M,
    BODY_M,
    LEG,
    ON_TOES_M,
    WRIST_M,
    arm_length,
    ease,
    flat_hand,
    grounded,
    lifted,
    limb,
    on_toes,
    rise_on_hands,
    swing,
)

_FOURS_LEAN_DEG = 78.0
"""Lean of the trunk on hands and knees: an arm is longer than a thigh."""
_KNEE_M = 0.045
"""Knee joints above the floor when kneeling."""


def push_up(depth: float, *, pike_deg: float = 0.0) -> Floats:
    """On hands and toes, face down: elbows from 12 to 97 degrees. `pike_deg` below 0: the hips sag."""
    wrist = np.array((0.24, -WRIST_M, -BODY_M * math.cos(math.radians(17.0))))
    rise = rise_on_hands(arm_length(12.0 + 85.0 * depth), wrist)
    points = on_toes(rise, pike_deg * (0.4 + 0.6 * depth))
    for side in SIDES:
        out = outward(side)
        reach(points, side, wrist * (out, 1.0, 1.0), (0.55 * out, -0.4, 1.0))
        flat_hand(points, side)
    return points


def plank(depth: float, *, pike_deg: float = 0.0) -> Floats:
    """On forearms and toes; the depth is a breath, a few millimetres."""
    rise = math.degrees(math.asin((UPPER_ARM_M + 0.035 - ON_TOES_M) / BODY_M))
    points = on_toes(rise + 0.25 * depth, pike_deg)
    for side in SIDES:
        elbow = points[of(side, "shoulder")] * (1.0, 0.0, 1.0) - (0.0, 0.035, 0.0)
        points[of(side, "elbow")] = elbow
        points[of(side, "wrist")] = elbow - np.array((outward(side) * 0.05, 0.0, 0.97 * FOREARM_M))
        flat_hand(points, side)
    return points


def plank_leg_raise(depth: float, *, pike_deg: float = 0.0, knee_deg: float = 0.0) -> Floats:
    """On hands and toes: one straight leg up behind by 22 degrees (depth below 0: the right one)."""
    points = push_up(0.0, pike_deg=2.5 * pike_deg)
    side, part = _mover(depth)
    leg = limb(side, LEG)
    swing(points, leg, points[of(side, "hip")], "x", 22.0 * part)
    swing(points, leg[1:], points[of(side, "knee")], "x", knee_deg * part)
    return points


def on_all_fours(
    hip_flexion: Sided = _FOURS_LEAN_DEG,
    knee_flexion: Sided = 90.0,
    *,
    foot: Sided = -75.0,
    lean_deg: float = _FOURS_LEAN_DEG,
    nod: float = -20.0,
) -> Floats:
    """On hands and knees, the hands under the shoulders; `foot` is the ankle's dorsiflexion."""
    pose = Pose(
        trunk_lean=lean_deg,
        nod=nod,
        hip_flexion=hip_flexion,
        knee_flexion=knee_flexion,
        ankle_dorsiflexion=foot,
    )
    points = grounded(figure(pose)) - (0.0, _KNEE_M, 0.0)
    for side in SIDES:
        out, shoulder = outward(side), points[of(side, "shoulder")]
        reach(points, side, (out * SHOULDER_M, -WRIST_M, shoulder[2]), (0.6 * out, 0.0, 1.0))
        flat_hand(points, side)
    return points


def quadruped_hip_extension(
    depth: float, *, over_deg: float = 0.0, straight_deg: float = 0.0
) -> Floats:
    """On hands and knees: one bent knee up behind until thigh and back are in line (depth below 0: the right one)."""
    side, part = _mover(depth)
    hip = _FOURS_LEAN_DEG * (1.0 - part) - over_deg * part
    knee = 90.0 - straight_deg * part
    return on_all_fours(
        _one(side, hip, _FOURS_LEAN_DEG),
        _one(side, knee, 90.0),
        foot=_one(side, -75.0 + 65.0 * ease(part), -75.0),
    )


def bird_dog(
    depth: float, *, arm_deg: float = 0.0, tilt_deg: float = 0.0, knee_deg: float = 0.0
) -> Floats:
    """On hands and knees: one leg long behind, the opposite arm long in front (depth below 0: the right leg)."""
    side, part = _mover(depth)
    lean = _FOURS_LEAN_DEG - tilt_deg * part
    points = on_all_fours(
        _one(side, lean * (1.0 - part), lean),
        _one(side, 90.0 + (knee_deg - 85.0) * part, 90.0),
        foot=_one(side, -75.0 + 55.0 * ease(part), -75.0),
        lean_deg=lean,
    )
    arm: Side = "right" if side == "left" else "left"
    shoulder, turn = points[of(arm, "shoulder")], math.radians((88.0 - arm_deg) * part)
    to_floor_m = (-shoulder[1] - WRIST_M) / math.cos(turn)
    along = np.array((0.0, math.cos(turn), -math.sin(turn)))
    wrist = shoulder + min(UPPER_ARM_M + FOREARM_M - 0.002, to_floor_m) * along
    reach(points, arm, wrist, (0.6 * outward(arm), 0.0, 1.0))
    if wrist[1] > -0.12:
        flat_hand(points, arm)
    return points


def cat_camel(depth: float, *, rock_deg: float = 0.0, elbow_deg: float = 0.0) -> Floats:
    """On hands and knees: from a hollow back with the head up to a round one with the head down."""
    lean = _FOURS_LEAN_DEG + 1.0 - 3.0 * depth
    pose = Pose(
        trunk_lean=lean,
        nod=-42.0 + 92.0 * depth,
        hip_flexion=lean - rock_deg * depth,
        knee_flexion=90.0 - rock_deg * depth,
        ankle_dorsiflexion=-75.0,
    )
    points = grounded(figure(pose)) - (0.0, _KNEE_M, 0.0)
    resting = grounded(figure(Pose(trunk_lean=_FOURS_LEAN_DEG, hip_flexion=_FOURS_LEAN_DEG)))
    knees = [int(of(side, "knee")) for side in SIDES]
    points[:, 2] += resting[knees, 2].mean() - points[knees, 2].mean()
    ahead = resting[Landmark.LEFT_SHOULDER, 2] + 0.12 * math.sin(math.radians(elbow_deg)) * depth
    for side in SIDES:
        out = outward(side)
        reach(points, side, (out * 0.2, -WRIST_M, ahead), (0.6 * out, 0.0, 1.0))
        flat_hand(points, side)
    return points


def superman(depth: float, *, knee_deg: float = 4.0, legs_deg: float = 11.0) -> Floats:
    """On the front, arms long ahead: chest, arms and legs leave the floor together."""
    chest = 13.0 * depth
    pose = Pose(
        trunk_lean=90.0 - chest,
        nod=-38.0 + 18.0 * depth,
        hip_flexion=-chest - legs_deg * depth,
        knee_flexion=2.0 + (knee_deg - 2.0) * depth,
        ankle_dorsiflexion=-80.0,
        shoulder_flexion=178.0 + 8.0 * depth,
        shoulder_abduction=12.0,
        elbow_flexion=6.0,
    )
    return lifted(figure(pose), BACK_M, 0.0)


def prone_press_up(depth: float, *, hips_m: float = 0.0) -> Floats:
    """On the front: the arms press the chest up, the hips stay down. `hips_m` is how high they come up with it."""
    raised = math.degrees(math.asin(min(1.0, hips_m / BODY_M))) * depth
    chest = 34.0 * depth
    pose = Pose(
        trunk_lean=90.0 - chest,
        nod=-10.0 - 0.3 * chest,
        hip_flexion=-chest + 1.6 * raised,
        ankle_dorsiflexion=-80.0,
    )
    points = lifted(figure(pose), BACK_M + hips_m * depth, 0.0)
    for side in SIDES:
        out = outward(side)
        reach(points, side, (out * 0.25, -WRIST_M, -TRUNK_M), (0.5 * out, -0.3, 1.0))
        flat_hand(points, side)
    return points


def side_plank(depth: float, *, sag_deg: float = 0.0) -> Floats:
    """On the left forearm and the edge of the feet, facing the camera; the depth is a breath."""
    rise = 15.1 + 0.2 * depth
    points = figure(
        Pose(trunk_side=90.0 - rise - 0.6 * sag_deg, hip_abduction=(0.0, -13.0), nod=-4.0)
    )
    legs = [*limb("left", LEG), *limb("right", LEG)]
    swing(points, legs, (0.0, 0.0, 0.0), "z", sag_deg)
    points = grounded(points)
    down = points[Landmark.LEFT_SHOULDER]
    points[Landmark.LEFT_ELBOW] = down - (0.0, -UPPER_ARM_M, 0.0)
    points[Landmark.LEFT_WRIST] = points[Landmark.LEFT_ELBOW] - (0.0, 0.0, FOREARM_M)
    hand(points, "left", np.array(((0.0, -1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))))
    hand(points, "right", np.array(((0.0, 0.0, -1.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0))))
    return points


def _mover(depth: float) -> tuple[Side, float]:
    """Who moves, and how far (0..1)."""
    return ("left" if depth >= 0.0 else "right"), abs(depth)


def _one(side: Side, moving: float, still: float) -> tuple[float, float]:
    return (moving, still) if side == "left" else (still, moving)


RECIPES = (
    push_up,
    plank,
    plank_leg_raise,
    quadruped_hip_extension,
    superman,
    bird_dog,
    cat_camel,
    prone_press_up,
    side_plank,
)
