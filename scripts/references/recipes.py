"""How each exercise looks at each depth: 0 in the start position, 1 done well. Feet, hands and seat stay in place.

Every recipe gives `(33, 3)` metres in a room whose floor is y = 0 (see `figure`). The keywords of a recipe are what is
most often done wrong; their defaults are right.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from coach.landmarks import SIDES, Landmark, Side, of

from .figure import (
    FOREARM_M,
    HIP_M,
    SHANK_M,
    SHOULDER_M,
    SOLE_M,
    THIGH_M,
    TRUNK_M,
    UPPER_ARM_M,
    UPRIGHT,
    Floats,
    Pose,
    figure,
    foot_on,
    outward,
    plant,
    reach,
)

SEAT_M: Final = SHANK_M + SOLE_M
"""Hips above the floor on a chair that fits: the feet are flat and the thighs level."""

ON_TOES_M: Final = 0.157
"""Ankles above the floor when the toes carry the body."""

_BACK_M: Final = 0.09
"""Shoulder and hip joints above the floor when lying on the back."""

_WRIST_M: Final = 0.05
"""Wrists above the floor on flat hands."""

_LEG_M: Final = THIGH_M + SHANK_M
_BODY_M: Final = _LEG_M + TRUNK_M


def squat(depth: float, *, lean_deg: float = 38.0, knees_in: float = 0.0) -> Floats:
    """To 95 degrees of knee flexion, arms reaching forward. `lean_deg` is the trunk's at the bottom."""
    knee = 4.0 + 91.0 * depth
    ankle = 0.33 * knee
    lean = 2.0 + (lean_deg - 2.0) * _ease(depth)
    arms = 6.0 + 76.0 * _ease(depth) + lean
    pose = Pose(trunk_lean=lean, nod=-0.6 * lean, shoulder_flexion=arms, elbow_flexion=8.0)
    hips_m, back_m = _hips_over_ankles(knee, ankle)
    points = _lifted(figure(pose), SOLE_M + hips_m, back_m)
    for side in SIDES:
        out = outward(side)
        knees = (out * (0.25 - knees_in * depth), 0.0, -1.0)
        plant(points, side, (out * 0.15, -SOLE_M, 0.0), knees)
    return points


def sit_to_stand(depth: float, *, rise_lean_deg: float = 40.0) -> Floats:
    """From a chair to standing, arms folded: in the first quarter the trunk leans forward, then the hips rise."""
    leant, risen = _ease(min(1.0, depth / 0.25)), _ease(max(0.0, depth - 0.2) / 0.8)
    knee, ankle = 92.0 - 88.0 * risen, 10.0 + 12.0 * math.sin(math.pi * risen) - 8.0 * risen
    lean = 4.0 + (rise_lean_deg - 4.0) * leant * (1.0 - risen) - 3.0 * risen
    hips_m, back_m = _hips_over_ankles(knee, ankle)
    points = _lifted(figure(Pose(trunk_lean=lean, nod=-0.5 * lean)), SOLE_M + hips_m, back_m)
    for side in SIDES:
        plant(points, side, (outward(side) * 0.11, -SOLE_M, 0.0), (0.0, 0.0, -1.0))
        _fold_arm(points, side, lean)
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


def glute_bridge(depth: float, *, feet_away_m: float = 0.47) -> Floats:
    """On the back, head towards +z: the hips rise until shoulders, hips and knees are in line."""
    tilt = 25.0 * depth
    points = figure(Pose(trunk_lean=-90.0 - tilt, nod=0.6 * tilt))
    shoulder = points[Landmark.LEFT_SHOULDER]
    points += (0.0, -_BACK_M - shoulder[1], -shoulder[2])
    feet = -TRUNK_M - feet_away_m
    for side in SIDES:
        out = outward(side)
        plant(points, side, (out * 0.12, -SOLE_M, feet), (0.0, -1.0, -0.2))
        reach(points, side, (out * 0.27, -0.04, -0.47), (out, 0.1, 0.0))
    return points


def seated_knee_extension(depth: float, *, lean_back_deg: float = 0.0) -> Floats:
    """On a chair: one knee from 90 to 4 degrees (depth below 0: the right one), the hands on the thighs."""
    side: Side = "left" if depth >= 0.0 else "right"
    part = abs(depth)
    knee, ankle = 90.0 - 86.0 * part, 12.0 * _ease(part)
    lean = 3.0 - lean_back_deg * _ease(part)
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
    points = _lifted(figure(pose), SEAT_M, 0.0)
    for hand_side in SIDES:
        out = outward(hand_side)
        reach(points, hand_side, (out * 0.13, -SEAT_M - 0.09, -0.26), (out, 0.3, 0.6))
    return points


def shoulder_abduction(
    depth: float, *, elbows_deg: float = 6.0, side_lean_deg: float = 0.0
) -> Floats:
    """Both arms from the sides to 98 degrees, standing."""
    pose = Pose(
        trunk_side=side_lean_deg * depth,
        shoulder_abduction=7.0 + 91.0 * depth,
        elbow_flexion=5.0 + (elbows_deg - 5.0) * depth,
        arm_turn=-80.0 * _ease(depth),
    )
    return _standing(pose)


def biceps_curl(depth: float, *, swing_deg: float = 5.0, lean_back_deg: float = 0.0) -> Floats:
    """Both elbows from 8 to 132 degrees, standing; `swing_deg` is how far the upper arms drift forward."""
    lean = -lean_back_deg * depth
    pose = Pose(
        trunk_lean=lean,
        hip_flexion=lean,
        shoulder_flexion=2.0 + (swing_deg - 2.0) * depth,
        shoulder_abduction=7.0,
        elbow_flexion=8.0 + 124.0 * depth,
    )
    return _standing(pose)


