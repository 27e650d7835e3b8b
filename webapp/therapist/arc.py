"""The drawn joint of a target: sectors of a circle, in the units of a 200 x 200 drawing (see `static/js/joint_arc.js`).

0 degrees points down (the limb hangs straight), growing degrees turn clockwise as the reader sees it.
"""

from __future__ import annotations

import math

CENTRE = 100.0


def point(deg: float, radius: float) -> tuple[float, float]:
    """Where a limb of this length ends at this angle."""
    turn = math.radians(deg)
    return round(CENTRE - radius * math.sin(turn), 1), round(CENTRE + radius * math.cos(turn), 1)


def sector(from_deg: float, to_deg: float, radius: float) -> str:
    """The path of a slice between two angles, for the `d` of an SVG path."""
    low, high = min(from_deg, to_deg), max(from_deg, to_deg)
    (x0, y0), (x1, y1) = point(low, radius), point(high, radius)
    large = int(high - low > 180)
    return f"M{CENTRE:g} {CENTRE:g}L{x0:g} {y0:g}A{radius:g} {radius:g} 0 {large} 1 {x1:g} {y1:g}Z"
