"""Which moment of one movement belongs to which of another: dynamic time warping, many pairs at once.

Sakoe, Chiba: Dynamic programming algorithm optimization for spoken word recognition, IEEE ASSP 1978. The band keeps
a moment within a quarter of the movement from its own share of time, so that a pause is forgiven, but a way out is
never matched with a way back.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BAND: Final = 0.25
"""How far two matched moments may lie apart, as a share of the movement."""

_BOTH, _FIRST, _SECOND = 0, 1, 2


def matched(cost: Floats) -> Floats:
    """For each moment of the first movement the (mean) moment of the second that belongs to it: `(B, K)` indices.

    `cost` is `(B, K, K)`, not negative: how unlike moment i of the first and moment j of the second are.
    """
    return _mean_match(_steps(cost))


def _steps(cost: Floats) -> NDArray[np.int8]:
    """`(B, K, K)` which way the cheapest path came into each cell. Cells of one diagonal are filled at once."""
    batch, size, _ = cost.shape
    total = np.full((batch, size + 1, size + 1), np.inf)
    total[:, 0, 0] = 0.0
    steps = np.zeros((batch, size, size), np.int8)
    width = max(1, round(BAND * size))
    for diagonal in range(2 * size - 1):
        low, high = max(0, diagonal - size + 1), min(diagonal, size - 1)
        row = np.arange(low, high + 1)
        row = row[np.abs(2 * row - diagonal) <= width]
        column = diagonal - row
        ways = np.stack(
            [total[:, row, column], total[:, row, column + 1], total[:, row + 1, column]]
        )
        best = ways.argmin(0)
        steps[:, row, column] = best
        total[:, row + 1, column + 1] = ways.min(0) + cost[:, row, column]
    return steps


def _mean_match(steps: NDArray[np.int8]) -> Floats:
    """Follow the paths back, and average the columns that each row met."""
    batch, size, _ = steps.shape
    pairs = np.arange(batch)
    row, column = np.full(batch, size - 1), np.full(batch, size - 1)
    total, count = np.zeros((batch, size)), np.zeros((batch, size))
    for _ in range(2 * size - 1):
        going = (row >= 0) & (column >= 0)
        total[pairs[going], row[going]] += column[going]
        count[pairs[going], row[going]] += 1
        step = steps[pairs, np.maximum(row, 0), np.maximum(column, 0)]
        step = np.where(row <= 0, _SECOND, np.where(column <= 0, _FIRST, step))
        ended = (row <= 0) & (column <= 0)
        row = np.where(ended, -1, row - (step != _SECOND))
        column = np.where(ended, -1, column - (step != _FIRST))
    return total / count
