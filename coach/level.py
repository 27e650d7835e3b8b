"""Does the camera stand straight? Its roll and pitch, from how somebody stands still: slow facts, like the view.

Nothing in a picture tells where down is, and the model's metres are turned with the camera. The one plumb line is a
person: who stands still and straight has the middle of the shoulders above the middle of the ankles, to one degree seen
from the front and to one to three (they lean a little forwards) from the side. So the roll is the median of that line
over some seconds of standing, and it is trusted only where it is large: what is small may be posture.

The pitch is how far the same line leans towards the camera, by the model's depth: it makes half of it, and shows even
who is seen from straight ahead as seen from a little above. What is left is known to 9 degrees: enough to tell a camera
on a cupboard or on the floor, too little to correct an angle by.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec

from coach.events import Angle
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.geometry import Vec, midpoint, turn_deg
from coach.landmarks import pair

UPRIGHT: Final = frozenset({"standing", "seated"})
"""Positions from which somebody may get up and stand; who exercises lying is no plumb line."""


_KEEP: Final = 60
_ENOUGH: Final = 6
_SPREAD_DEG: Final = 3.0
"""Samples kept and needed, at most ten a second, and how far apart the middle half of them may be."""

_POSTURE_DEG: Final = 3.0
_CAMERA_DEG: Final = 5.0
"""Up to here a line off the vertical may be how somebody stands, from here on it is the camera; between, in part."""

_MOST_DEG: Final = 15.0
_BENT_DEG: Final = 8.0
_TALL_M: Final = 1.15
_STRIDE_M: Final = 0.2
_STILL_M: Final = 0.03
_SEEN: Final = 0.6
_FRONT_DEG: Final = 20.0
_SKEW_DEG: Final = 4.0

_DEPTH_GAIN: Final = 0.54
_DEPTH_OFFSET_DEG: Final = 7.8
"""How much of the pitch the model's depth shows, and what it shows without any: fitted on 72 renders of four bodies
from 15 degrees below to 34 above (docs/decisions/0002-angles.md)."""

PITCH_ERROR_DEG: Final = 9.0
"""80 % half-width of the pitch: 8 on renders of a body that was not fitted on, and people do not all stand alike."""

_LINE: Final = [int(point) for part in ("shoulder", "ankle") for point in pair(part)]

_UP: Final = Vec(0.0, -1.0)


def is_plumb(exercise: Exercise) -> bool:
    """Whether somebody who does this exercise tells how the camera is tilted."""
    return exercise.position in UPRIGHT and exercise.camera.plumb


class LevelState(msgspec.Struct):
    """Plain state: lines of somebody standing (in the picture, and in depth), where the shoulders were last, and what
    was made of them.

    `roll_deg` is how far the picture is tilted, clockwise positive; 0 while nothing is known for sure. `pitch` is from
    how far above the person is seen, negative from below; None while nobody has stood still.
    """

    lines_deg: list[float] = []
    depths_deg: list[float] = []
    shoulders_m: tuple[float, float] | None = None
    roll_deg: float = 0.0
    pitch: Angle | None = None


def observe(state: LevelState, frame: PoseFrame, scale_px: float, turned_deg: float) -> None:
    """Take a frame, at most ten a second. `turned_deg`: of the body out of the picture plane, 0..90."""
    points = _Standing(frame, scale_px)
    before, state.shoulders_m = state.shoulders_m, (points.shoulders.x, points.shoulders.y)
    if before is None or Vec(*before).to(points.shoulders).length() > _STILL_M:
        return
    line_deg = points.plumb_deg()
    if line_deg is None or (turned_deg <= _FRONT_DEG and points.skewed(line_deg)):
        return
    for samples, value in ((state.lines_deg, line_deg), (state.depths_deg, points.depth_deg())):
        samples.append(value)
        del samples[:-_KEEP]
    state.roll_deg = _roll_deg(sorted(state.lines_deg))
    state.pitch = _pitch(sorted(state.depths_deg))


def _roll_deg(lines_deg: list[float]) -> float:
    """What of the lines' median (sorted, degrees) is the camera's."""
    count = len(lines_deg)
    if count < _ENOUGH or lines_deg[3 * count // 4] - lines_deg[count // 4] > _SPREAD_DEG:
        return 0.0
    median = lines_deg[count // 2]
    share = (abs(median) - _POSTURE_DEG) / (_CAMERA_DEG - _POSTURE_DEG)
    return median * min(1.0, max(0.0, share)) + 0.0


def _pitch(depths_deg: list[float]) -> Angle | None:
    """The pitch, by the median of the lines in depth (sorted); the less sure the further these are apart."""
    count = len(depths_deg)
    if count < _ENOUGH:
        return None
    spread = (depths_deg[3 * count // 4] - depths_deg[count // 4]) / 2 / _DEPTH_GAIN
    deg = (depths_deg[count // 2] - _DEPTH_OFFSET_DEG) / _DEPTH_GAIN
    return Angle(deg, math.hypot(PITCH_ERROR_DEG, spread))


class _Standing:
    """The points of one frame that tell whether somebody stands straight, body metres."""

    def __init__(self, frame: PoseFrame, scale_px: float) -> None:
        self._xy: list[list[float]] = (frame.image_px / scale_px).tolist()
        self._seen: list[float] = frame.visibility.tolist()
        width, height = frame.size_px
        self._size = Vec(width / scale_px, height / scale_px)
        left, right, *ankles = frame.world_m.take(_LINE, 0).tolist()
        self._down_m, self._away_m = (
            (ankles[0][axis] + ankles[1][axis] - left[axis] - right[axis]) / 2 for axis in (1, 2)
        )
        self.shoulders, self._hips, self._ankles = (
            midpoint(*self._both(part)) for part in ("shoulder", "hip", "ankle")
        )

    def plumb_deg(self) -> float | None:
        """Tilt of the line from the ankles to the shoulders, clockwise; None for who does not stand straight."""
        up = self._ankles.to(self.shoulders)
        line_deg = turn_deg(_UP, up)
        trunk, legs = self._hips.to(self.shoulders), self._ankles.to(self._hips)
        straight = (
            math.hypot(up.length(), self._away_m) >= _TALL_M
            and abs(line_deg) <= _MOST_DEG
            and abs(turn_deg(legs, trunk)) <= _BENT_DEG
            and self._feet_down()
        )
        return line_deg if straight and self._in_picture() else None

    def depth_deg(self) -> float:
        """How far the shoulders are nearer than the ankles, by the model, as an angle at the ankles."""
        return math.degrees(math.atan2(self._away_m, self._down_m))

    def skewed(self, line_deg: float) -> bool:
        """Seen from the front: whether shoulders and hips are level neither with the line nor with its square."""
        across_deg = [
            turn_deg(Vec(math.copysign(1.0, line.x), 0.0), line)
            for line in (right.to(left) for left, right in map(self._both, ("shoulder", "hip")))
        ]
        return abs(sum(across_deg) / 2 - line_deg) > _SKEW_DEG

    def _feet_down(self) -> bool:
        left, right = self._both("ankle")
        return abs(left.y - right.y) <= _STRIDE_M

    def _in_picture(self) -> bool:
        """Whether shoulders, hips and ankles are seen, and nothing of them was made up beyond the border."""
        for part in ("shoulder", "hip", "ankle"):
            if max(self._seen[index] for index in pair(part)) < _SEEN:
                return False
            for point in self._both(part):
                if not (0.0 <= point.x <= self._size.x and 0.0 <= point.y <= self._size.y):
                    return False
        return True

    def _both(self, part: str) -> tuple[Vec, Vec]:
        left, right = pair(part)
        return Vec(*self._xy[left]), Vec(*self._xy[right])
