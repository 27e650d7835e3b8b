"""One frame as a body: named points in body metres, and how well each is seen.

A body metre is a picture distance divided by the frame's scale (pixels per metre of the model's nominal adult), so that
thresholds hold for tall and short people, near and far. Where the body moves in the picture plane that is all an
exercise needs; depth comes from `coach.lift`.
"""

from __future__ import annotations

import math
from functools import cache
from operator import mul
from typing import Final

import numpy as np

from coach.frame import Floats, PoseFrame
from coach.geometry import Vec, midpoint
from coach.landmarks import COUNT, Landmark, Side, of, pair

_OUTSIDE: Final = 0.06
"""A point this share of the picture's short side outside it is not seen, whatever the model claims."""

_CLEARLY: Final = 0.3
_HIPS: Final = list(pair("hip"))

PICTURE: Final = "picture"
"""The middle of the picture, as a point: who steps up rises against it, who lifts a foot does not."""

SCALE_POINTS: Final = tuple(
    int(of(side, part))
    for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for side in ("left", "right")
)

_SCALE_ROWS: Final = np.array(SCALE_POINTS, dtype=np.intp)


class Body:
    """The points of one frame. `scale_px` is pixels per body metre (see `coach.view.ViewState`), > 0.

    `roll_deg`, how far the camera is tilted (`coach.level`), is taken out: down is down in the room.
    """

    __slots__ = ("_outside", "_picture", "_points", "_seen", "_worst", "_xy", "frame", "scale_px")

    def __init__(self, frame: PoseFrame, scale_px: float, roll_deg: float = 0.0) -> None:
        self.frame = frame
        self.scale_px = scale_px
        picture = frame.image_px / scale_px
        self._picture: list[list[float]] = picture.tolist()
        self._xy = _levelled(picture, roll_deg).tolist() if roll_deg else self._picture
        self._seen, self._outside = _visibility(frame)
        self._points: dict[tuple[str, Side], Vec] = {}
        self._worst: dict[tuple[tuple[str, ...], Side], float] = {}

    def point(self, name: str, side: Side) -> Vec:
        """A named point: a landmark part of `side` ("knee"), "nose", "mid_hip", "low_ankle" or "picture"."""
        known = self._points.get((name, side))
        if known is None:
            known = self._points[name, side] = self._locate(self._xy, *_point(name, side))
        return known

    def in_picture(self, name: str, side: Side) -> Vec:
        """The point where the picture has it, however the camera is tilted: to be held against its borders."""
        return self._locate(self._picture, *_point(name, side))

    def seen(self, name: str, side: Side) -> float:
        """How well the point is seen, 0..1; of a pair, its better half."""
        _, first, second = _point(name, side)
        return max(self._seen[first], self._seen[second])

    def worst(self, names: tuple[str, ...], side: Side) -> float:
        """How well the worst of these points is seen, 0..1."""
        known = self._worst.get((names, side))
        if known is None:
            seen, points = self._seen, _points(names, side)
            known = min([max(seen[first], seen[second]) for _, first, second in points])
            self._worst[names, side] = known
        return known

    @property
    def facing(self) -> float:
        """+1 when the person faces the picture's right (their left side is farther away), -1 when its left."""
        depth = self.frame.world_m[:, 2]
        away = sum(
            depth[of("left", part)] - depth[of("right", part)] for part in ("shoulder", "hip")
        )
        return 1.0 if away >= 0.0 else -1.0

    def inside(self, names: tuple[str, ...], side: Side) -> bool:
        """Whether all these points lie in the picture; of a pair, both halves."""
        return not self._outside or all(
            self._outside.isdisjoint(halves) for _, *halves in _points(names, side)
        )

    def _locate(self, xy: list[list[float]], kind: str, first: int, second: int) -> Vec:
        if kind == PICTURE:
            width, height = self.frame.size_px
            return Vec(width / 2 / self.scale_px, height / 2 / self.scale_px)
        one = Vec(*xy[first])
        if kind == "one":
            return one
        other = Vec(*xy[second])
        if kind == "mid":
            return midpoint(one, other)
        # of a hidden and a seen foot the seen one tells where the floor is
        better = self._seen[first] - self._seen[second]
        if abs(better) > _CLEARLY:
            return one if better > 0 else other
        return one if one.y > other.y else other


def _levelled(points: Floats, roll_deg: float) -> Floats:
    """`(33, 2)` points turned back by the roll about the hips, which so stay where the picture has them."""
    cos, sin = math.cos(math.radians(roll_deg)), math.sin(math.radians(roll_deg))
    hips = points[_HIPS].mean(0)
    level: Floats = (points - hips) @ ((cos, -sin), (sin, cos)) + hips
    return level


def _visibility(frame: PoseFrame) -> tuple[list[float], set[int]]:
    """The model's visibility, faded to zero for points outside the picture, and which these are.

    Last in the list stands the picture's middle, which is always there.
    """
    width, height = frame.size_px
    margin = _OUTSIDE * min(width, height)
    seen: list[float] = frame.visibility.tolist()
    seen.append(1.0)
    beyond = set[int]()
    across, down = frame.image_px.T.tolist()
    if min(across) >= 0.0 <= min(down) and max(across) <= width and max(down) <= height:
        return seen, beyond
    for i, (x, y) in enumerate(zip(across, down, strict=True)):
        if not (0.0 <= x <= width and 0.0 <= y <= height):
            beyond.add(i)
            outside = max(-x, x - width, -y, y - height)
            seen[i] *= max(0.0, 1.0 - outside / margin)
    return seen, beyond


@cache
def _point(name: str, side: Side) -> tuple[str, int, int]:
    """A point's kind and two landmarks: one (twice), the middle of two, or the lower of two. Raises KeyError."""
    if name == PICTURE:
        return PICTURE, COUNT, COUNT
    kind, _, part = name.partition("_")
    if kind in {"mid", "low"}:
        first, second = pair(part)
        return kind, int(first), int(second)
    index = int(Landmark.NOSE if name == "nose" else of(side, name))
    return "one", index, index


def halves(name: str, side: Side) -> tuple[int, int]:
    """The two landmarks that a named point is made of; a single one is given twice. Raises KeyError."""
    return _point(name, side)[1:]


@cache
def _points(names: tuple[str, ...], side: Side) -> tuple[tuple[str, int, int], ...]:
    return tuple(_point(name, side) for name in names)


def is_point(name: str) -> bool:
    """Whether exercise files may use this point name."""
    try:
        _point(name, "left")
    except KeyError:
        return False
    return True


def frame_scale_px(frame: PoseFrame) -> float:
    """Pixels per body metre of this frame alone: spread of the limbs in the picture over that in the model's metres.

    Method of docs/decisions/lift (step 1): sqrt(sum |p - mean p|^2 / sum |w - mean w|^2) over shoulders, elbows,
    wrists, hips, knees and ankles, x and y only. NaN when the body is a single point.
    """
    spread = _spread(frame.image_px.take(_SCALE_ROWS, 0))
    nominal = _spread(frame.world_m.take(_SCALE_ROWS, 0)[:, :2])
    return math.sqrt(spread / nominal) if nominal > 1e-9 and spread > 0.0 else math.nan


def _spread(points: Floats) -> float:
    """Sum of the squared distances of `(N, 2)` points from their mean: of the squares, less the mean's share."""
    # a dozen points: plain sums are faster than arrays
    axes: list[list[float]] = points.T.tolist()
    return math.fsum([sum(map(mul, axis, axis)) - sum(axis) ** 2 / len(axis) for axis in axes])
