"""A reference movement: how the exercise looks when done well, one repetition that loops."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.errors import MediaError
from coach.landmarks import COUNT

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceMovement:
    """One repetition, start position to start position, at equal time steps.

    Attributes:
        exercise: id of the exercise.
        world_m: `(F, 33, 3)` metres, x to the person's left when they face the camera, y down, z away from the
        camera;
            the floor under the feet stays where it is.
        duration_s: seconds of the whole repetition at the exercise's own tempo, > 0.
        yaw_deg: how far the camera stands round the person in the exercise's first view: 0 front, 90 the person's
        left side
            to the camera.
    """

    exercise: str
    world_m: Floats
    duration_s: float
    yaw_deg: float

    def __post_init__(self) -> None:
        if self.world_m.ndim != 3 or self.world_m.shape[1:] != (COUNT, 3) or len(self.world_m) < 2:
            raise MediaError(
                f"The reference movement of '{self.exercise}' should have shape (F, {COUNT}, 3), F at least 2, "
                f"but has {self.world_m.shape}."
            )
        if not np.isfinite(self.world_m).all() or self.duration_s <= 0.0:
            raise MediaError(
                f"The reference movement of '{self.exercise}' holds values that are not finite."
            )

    def seen_from(self, yaw_deg: float | None = None) -> Floats:
        """`(F, 33, 3)` as the camera sees it (x right, y down, z away), by default in the exercise's first view."""
        yaw = math.radians(self.yaw_deg if yaw_deg is None else yaw_deg)
        x, y, z = np.moveaxis(self.world_m, -1, 0)
        turned = (x * math.cos(yaw) + z * math.sin(yaw), y, z * math.cos(yaw) - x * math.sin(yaw))
        return np.stack(turned, axis=-1)
