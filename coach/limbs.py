"""Is this limb really there? The pose model invents what it cannot see, and may be very sure of it.

A visibility near 1 is no proof: push-ups grow arms behind the body, and legs look perfectly straight while they are out
of the picture. What gives an invention away is that no body could do it: a point beyond the border, a bone longer than
bones are, a joint that turns faster than joints turn. And a bone that looks short points at the camera: the plain
picture angle knows nothing about it.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final

import msgspec

from coach.body import Body
from coach.exercise import Method
from coach.joints import ANGLES
from coach.landmarks import Side
from coach.lift import SEGMENTS, Segment

_LEG_SEEN: Final = 0.2
"""Visibility from which a leg behind the other one is still followed (its knee 1 to 10 degrees off, 4 in the mean)."""

_ARM_SEEN: Final[dict[Method, dict[str, float]]] = {
    "image": {"elbow": 0.3, "wrist": 0.3},
    "lift": {"elbow": 0.5, "wrist": 0.7},
}
"""An arm behind the body is lost earlier: a still one is said to move with the other (up to 38 degrees off). A
half-hidden forearm's depth is a guess: lifted it is 10 degrees off below 0.8, 7 above."""

_SHORTEST: Final = 0.6
"""Apparent over usual length in the plane: 53 degrees out of it. Push-ups at a visibility of 0.3 to 0.5: where both
elbows are longer than this they differ by 9 degrees in 80 % of frames, else by 18."""

_LONGEST: Final = 1.25
"""Apparent over usual length; 99 of 100 well-seen thighs and shanks of real people stay below 1.14."""

_FASTEST_DEG_S: Final = 1000.0
"""Sprinters' knees reach it; exercises stay below 500."""

_DOUBT_S: Final = 0.2


class JumpState(msgspec.Struct):
    """Plain state: each angle's last time and value, and when it last jumped."""

    last: dict[str, tuple[float, float]] = {}
    jumped_s: dict[str, float] = {}

    def steady(self, key: str, t_s: float, deg: float) -> bool:
        """Take an angle's next value: whether it has not jumped in the last moments."""
        before_s, before_deg = self.last.get(key, (t_s, deg))
        self.last[key] = t_s, deg
        if abs(deg - before_deg) > _FASTEST_DEG_S * (t_s - before_s):
            self.jumped_s[key] = t_s
        return t_s - self.jumped_s.get(key, -_DOUBT_S) >= _DOUBT_S


def seen(body: Body, name: str, side: Side, method: Method) -> float:
    """How well the worst point of a named angle is seen, 0..1; 0 for a limb that is hidden or cannot be there.

    What is too little to see depends on the `method`.
    """
    points = ANGLES[name].points
    worst = body.worst(points, side)
    there = (
        worst >= _least(points, method)
        and body.inside(points, side)
        and _credible(body, points, side, method)
    )
    return worst if there else 0.0


@cache
def _least(points: tuple[str, ...], method: Method) -> float:
    return max([_ARM_SEEN[method].get(point, _LEG_SEEN) for point in points])


@cache
def _bones(points: tuple[str, ...]) -> tuple[Segment, ...]:
    """Limb segments of which an angle uses both ends."""
    return tuple(bone for bone in SEGMENTS.values() if bone.near in points and bone.far in points)


def _credible(body: Body, points: tuple[str, ...], side: Side, method: Method) -> bool:
    """Whether no bone is longer than bones are, nor, in the picture, so short that it points at the camera."""
    shortest = 0.0 if method == "lift" else _SHORTEST
    for bone in _bones(points):
        length_m = math.dist(body.point(bone.near, side), body.point(bone.far, side))
        if not shortest <= length_m / bone.length_m <= _LONGEST:
            return False
    return True
