"""A local camera as pictures with monotonic times."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Final, Self

from coach.errors import MediaError
from coach.io.opencv import cv2
from coach.io.picture import Picture, Pixels

_TRIES: Final = 10
"""A camera that warms up may deliver nothing at first; one that is gone never does."""
_TICK_S: Final = 1e-4
"""Two pictures within one tick of a coarse clock still have an order."""


class Camera:
    """An open camera; iterating never ends by itself. Times are seconds since the first picture.

    Attributes: `size_px` width and height.
    """

    def __init__(self, index: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises MediaError when the camera is absent, or taken by another program."""
        self.index = index
        self._clock = clock
        self._capture = cv2.VideoCapture(index)
        first = self._read()
        if first is None:
            self.close()
            raise MediaError(
                f"Camera {index} cannot be used: it is not there, not permitted, or taken by another program. "
                "Close other programs that use it, or try --camera with another number."
            )
        self.size_px = (first.shape[1], first.shape[0])

    def __iter__(self) -> Iterator[Picture]:
        """Pictures as they come. Raises MediaError when the camera goes away."""
        start_s, last_s = self._clock(), -_TICK_S
        while True:
            bgr = self._read()
            if bgr is None:
                raise MediaError(
                    f"Camera {self.index} stopped sending pictures; plug it in again and restart."
                )
            last_s = max(self._clock() - start_s, last_s + _TICK_S)
            yield Picture(last_s, bgr)

    def close(self) -> None:
        """Let other programs have the camera."""
        self._capture.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self) -> Pixels | None:
        for _ in range(_TRIES if self._capture.isOpened() else 0):
            found, bgr = self._capture.read()
            if found and bgr is not None and bgr.size:
                return bgr.astype("uint8", copy=False)
        return None


def open_camera(index: int = 0) -> Camera:
    """Open a camera by its number. Raises MediaError."""
    return Camera(index)
