"""What several recipes stand on: heights above the floor, and poses that are the start of many movements."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

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
    reach,
)

SEAT_M: Final = SHANK_M + SOLE_M
"""Hips above the floor on a chair that fits: the feet are flat and the thighs level."""

ON_TOES_M: Final = 0.157
"""Ankles above the floor when the toes carry the body."""

BACK_M: Final = 0.09
"""Shoulder and hip joints above the floor when lying on the back."""

WRIST_M: Final = 0.05
"""Wrists above the floor on flat hands."""

ARM: Final = ("elbow", "wrist", "index", "pinky", "thumb")
LEG: Final = ("knee", "ankle", "heel", "foot_index")
HEAD: Final = tuple(range(Landmark.NOSE, Landmark.MOUTH_RIGHT + 1))

LEG_M: Final = THIGH_M + SHANK_M
BODY_M: Final = LEG_M + TRUNK_M


def ease(share: float) -> float:
    """0..1 to 0..1, slow at both ends."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))


def hips_over_ankles(knee: float, ankle: float) -> tuple[float, float]:
    """How high the hips are above the ankles and how far behind them, feet flat."""
    shank, thigh = math.radians(ankle), math.radians(knee - ankle)
    up = SHANK_M * math.cos(shank) + THIGH_M * math.cos(thigh)
    return up, THIGH_M * math.sin(thigh) - SHANK_M * math.sin(shank)


def arm_length(elbow: float) -> float:
    """From shoulder to wrist at an elbow angle."""
    cos = math.cos(math.radians(elbow))
    return math.sqrt(UPPER_ARM_M**2 + FOREARM_M**2 + 2 * UPPER_ARM_M * FOREARM_M * cos)


def lifted(points: Floats, hips_m: float, back_m: float) -> Floats:
    """The figure with its hips at this height above the floor, and so far back."""
    lifted: Floats = points + np.array((0.0, -hips_m, back_m))
    return lifted


def standing(pose: Pose) -> Floats:
    """A standing figure, its feet flat and together under the hips."""
    return lifted(figure(replace(pose, knee_flexion=3.0, hip_flexion=1.5)), SOLE_M + LEG_M, 0.0)


def on_toes(rise_deg: float, pike_deg: float) -> Floats:
    """Face down from the toes up, `rise_deg` above level, bent at the hips by `pike_deg`."""
    lean = 90.0 - rise_deg + pike_deg * LEG_M / BODY_M
    points = figure(Pose(trunk_lean=lean, hip_flexion=pike_deg, nod=-18.0))
    points += (0.0, -ON_TOES_M, 0.0) - points[[Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE]].mean(0)
    tip = np.array(((1.0, 0.0, 0.0), (0.0, -0.35, -0.94), (0.0, 0.94, -0.35)))
    for side in SIDES:
        foot_on(points, side, tip)
    return points


def rise_on_hands(arm_m: float, wrist: Floats) -> float:
    """Degrees above level of a straight body whose shoulders are an arm's length above planted hands."""
    rise = 0.2
    for _ in range(6):
        ahead = BODY_M * math.cos(rise) + wrist[2]
        above = math.sqrt(arm_m**2 - (wrist[0] - SHOULDER_M) ** 2 - ahead**2)
        rise = math.asin((above + WRIST_M - ON_TOES_M) / BODY_M)
    return math.degrees(rise)


def flat_hand(points: Floats, side: Side) -> None:
    """Fingers on the floor, pointing away from the feet (-z)."""
    wrist, inward = points[of(side, "wrist")], -outward(side)
    for name, (aside, along) in {
        "INDEX": (0.01, 0.1),
        "PINKY": (-0.03, 0.09),
        "THUMB": (0.05, 0.06),
    }.items():
        points[of(side, name)] = wrist + np.array((inward * aside, 0.03, -along))


def swing(
    points: Floats, which: Iterable[int], pivot: ArrayLike, axis: Literal["x", "y", "z"], deg: float
) -> None:
    """Turn some of the points about an axis of the room through `pivot`, right-handed."""
    index, centre = list(which), np.asarray(pivot, float)
    step = points[index] - centre
    one, two = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    cos, sin = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    turned = step.copy()
    turned[:, one] = cos * step[:, one] - sin * step[:, two]
    turned[:, two] = sin * step[:, one] + cos * step[:, two]
    points[index] = centre + turned


def limb(side: Side, parts: tuple[str, ...]) -> list[int]:
    """The landmarks of one arm (`ARM`) or leg (`LEG`)."""
    return [int(of(side, part)) for part in parts]


def grounded(points: Floats) -> Floats:
    """The figure let down until its lowest point touches the floor."""
    let_down: Floats = points - np.array((0.0, points[:, 1].max(), 0.0))
    return let_down


def fold_arm(points: Floats, side: Side, lean: float) -> None:
    """The hand on the opposite upper chest, the elbow down in front."""
    shoulders = points[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(0)
    turn = math.radians(lean)
    up = np.array((0.0, -math.cos(turn), -math.sin(turn)))
    forward = np.array((0.0, math.sin(turn), -math.cos(turn)))
    hand = shoulders - 0.17 * up + 0.15 * forward
    hand[0] = -outward(side) * SHOULDER_M * 0.5
    reach(points, side, hand, forward * 0.6 - up + (outward(side) * 0.5, 0.0, 0.0))
