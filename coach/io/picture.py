"""`Picture`: one decoded frame with its time, upright, with square pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""`(height, width, 3)`, blue, green, red."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture of a video or camera. `t_s` are seconds since the first one, strictly growing."""

    t_s: float
    bgr: Pixels

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""
        return self.bgr.shape[1], self.bgr.shape[0]
