"""On the back or the side, or seated on the floor. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np

from coach.landmarks import SIDES, Landmark, of
from scripts.references.figure import (
    SOLE_M,
    TRUNK_M,
    Floats,
    Pose,
    figure,
    foot_on,
    outward,
    plant,
    reach,
)

from .common import BACK_M, arm_length, ease, fold_arm, lifted

_BENCH_M: Final = 0.45
_SIDE_M: Final = 0.2
"""Midline of the body above the floor when lying on the side: half a shoulder width and some flesh."""

_UPPER: Final = [
    index
    for index, landmark in enumerate(Landmark)
    if not any(part in landmark.name for part in ("HIP", "KNEE", "ANKLE", "HEEL", "FOOT"))
]


def glute_bridge(depth: float, *, feet_away_m: float = 0.47) -> Floats:
    """On the back, head towards +z: the hips rise until shoulders, hips and knees are in line."""
    return _bridged(25.0 * depth, feet_away_m)


def pelvic_tilt(depth: float, *, hips_up_deg: float = 0.0) -> Floats:
    """On the back, knees bent: the back presses into the floor, which moves the hips by millimetres."""
    return _bridged((0.3 + hips_up_deg) * depth, 0.47)


def sit_up(depth: float, *, feet_up_m: float = 0.0) -> Floats:
    """From the back to sitting, arms folded, knees bent; `feet_up_m` is how far the feet fly up."""
    lean = -88.0 + 73.0 * depth
    points = _on_floor(figure(Pose(trunk_lean=lean, nod=14.0)))
    for side in SIDES:
        away = (outward(side) * 0.11, -SOLE_M - feet_up_m * ease(depth), -0.55)
        plant(points, side, away, (0.0, -1.0, -0.2))
        fold_arm(points, side, lean)
    return points


def russian_twist(depth: float, *, knees_sway_m: float = 0.0) -> Floats:
    """On the floor, leaning back: from a turn to the right (0) to one to the left (1), hands together in front."""
    turn = -48.0 + 96.0 * depth
    points = _twisted(_on_floor(figure(Pose(trunk_lean=-28.0, nod=18.0))), turn)
    hands = _in_front(points, 0.34, 1.15 * turn)
    for side in SIDES:
        out = outward(side)
        sway = knees_sway_m * turn / 48.0
        plant(points, side, (out * 0.09, -SOLE_M, -0.56), (sway / 0.2, -1.0, -0.2))
        reach(points, side, hands + np.array((out * 0.03, 0.0, 0.0)), (out, 0.9, 0.2))
    return points


def bench_press(depth: float, *, uneven_m: float = 0.0) -> Floats:
    """On a bench, head towards +z: the hands come down to the chest, elbows from 10 to 102 degrees, and press up."""
    points = _on_floor(figure(Pose(trunk_lean=-90.0, nod=4.0))) - (0.0, _BENCH_M, 0.0)
    length = arm_length(10.0 + 92.0 * depth)
    for side in SIDES:
        out = outward(side)
        aside, back = 0.1, -0.02 - 0.06 * depth
        up = math.sqrt(length**2 - aside**2 - back**2) - (out > 0) * uneven_m * depth
        wrist = points[of(side, "shoulder")] + (out * aside, -up, back)
        reach(points, side, wrist, (out, 0.8, -0.5))
        plant(points, side, (out * 0.2, -SOLE_M, -0.42), (out * 0.2, -0.4, -1.0))
    return points


def straight_leg_raise(
    depth: float, *, lag_deg: float = 2.0, other_knee_deg: float = 2.0
) -> Floats:
    """On the back: one straight leg to 42 degrees (depth below 0: the right one); `lag_deg` is how its knee bends,
    `other_knee_deg` how the resting one is bent (which is no fault)."""
    part = abs(depth)
    moving = (42.0 * part, 2.0 + (lag_deg - 2.0) * ease(part))
    still = (other_knee_deg / 2.0 - 1.0, other_knee_deg)
    return _supine(_one_leg(depth, moving, still))


def heel_slide(depth: float, *, heel_up_deg: float = 0.0, hips_up_deg: float = 0.0) -> Floats:
    """On the back: one heel slides to the buttock, the knee to 102 degrees (depth below 0: the right one)."""
    part = abs(depth)
    knee = 3.0 + 99.0 * part
    moving = (knee / 2.0 + 2.0 * part + heel_up_deg * ease(part), knee)
    pose = _one_leg(depth, moving, (1.5, 3.0))
    points = _supine(pose)
    if hips_up_deg == 0.0:
        return points
    raised = _supine(pose, hips_up_deg * ease(part))
    for side in SIDES:
        plant(raised, side, points[of(side, "ankle")], (0.0, -1.0, -0.2))
    return raised


def dead_bug(depth: float, *, same_side: float = 0.0) -> Floats:
    """On the back, knees over the hips: one leg and the opposite arm reach away (depth below 0: the right leg).

    `same_side` is the share of the reach that the arm of the leg's own side does instead.
    """
    part = abs(depth)
    pose = _one_leg(depth, (90.0 - 66.0 * part, 90.0 - 72.0 * part), (90.0, 90.0))
    same, opposite = 88.0 + 77.0 * part * same_side, 88.0 + 77.0 * part * (1.0 - same_side)
    arms = (same, opposite) if depth >= 0.0 else (opposite, same)
    points = _supine(replace(pose, shoulder_flexion=arms, elbow_flexion=6.0))
    points[:, 1] -= points[:, 1].max()  # nothing but the back touches the floor
    return points


def quad_set(depth: float, *, leg_up_deg: float = 0.0) -> Floats:
    """Seated on the floor, legs out: the knees press down and the toes come up."""
    return _legs_out(8.0 * depth, (leg_up_deg * ease(depth), 0.0))


def ankle_pump(depth: float, *, legs_up_deg: float = 0.0) -> Floats:
    """Seated on the floor, legs out: the feet go from 12 degrees up to 38 degrees down."""
    return _legs_out(12.0 - 50.0 * depth, (legs_up_deg * ease(depth), legs_up_deg * ease(depth)))


def side_lying_hip_abduction(depth: float) -> Floats:
    """On the right side, head towards -x: the left leg rises from the other one to 28 degrees."""
    pose = Pose(
        hip_flexion=(0.0, 35.0),
        hip_abduction=(-7.0 + 35.0 * depth, 0.0),
        knee_flexion=(3.0, 60.0),
    )
    return _on_side(pose)


def clamshell(depth: float, *, feet_part_m: float = 0.0) -> Floats:
    """On the right side, knees bent: the left knee opens upwards, the feet stay together."""
    points = _on_side(Pose(hip_flexion=45.0, knee_flexion=90.0))
    turn = math.radians(34.0 * depth)
    plant(points, "right", (0.56, -0.05, 0.0), (0.0, 0.0, -1.0))
    upper_foot = (0.56, -0.15 - feet_part_m * ease(depth), 0.0)
    plant(points, "left", upper_foot, (0.0, -math.sin(turn), -math.cos(turn)))
    for side in SIDES:
        foot_on(points, side, _FOOT_ON_SIDE)
    return points


_FOOT_ON_SIDE: Final = np.array(((0.0, -1.0, 0.0), (-0.7, 0.0, -0.7), (0.7, 0.0, -0.7)))
"""The frame of a foot at the end of a shank that points back at 45 degrees, lying on the right side."""


def _bridged(tilt: float, feet_away_m: float) -> Floats:
    points = figure(Pose(trunk_lean=-90.0 - tilt, nod=0.6 * tilt))
    shoulder = points[Landmark.LEFT_SHOULDER]
    points += (0.0, -BACK_M - shoulder[1], -shoulder[2])
    feet = -TRUNK_M - feet_away_m
    for side in SIDES:
        out = outward(side)
        plant(points, side, (out * 0.12, -SOLE_M, feet), (0.0, -1.0, -0.2))
        reach(points, side, (out * 0.27, -0.04, -0.47), (out, 0.1, 0.0))
    return points


def _on_floor(points: Floats) -> Floats:
    """The hips on the floor."""
    return lifted(points, BACK_M, 0.0)


def _one_leg(depth: float, moving: tuple[float, float], still: tuple[float, float]) -> Pose:
    """Hip and knee of the moving leg (the left one from depth 0 up) and of the other one."""
    left, right = (moving, still) if depth >= 0.0 else (still, moving)
    return Pose(hip_flexion=(left[0], right[0]), knee_flexion=(left[1], right[1]))


def _supine(pose: Pose, tilt_deg: float = 0.0) -> Floats:
    """On the back, head towards +z; the arms lie along the body unless the pose moves them."""
    points = figure(replace(pose, trunk_lean=-90.0 - tilt_deg, nod=3.0 + tilt_deg))
    shoulder = points[Landmark.LEFT_SHOULDER]
    points += (0.0, -BACK_M - shoulder[1], TRUNK_M - shoulder[2])
    if pose.shoulder_flexion == 0.0:
        for side in SIDES:
            out = outward(side)
            reach(points, side, (out * 0.28, -0.02, 0.04), (out, 0.1, 0.0))
    return points


def _legs_out(dorsiflexion: float, up_deg: tuple[float, float]) -> Floats:
    """Seated on the floor, leaning back on the hands, the legs straight and (left, right) so far off the floor."""
    lean = -22.0
    hips = (89.0 + lean + up_deg[0], 89.0 + lean + up_deg[1])
    pose = Pose(trunk_lean=lean, nod=14.0, hip_flexion=hips, ankle_dorsiflexion=dorsiflexion)
    points = _on_floor(figure(pose))
    for side in SIDES:
        out = outward(side)
        reach(points, side, (out * 0.26, -0.05, 0.36), (out * 0.4, 0.0, 1.0))
    return points


def _on_side(pose: Pose) -> Floats:
    """On the right side, facing the camera, the head on the lower arm, the upper hand in front of the chest."""
    points = lifted(figure(replace(pose, trunk_side=-90.0)), _SIDE_M, 0.0)
    reach(points, "right", (-TRUNK_M - 0.24, -0.04, 0.02), (-0.3, 0.0, -1.0))
    reach(points, "left", (-0.3, -0.095, -0.3), (0.3, -1.0, -0.3))
    return points


def _twisted(points: Floats, turn_deg: float) -> Floats:
    """Everything above the hips turned to the left about the trunk's own axis."""
    axis = points[[11, 12]].mean(0) - points[[23, 24]].mean(0)
    axis, foot, turn = axis / np.linalg.norm(axis), points[[23, 24]].mean(0), math.radians(turn_deg)
    arm = points[_UPPER] - foot
    along = np.outer(arm @ axis, axis)
    across = arm - along
    turned = across * math.cos(turn) - np.cross(axis, across) * math.sin(turn)
    points[_UPPER] = foot + along + turned
    return points


def _in_front(points: Floats, far_m: float, turn_deg: float) -> Floats:
    """A place in front of the lower chest, so far away, turned to the left."""
    hips, shoulders = points[[23, 24]].mean(0), points[[11, 12]].mean(0)
    turn = math.radians(turn_deg)
    ahead = np.array((math.sin(turn), -0.1, -math.cos(turn)))
    place: Floats = hips + 0.55 * (shoulders - hips) + far_m * ahead
    return place


RECIPES = (
    glute_bridge,
    sit_up,
    russian_twist,
    bench_press,
    straight_leg_raise,
    heel_slide,
    dead_bug,
    quad_set,
    pelvic_tilt,
    ankle_pump,
    side_lying_hip_abduction,
    clamshell,
)
