"""The moving figure of a session as a page draws it: 18 landmarks, 15 times a second, in few bytes.

Little-endian, gzipped as a whole (the browser unpacks it): u32 frames N, u32 joints J, f32 metres a unit, f32 left,
top, right and bottom of where the body moves (metres), J bytes landmark numbers, padding to 4 bytes, N u32
milliseconds, J x 3 series of N i16 (x right, y down, z away), each the difference to the value before, N bytes:
0 nobody was seen.
"""

from __future__ import annotations

import gzip
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.comparing.features import body_points
from coach.errors import MovementError
from coach.frame import PoseFrame
from coach.io.recording import Recording
from coach.landmarks import pair

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

JOINTS: Final = (7, 8, *range(11, 17), *range(23, 33))
"""The landmarks that the solid figure is drawn from (`static/js/figure.js`)."""

FPS: Final = 15.0
UNIT_M: Final = 0.001
_LIMIT: Final = 32000
_SPAN: Final = (1.0, 99.0)
"""The drawing shows where the body was but for these percentiles: one landmark's jump must not make it tiny."""


def film(recording: Recording) -> bytes:
    """The film of a recording. Raises MovementError when nobody can be drawn in it."""
    kept = _thinned(recording.t_s)
    rows = [row for row in kept if recording.seen()[row]]
    points = _centred(recording, rows)
    units = np.zeros((len(kept), len(JOINTS), 3), np.int16)
    seen = np.isin(kept, rows)
    units[seen] = np.clip(np.rint(points / UNIT_M), -_LIMIT, _LIMIT)
    return gzip.compress(_packed(recording.t_s[kept], units, seen, _box(points)), 6, mtime=0)


def _thinned(t_s: Floats) -> NDArray[np.intp]:
    """The rows that are kept: one in each fifteenth of a second."""
    slots = np.floor(t_s * FPS + 1e-6).astype(np.int64)
    kept: NDArray[np.intp] = np.unique(slots, return_index=True)[1]
    return np.sort(kept)


def _centred(recording: Recording, rows: list[int]) -> Floats:
    """`(R, J, 3)` metres of the body as the camera saw it; 0 is where the hips were most of the time."""
    image, world = recording.image_px[rows], recording.world_m[rows]
    frames = [
        PoseFrame(0.0, one.astype(np.float64), other.astype(np.float64), np.ones(len(one)), (1, 1))
        for one, other in zip(image, world, strict=True)
    ]
    if not frames:
        raise MovementError("nobody is in the recording")
    points = body_points(frames)
    centre = np.median(points[:, list(pair("hip"))].mean(1), axis=0)
    seen: Floats = (points - centre)[:, JOINTS]
    return seen


def _box(points: Floats) -> Box:
    """Left, top, right, bottom: of the joint that is furthest out on each side."""
    low, high = np.percentile(points[..., :2], _SPAN, axis=0)
    (left, top), (right, bottom) = low.min(axis=0), high.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _packed(t_s: Floats, units: NDArray[np.int16], seen: NDArray[np.bool_], box: Box) -> bytes:
    count, joints = units.shape[:2]
    last = np.maximum.accumulate(np.where(seen, np.arange(count), 0))
    held = units[last]  # a gap costs nothing when it repeats what was before
    series = held.reshape(count, -1).T.astype(np.int32)
    parts = (
        np.array([count, joints], "<u4"),
        np.array([UNIT_M, *box], "<f4"),
        np.array([*JOINTS, *[0] * (-joints % 4)], np.uint8),
        np.rint(t_s * 1000).astype("<u4"),
        np.diff(series, axis=1, prepend=0).astype("<i2"),
        seen.astype(np.uint8),
    )
    return b"".join(part.tobytes() for part in parts)
