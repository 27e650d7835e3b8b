"""Plane and space geometry on plain numbers and arrays. No acos: near 0 and 180 degrees it loses all precision.

Scalars in, scalars out where the engine works once a frame on a few points (a numpy call costs more than the sum
it does); arrays where a whole grid is computed at once. NaN in, NaN out.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Vec(NamedTuple):
    """A point or direction in the picture plane: x to the right, y down."""

    x: float
    y: float

    def to(self, other: Vec) -> Vec:
        """The vector from here to `other`."""
        return Vec(other.x - self.x, other.y - self.y)

    def length(self) -> float:
        """Euclidean length, in the unit of the components."""
        return math.hypot(self.x, self.y)


def midpoint(a: Vec, b: Vec) -> Vec:
    """The point half-way between two points."""
    return Vec((a.x + b.x) / 2, (a.y + b.y) / 2)


def turn_deg(u: Vec, v: Vec) -> float:
    """Signed angle in degrees, -180..180, that turns `u` into `v`; positive is clockwise as seen in the picture.

    Zero-length vectors give 0, never an error.
    """
    return math.degrees(math.atan2(u.x * v.y - u.y * v.x, u.x * v.x + u.y * v.y))


def angle_deg(u: Floats, v: Floats) -> Floats:
    """Unsigned angle in degrees, 0..180, between vectors along the last axis of `(..., 2)` or `(..., 3)` arrays."""
    dot = (u * v).sum(-1)
    squares = (u * u).sum(-1) * (v * v).sum(-1)
    # |u x v| from Lagrange's identity holds in two and in three dimensions alike
    cross = np.sqrt(np.maximum(squares - dot * dot, 0.0))
    angle: Floats = np.degrees(np.arctan2(cross, dot))
    return angle


def wrap_deg(angle: float) -> float:
    """The same direction in -180..180 degrees."""
    return (angle + 180.0) % 360.0 - 180.0
