"""Standing or sitting: the arms move. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

import math

import numpy as np

from coach.landmarks import SIDES, Landmark, Side, of
from scripts.references.figure import (
    FOREARM_M,
    SHANK_M,
    SHOULDER_M,
    SOLE_M,
    THIGH_M,
    TRUNK_M,
    UPPER_ARM_M,
    Floats,
    Pose,
    figure,
    foot_on,
    outward,
    plant,
    reach,
)

from .common import LEG_M, arm_length, ease, lifted, standing

_ARM_M = UPPER_ARM_M + FOREARM_M


def shoulder_abduction(
    depth: float, *, elbows_deg: float = 6.0, side_lean_deg: float = 0.0
) -> Floats:
    """Both arms from the sides to 98 degrees, standing."""
    pose = Pose(
        trunk_side=side_lean_deg * depth,
        shoulder_abduction=7.0 + 91.0 * depth,
        elbow_flexion=5.0 + (elbows_deg - 5.0) * depth,
        arm_turn=-80.0 * ease(depth),
    )
    return standing(pose)


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
    return standing(pose)


def shoulder_press(depth: float, *, side_lean_deg: float = 0.0) -> Floats:
    """Both hands from beside the shoulders to overhead, standing."""
    points = standing(Pose(trunk_side=side_lean_deg * depth))
    for side in SIDES:
        out = outward(side)
        hand = (out * (0.1 - 0.06 * depth), -0.1 - (0.97 * _ARM_M - 0.1) * depth, -0.04)
        reach(points, side, points[of(side, "shoulder")] + hand, (out, 0.9 - 0.8 * depth, -0.2))
    return points


def shoulder_flexion(
    depth: float, *, lean_back_deg: float = 0.0, elbows_deg: float = 8.0
) -> Floats:
    """Both arms from the sides forward and up to 128 degrees, standing."""
    pose = Pose(
        trunk_lean=-lean_back_deg * depth,
        shoulder_flexion=4.0 + 124.0 * depth,
        shoulder_abduction=4.0,
        elbow_flexion=8.0 + (elbows_deg - 8.0) * depth,
    )
    return standing(pose)


def horizontal_abduction(depth: float, *, sink_m: float = 0.0) -> Floats:
    """Both straight arms at shoulder height, from the front to the sides; `sink_m` is how far the hands sink."""
    points = standing(Pose())
    aside = math.radians(-14.0 + 100.0 * depth)
    for side in SIDES:
        out = outward(side)
        way = np.array((out * math.sin(aside), 0.0, -math.cos(aside)))
        hand = points[of(side, "shoulder")] + 0.98 * _ARM_M * way + (0.0, sink_m * depth, 0.0)
        reach(points, side, hand, (out * 0.3, 1.0, 0.3))
    return points


def triceps_extension(
    depth: float, *, swing_deg: float = 0.0, lean_back_deg: float = 0.0
) -> Floats:
    """Elbows beside the ears, from 112 to 10 degrees, standing; `swing_deg` is how far the upper arms come forward."""
    pose = Pose(
        trunk_lean=-lean_back_deg * depth,
        shoulder_flexion=168.0 - swing_deg * depth,
        shoulder_abduction=4.0,
        elbow_flexion=112.0 - 102.0 * depth,
    )
    return standing(pose)


def pull_up(depth: float, *, swing_deg: float = 0.0) -> Floats:
    """Under a bar, the feet on the floor to help: hands fixed, the body rises from straight arms, elbows to 118."""
    bar_m = LEG_M + SOLE_M + TRUNK_M + 0.14
    rise_m = bar_m - 0.14 - TRUNK_M - _bent_hang_m() * (1.0 - depth)
    points = lifted(figure(Pose(trunk_side=swing_deg * depth)), rise_m, 0.0)
    for side in SIDES:
        out = outward(side)
        plant(points, side, (out * 0.12, -SOLE_M, -0.05), (out * 0.2, 0.0, -1.0))
        reach(points, side, (out * 0.27, -bar_m, -0.1), (out, 0.6, -0.1))
    return points


def _bent_hang_m() -> float:
    """How much lower the body hangs from straight arms than it stands under the bar."""
    return 0.985 * math.sqrt(_ARM_M**2 - (0.27 - SHOULDER_M) ** 2 - 0.1**2) - 0.14


def external_rotation(depth: float, *, elbow_out_deg: float = 0.0) -> Floats:
    """Elbows bent at the sides, both forearms from the belly outward, standing."""
    pose = Pose(
        shoulder_abduction=8.0 + elbow_out_deg * depth,
        elbow_flexion=88.0,
        arm_turn=48.0 - 96.0 * depth,
    )
    return standing(pose)


def row(depth: float, *, lean_back_deg: float = 0.0, shrug_m: float = 0.0) -> Floats:
    """Both hands from a reach at waist height to the waist, the elbows behind the trunk, standing."""
    points = standing(Pose(trunk_lean=-lean_back_deg * depth))
    points[[*_SHOULDERS]] -= (0.0, shrug_m * depth, 0.0)
    for side in SIDES:
        out = outward(side)
        hand = (out * 0.02, 0.14 + 0.14 * depth, -0.5 + 0.44 * depth)
        reach(points, side, points[of(side, "shoulder")] + hand, (out * 0.3, 0.7, 1.0))
    return points


def wall_push_up(depth: float, *, pike_deg: float = 0.0) -> Floats:
    """Hands on a wall in front: the straight body tips towards it, elbows from 12 to 92 degrees."""
    points = _tipped(_wall_lean_deg(12.0 + 80.0 * depth), pike_deg * depth)
    for side in SIDES:
        reach(points, side, _on_wall(side), (outward(side) * 0.5, 0.8, 0.5))
    return points


_SHOULDERS = (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
_HEIGHT_M = SHANK_M + THIGH_M + TRUNK_M


def _on_wall(side: Side) -> Floats:
    return np.array((outward(side) * 0.22, -SOLE_M - _HEIGHT_M + 0.06, -0.66))


def _tipped(lean_deg: float, pike_deg: float) -> Floats:
    """Standing on flat feet, the whole body tipped forward over the ankles; `pike_deg` bends the hips."""
    points = figure(Pose(trunk_lean=lean_deg + 0.5 * pike_deg, hip_flexion=pike_deg))
    ankles = points[[Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE]].mean(0)
    points += (0.0, -SOLE_M, 0.0) - ankles
    for side in SIDES:
        foot_on(points, side)
    return points


def _wall_lean_deg(elbow_deg: float) -> float:
    """How far a straight body tips so that its shoulders are an arm's length from hands on the wall."""
    arm_m, (aside, up, ahead) = arm_length(elbow_deg), _on_wall("left") - (SHOULDER_M, -SOLE_M, 0.0)
    leans = np.radians(np.linspace(0.0, 40.0, 801))
    gap = np.hypot(ahead + _HEIGHT_M * np.sin(leans), up + _HEIGHT_M * np.cos(leans))
    gap = np.hypot(gap, aside)
    return float(np.degrees(leans[np.argmin(np.abs(gap - arm_m))]))


RECIPES = (
    shoulder_abduction,
    biceps_curl,
    shoulder_press,
    shoulder_flexion,
    horizontal_abduction,
    triceps_extension,
    pull_up,
    external_rotation,
    row,
    wall_push_up,
)
