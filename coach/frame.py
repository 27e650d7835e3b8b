"""`PoseFrame`: one person in one picture, the only thing the engine ever looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coach.errors import FrameError
from coach.landmarks import COUNT

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PoseFrame:
    """33 landmarks at one moment.

    Attributes:
        t_s: seconds since the start of the stream, finite.
        image_px: `(33, 2)` pixels of the un-mirrored picture, x to the right, y down. Points may lie
            outside the picture: the model guesses limbs that it does not see.
        world_m: `(33, 3)` metres, centred on the hips, y down, z away from the camera, as the model gives it.
        visibility: `(33,)` 0..1, the model's own opinion; it may be 0.99 for a hidden joint.
        size_px: width and height of the picture.

    A frame exists only where a person was found: an absent person is a gap, never zeros.
    """

    t_s: float
    image_px: Floats
    world_m: Floats
    visibility: Floats
    size_px: tuple[int, int]

    @classmethod
    def checked(
        cls,
        t_s: float,
        image_px: ArrayLike,
        world_m: ArrayLike,
        visibility: ArrayLike,
        size_px: tuple[int, int],
    ) -> PoseFrame:
        """Build a frame from anything array-like. Raises FrameError for a wrong shape or a value not finite."""
        frame = cls(
            float(t_s),
            _array("image_px", image_px, (COUNT, 2)),
            _array("world_m", world_m, (COUNT, 3)),
            _array("visibility", visibility, (COUNT,)),
            (int(size_px[0]), int(size_px[1])),
        )
        if not np.isfinite(frame.t_s):
            raise FrameError(f"t_s should be a finite number of seconds, but is {t_s}.")
        if min(frame.size_px) < 1:
            raise FrameError(f"size_px should be a positive width and height, but is {size_px}.")
        return frame

    def at(self, t_s: float) -> PoseFrame:
        """The same body at another time."""
        if t_s == self.t_s:
            return self
        return PoseFrame(t_s, self.image_px, self.world_m, self.visibility, self.size_px)


def _array(name: str, values: ArrayLike, shape: tuple[int, ...]) -> Floats:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise FrameError(f"{name} should hold numbers of shape {shape}: {error}.") from None
    if array.shape != shape:
        raise FrameError(f"{name} should have shape {shape}, but has {array.shape}.")
    if not np.isfinite(array).all():
        raise FrameError(f"{name} should hold finite numbers only, but holds nan or infinity.")
    return array
