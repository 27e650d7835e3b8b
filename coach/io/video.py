"""Video files as pictures with their true times.

Times come from the container (a phone's frame rate varies), rotation metadata is obeyed, pixels are made square (a
stretched picture bends every angle), and a damaged file gives what can still be decoded, with a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from coach.errors import MediaError
from coach.io.media_kind import explain_unreadable
from coach.io.opencv import cv2
from coach.io.picture import Picture, Pixels

MAX_SIDE_PX: Final = 8192
MIN_SIDE_PX: Final = 32

_USUAL_FPS: Final = 30.0
_MOST_RETRIES: Final = 1000
"""How many undecodable frames in a row are passed over before a file counts as ended."""
_FAR_FEWER: Final = 0.9
"""Fewer than this share of the announced frames (or seconds) is worth a note; a few are lost in many good files."""


class Video:
    """An open video file; iterate over its pictures (again, if need be), then ask for `notes`.

    Attributes: `size_px` width and height as shown (upright), `fps` nominal frames a second, `frame_count` as announced
    by the file (0 when it does not say).
    """

    def __init__(self, path: Path) -> None:
        """Raises MediaError with one sentence on why this file is no use."""
        if not path.is_file():
            raise MediaError(_absent(path))
        self.path = path
        first = self._rewind()
        if first is None:
            self.close()
            raise MediaError(explain_unreadable(path))
        self._first: Pixels | None = first
        self.size_px = (first.shape[1], first.shape[0])
        try:
            _check_size(path, self.size_px)
        except MediaError:
            self.close()
            raise

    def __iter__(self) -> Iterator[Picture]:
        """The pictures in order of presentation. Times are repaired where the file's do not grow."""
        bgr, self._first = self._first, None
        bgr = self._rewind() if bgr is None else bgr
        start_s = self._position_s()
        while bgr is not None:
            self._last_s = self._next_time(self._position_s() - start_s)
            self._decoded += 1
            yield Picture(self._last_s, bgr)
            bgr = self._decode()

    @property
    def notes(self) -> tuple[str, ...]:
        """Known after the last picture: `video_truncated` (the end is missing), `video_damaged` (a part within is)."""
        found: list[str] = []
        few = self._decoded < _FAR_FEWER * self.frame_count
        # a varying frame rate makes the announced number a guess: then only a missing end counts
        early = self._last_s + 1.0 / self.fps < _FAR_FEWER * self.frame_count / self.fps
        if few and early:
            found.append("video_truncated")
        if self._passed_over:
            found.append("video_damaged")
        return tuple(found)

    def close(self) -> None:
        """Let go of the file."""
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

    def _rewind(self) -> Pixels | None:
        """Open the file from its start. Returns the first picture."""
        self._capture = cv2.VideoCapture(str(self.path.resolve()), cv2.CAP_FFMPEG)
        self._aspect = _pixel_aspect(self._capture)
        self.fps = _plausible_fps(self._capture.get(cv2.CAP_PROP_FPS))
        self.frame_count = max(0, int(self._capture.get(cv2.CAP_PROP_FRAME_COUNT)))
        self._decoded = self._undecodable = self._passed_over = 0
        self._last_s = 0.0
        return self._decode()

    def _decode(self) -> Pixels | None:
        """The next picture, upright and with square pixels, or None at the end.

        A failed read is the end of a whole file, but in a damaged one sound frames may follow.
        """
        for _ in range(1 + min(_MOST_RETRIES, max(0, self.frame_count - self._decoded))):
            bgr = self._read()
            if bgr is not None:
                self._passed_over += self._undecodable
                self._undecodable = 0
                return self._squared(bgr)
            self._undecodable += 1
        return None

    def _read(self) -> Pixels | None:
        try:
            found, bgr = self._capture.read()
        except cv2.error:  # a frame that contradicts the header
            return None
        return bgr.astype("uint8", copy=False) if found and bgr is not None and bgr.size else None

    def _position_s(self) -> float:
        return float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000.0

    def _next_time(self, told_s: float) -> float:
        if self._decoded == 0:
            return 0.0
        return told_s if told_s > self._last_s else self._last_s + 1.0 / self.fps

    def _squared(self, bgr: Pixels) -> Pixels:
        """The picture with square pixels."""
        if abs(self._aspect - 1.0) < 0.01:
            return bgr
        height, width = bgr.shape[:2]
        squared: Pixels = cv2.resize(bgr, (max(1, round(width * self._aspect)), height)).astype(
            "uint8", copy=False
        )
        return squared


def open_video(path: Path) -> Video:
    """Open a video file. Raises MediaError."""
    return Video(path)


def _absent(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder; name one video file in it."
    if path.exists():
        return f"{path} is not a regular file; name a video file."
    return f"There is no file {path}; check the name and the folder."


def _pixel_aspect(capture: cv2.VideoCapture) -> float:
    """Width of a pixel divided by its height, as shown: 1.0 unless the file says otherwise plausibly."""
    wide, high = capture.get(cv2.CAP_PROP_SAR_NUM), capture.get(cv2.CAP_PROP_SAR_DEN)
    if wide <= 0 or high <= 0 or not 0.25 <= wide / high <= 4.0:
        return 1.0
    turned = int(capture.get(cv2.CAP_PROP_ORIENTATION_META)) % 180 == 90
    return float(high / wide if turned else wide / high)


def _check_size(path: Path, size_px: tuple[int, int]) -> None:
    shown = f"{path.name} has pictures of {size_px[0]} x {size_px[1]} pixels"
    if max(size_px) > MAX_SIDE_PX:
        raise MediaError(f"{shown}; more than {MAX_SIDE_PX} on a side is too large: scale it down.")
    if min(size_px) < MIN_SIDE_PX:
        raise MediaError(f"{shown}; nobody can be seen in so small a picture.")


def _plausible_fps(told: float) -> float:
    return told if 1.0 <= told <= 240.0 else _USUAL_FPS  # some recorders tell their clock's rate
