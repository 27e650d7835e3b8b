"""On the back or the side. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

from coach.landmarks import SIDES, Landmark
from scripts.references.figure import SOLE_M, TRUNK_M, Floats, Pose, figure, outward, plant, reach

from .common import BACK_M


def glute_bridge(depth: float, *, feet_away_m: float = 0.47) -> Floats:
    """On the back, head towards +z: the hips rise until shoulders, hips and knees are in line."""
    tilt = 25.0 * depth
    points = figure(Pose(trunk_lean=-90.0 - tilt, nod=0.6 * tilt))
    shoulder = points[Landmark.LEFT_SHOULDER]
    points += (0.0, -BACK_M - shoulder[1], -shoulder[2])
    feet = -TRUNK_M - feet_away_m
    for side in SIDES:
        out = outward(side)
        plant(points, side, (out * 0.12, -SOLE_M, feet), (0.0, -1.0, -0.2))
        reach(points, side, (out * 0.27, -0.04, -0.47), (out, 0.1, 0.0))
    return points


RECIPES = (glute_bridge,)
