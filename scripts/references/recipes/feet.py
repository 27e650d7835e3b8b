"""Feet that stand on their toes, and hands on a support: what standing recipes share."""

from __future__ import annotations

import math

import numpy as np

from coach.landmarks import SIDES, Side
from scripts.references.figure import SOLE_M, Floats, outward, reach

_TOES_M = 0.145
"""From the ankle ahead to the toes of a foot that stands flat."""


def tipped(rise_deg: float) -> Floats:
    """The frame of a foot whose heel is lifted by this angle, for `figure.foot_on`."""
    turn = math.radians(rise_deg)
    up = (0.0, -math.cos(turn), -math.sin(turn))
    ahead = (0.0, math.sin(turn), -math.cos(turn))
    return np.array(((1.0, 0.0, 0.0), up, ahead))


def ankle_on_toes(side: Side, rise_deg: float, aside_m: float = 0.1) -> tuple[float, float, float]:
    """Where the ankle is when the heel is lifted and the toes stay where they were."""
    turn = math.radians(rise_deg)
    up = SOLE_M * math.cos(turn) + _TOES_M * math.sin(turn)
    ahead = _TOES_M + SOLE_M * math.sin(turn) - _TOES_M * math.cos(turn)
    return outward(side) * aside_m, -up, -ahead


def hold_on(points: Floats) -> None:
    """Both hands on a chair back or a table in front."""
    for side in SIDES:
        out = outward(side)
        reach(points, side, (out * 0.2, -0.98, -0.34), (out * 0.5, 0.6, 0.6))
