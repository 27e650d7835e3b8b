"""A body's posture as one row of numbers that do not depend on where it stands, how large it is or which side moves.

Each point is taken from the middle of the hips, in body metres. Of a pair the row holds the middle and half of the
distance, and sideways only how far, not which way: so a left and a right repetition are the same movement, and a pose
model that confuses the legs in a side view changes nothing.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.frame import PoseFrame
from coach.landmarks import Landmark, pair
from coach.measures import trust

Floats = NDArray[np.float64]

_PARTS: Final = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "foot_index")
_LEFT: Final = [int(pair(part)[0]) for part in _PARTS]
_RIGHT: Final = [int(pair(part)[1]) for part in _PARTS]
_HIPS: Final = list(pair("hip"))
_NOSE: Final = int(Landmark.NOSE)

WIDTH: Final = 2 + 4 * len(_PARTS)
"""Numbers in a row: x and y of the nose, then of each pair's middle, then of each pair's half distance."""


class Posture(NamedTuple):
    """`row` `(WIDTH,)` body metres; `trust` `(WIDTH,)` 0..1, how well each number was seen."""

    row: Floats
    trust: Floats


def posture(frame: PoseFrame, scale_px: float) -> Posture:
    """The posture of one frame. `scale_px` is pixels per body metre, > 0."""
    points = (frame.image_px - frame.image_px[_HIPS].mean(0)) / scale_px
    left, right = points[_LEFT], points[_RIGHT]
    # a pair weighs as much as two points: its middle and half distance each by the square root of two
    middle, apart = (left + right) / math.sqrt(2), np.abs(left - right) / math.sqrt(2)
    nose = points[_NOSE]
    # bending to the left is bending to the right
    middle[:, 0], nose[0] = np.abs(middle[:, 0]), abs(nose[0])
    row = np.concatenate([nose, middle.ravel(), apart.ravel()])
    seen = np.minimum(frame.visibility[_LEFT], frame.visibility[_RIGHT])
    paired = np.repeat([trust(one) for one in seen.tolist()], 2)
    return Posture(
        row, np.concatenate([[trust(float(frame.visibility[_NOSE]))] * 2, paired, paired])
    )


def explained(rows: Floats, weights: Floats, signals: Floats) -> float:
    """Share 0..1 of the movement in `rows` `(N, WIDTH)` that goes along with `signals` `(N, K)`.

    The weighted share of variance of a linear regression; 0 where nothing moves. `weights` `(WIDTH,)`.
    """
    moved = (rows - rows.mean(0)) * np.sqrt(weights)
    total = float((moved**2).sum())
    if total <= 1e-9 or not len(signals):
        return 0.0
    known = signals - signals.mean(0)
    fitted, *_ = np.linalg.lstsq(known, moved, rcond=None)
    left = float(((moved - known @ fitted) ** 2).sum())
    return max(0.0, 1.0 - left / total)
