"""Writing an annotated video: the same seconds as the original, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Final, Self

from coach.errors import MediaError
from coach.io.opencv import cv2
from coach.io.picture import Picture, Pixels

_CODECS: Final = {".mp4": "mp4v", ".mov": "mp4v", ".avi": "MJPG", ".webm": "VP80"}
_LONG_SIDE_PX: Final = 1280


class AnnotatedVideo:
    """A video file under construction; it appears under its name only when it is complete.

    Frames are repeated or left out where the original's rate varies, so that times stay true.
    """

    def __init__(self, path: Path, size_px: tuple[int, int], fps: float) -> None:
        """Raises MediaError for a file name of another kind, or a place that cannot be written to."""
        codec = _CODECS.get(path.suffix.lower())
        if codec is None:
            raise MediaError(f"{path} should end in one of {', '.join(_CODECS)}.")
        self.path, self.fps = path, fps
        self.size_px = _even(size_px)
        self._part = path.with_name(f".{path.stem}.part{path.suffix}")
        self._writer = cv2.VideoWriter(
            str(self._part), cv2.VideoWriter.fourcc(*codec), fps, self.size_px
        )
        self._written = 0
        if not self._writer.isOpened():
            self._part.unlink(missing_ok=True)
            raise MediaError(
                f"{path} cannot be written: check that the folder exists and may be written to."
            )

    def fit(self, picture: Picture) -> Pixels:
        """The picture in the size of the file, to draw on."""
        if picture.size_px == self.size_px:
            return picture.bgr
        return cv2.resize(picture.bgr, self.size_px, interpolation=cv2.INTER_AREA).astype(
            "uint8", copy=False
        )

    def write(self, t_s: float, bgr: Pixels) -> None:
        """Show this picture (of `size_px`) from `t_s` on."""
        while self._written <= round(t_s * self.fps):
            self._writer.write(bgr)
            self._written += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.release()
        if error is None:
            self._part.replace(self.path)
        else:
            self._part.unlink(missing_ok=True)


def _even(size_px: tuple[int, int]) -> tuple[int, int]:
    """At most 1280 pixels on the long side, and even, as most codecs want it."""
    scale = min(1.0, _LONG_SIDE_PX / max(size_px))
    width, height = (max(2, round(side * scale / 2) * 2) for side in size_px)
    return width, height
