"""On hands, forearms or knees, or on the front. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

import math

import numpy as np

from coach.landmarks import SIDES, of
from scripts.references.figure import FOREARM_M, UPPER_ARM_M, Floats, outward, reach

from .common import BODY_M, ON_TOES_M, WRIST_M, arm_length, flat_hand, on_toes, rise_on_hands


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


RECIPES = (push_up, plank)