def push_up(depth: float, *, pike_deg: float = 0.0) -> Floats:
    """On hands and toes, face down: elbows from 12 to 97 degrees. `pike_deg` below 0: the hips sag."""
    wrist = np.array((0.24, -_WRIST_M, -_BODY_M * math.cos(math.radians(17.0))))
    rise = _rise_on_hands(_arm_length(12.0 + 85.0 * depth), wrist)
    points = _on_toes(rise, pike_deg * (0.4 + 0.6 * depth))
    for side in SIDES:
        out = outward(side)
        reach(points, side, wrist * (out, 1.0, 1.0), (0.55 * out, -0.4, 1.0))
        _flat_hand(points, side)
    return points


def plank(depth: float, *, pike_deg: float = 0.0) -> Floats:
    """On forearms and toes; the depth is a breath, a few millimetres."""
    rise = math.degrees(math.asin((UPPER_ARM_M + 0.035 - ON_TOES_M) / _BODY_M))
    points = _on_toes(rise + 0.25 * depth, pike_deg)
    for side in SIDES:
        elbow = points[of(side, "shoulder")] * (1.0, 0.0, 1.0) - (0.0, 0.035, 0.0)
        points[of(side, "elbow")] = elbow
        points[of(side, "wrist")] = elbow - np.array((outward(side) * 0.05, 0.0, 0.97 * FOREARM_M))
        _flat_hand(points, side)
    return points


Recipe = Callable[..., Floats]
RECIPES: Final[dict[str, Recipe]] = {
    recipe.__name__: recipe
    for recipe in (
        squat,
        sit_to_stand,
        hip_abduction,
        glute_bridge,
        seated_knee_extension,
        shoulder_abduction,
        biceps_curl,
        push_up,
        plank,
    )
}


def _ease(share: float) -> float:
    """0..1 to 0..1, slow at both ends."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))


def _hips_over_ankles(knee: float, ankle: float) -> tuple[float, float]:
    """How high the hips are above the ankles and how far behind them, feet flat."""
    shank, thigh = math.radians(ankle), math.radians(knee - ankle)
    up = SHANK_M * math.cos(shank) + THIGH_M * math.cos(thigh)
    return up, THIGH_M * math.sin(thigh) - SHANK_M * math.sin(shank)


def _arm_length(elbow: float) -> float:
    """From shoulder to wrist at an elbow angle."""
    cos = math.cos(math.radians(elbow))
    return math.sqrt(UPPER_ARM_M**2 + FOREARM_M**2 + 2 * UPPER_ARM_M * FOREARM_M * cos)


def _lifted(points: Floats, hips_m: float, back_m: float) -> Floats:
    """The figure with its hips at this height above the floor, and so far back."""
    lifted: Floats = points + np.array((0.0, -hips_m, back_m))
    return lifted


def _standing(pose: Pose) -> Floats:
    """A standing figure, its feet flat and together under the hips."""
    return _lifted(figure(replace(pose, knee_flexion=3.0, hip_flexion=1.5)), SOLE_M + _LEG_M, 0.0)


def _on_toes(rise_deg: float, pike_deg: float) -> Floats:
    """Face down from the toes up, `rise_deg` above level, bent at the hips by `pike_deg`."""
    lean = 90.0 - rise_deg + pike_deg * _LEG_M / _BODY_M
    points = figure(Pose(trunk_lean=lean, hip_flexion=pike_deg, nod=-18.0))
    points += (0.0, -ON_TOES_M, 0.0) - points[[Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE]].mean(0)
    tip = np.array(((1.0, 0.0, 0.0), (0.0, -0.35, -0.94), (0.0, 0.94, -0.35)))
    for side in SIDES:
        foot_on(points, side, tip)
    return points


def _rise_on_hands(arm_m: float, wrist: Floats) -> float:
    """Degrees above level of a straight body whose shoulders are an arm's length above planted hands."""
    rise = 0.2
    for _ in range(6):
        ahead = _BODY_M * math.cos(rise) + wrist[2]
        above = math.sqrt(arm_m**2 - (wrist[0] - SHOULDER_M) ** 2 - ahead**2)
        rise = math.asin((above + _WRIST_M - ON_TOES_M) / _BODY_M)
    return math.degrees(rise)


def _flat_hand(points: Floats, side: Side) -> None:
    """Fingers on the floor, pointing away from the feet (-z)."""
    wrist, inward = points[of(side, "wrist")], -outward(side)
    for name, (aside, along) in {
        "INDEX": (0.01, 0.1),
        "PINKY": (-0.03, 0.09),
        "THUMB": (0.05, 0.06),
    }.items():
        points[of(side, name)] = wrist + np.array((inward * aside, 0.03, -along))


def _fold_arm(points: Floats, side: Side, lean: float) -> None:
    """The hand on the opposite upper chest, the elbow down in front."""
    shoulders = points[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(0)
    turn = math.radians(lean)
    up = np.array((0.0, -math.cos(turn), -math.sin(turn)))
    forward = np.array((0.0, math.sin(turn), -math.cos(turn)))
    hand = shoulders - 0.17 * up + 0.15 * forward
    hand[0] = -outward(side) * SHOULDER_M * 0.5
    reach(points, side, hand, forward * 0.6 - up + (outward(side) * 0.5, 0.0, 0.0))


__all__ = ["RECIPES", "SEAT_M", "UPRIGHT", "Recipe"]
