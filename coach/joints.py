"""Every clinical angle, defined once: its segments, its zero and sign, the view in which the picture shows it.

Neutral-zero: 0 degrees in the anatomical position, flexion and abduction positive. Two methods, named per angle and
view in the exercise file and never switched from frame to frame: `image` is the plain angle in the picture plane
(best where the joint moves in that plane), `lift` the posterior median in space (`coach.lift`). Conventions and
sources: American Academy of Orthopaedic Surgeons' neutral-zero method; table in docs/reference/angles.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

from coach.body import Body
from coach.geometry import Vec, turn_deg
from coach.landmarks import Side
from coach.lift import ALIASES, JOINTS

Points = tuple[str, ...]


ALL_VIEWS: Final = frozenset({"side", "oblique", "front", "unknown"})
_FRONTAL: Final = frozenset({"front", "oblique"})
_SAGITTAL: Final = frozenset({"side", "oblique"})


class AngleDef(NamedTuple):
    """How an angle is read off the picture. `points` must be seen; `sided` angles exist for left and right.

    `views`: from where it can be seen at all; elsewhere it means nothing and is not measured.
    """

    points: Points
    read: Callable[[Body, Side], float]
    sided: bool = True
    views: frozenset[str] = ALL_VIEWS


def _bend(near: Points, far: Points) -> Callable[[Body, Side], float]:
    """Unsigned angle between two segments, each given by its two points; 0 when they point the same way."""

    def read(body: Body, side: Side) -> float:
        u = body.point(near[0], side).to(body.point(near[1], side))
        v = body.point(far[0], side).to(body.point(far[1], side))
        return abs(turn_deg(u, v))

    return read


_DOWN: Final = Vec(0.0, 1.0)
_UP: Final = Vec(0.0, -1.0)


def _trunk_lean(body: Body, side: Side) -> float:
    """Unsigned lean of the trunk's midline from the vertical."""
    return abs(turn_deg(_UP, body.point("mid_hip", side).to(body.point("mid_shoulder", side))))


def _outward(body: Body, side: Side) -> float:
    """+1 when the person's `side` is to the right in the picture, else -1 (from the hips and shoulders)."""
    other: Side = "right" if side == "left" else "left"
    across = body.point("hip", side).x - body.point("hip", other).x
    across += body.point("shoulder", side).x - body.point("shoulder", other).x
    return 1.0 if across >= 0.0 else -1.0


def _leftward(body: Body) -> float:
    """+1 when the person's left is to the right in the picture, else -1. From the hips: they stay when the trunk
    turns."""
    return 1.0 if body.point("hip", "left").x >= body.point("hip", "right").x else -1.0


def _hip_abduction(body: Body, side: Side) -> float:
    """Thigh against the perpendicular of the hip line (so that hiking the pelvis does not count); outward positive."""
    other: Side = "right" if side == "left" else "left"
    line = body.point("hip", other).to(body.point("hip", side))
    outward = _outward(body, side)
    down = Vec(-line.y * outward, line.x * outward)
    thigh = body.point("hip", side).to(body.point("knee", side))
    return -outward * turn_deg(down, thigh)


def _hip_extension(body: Body, side: Side) -> float:
    """Thigh against the line of the trunk, seen from the side; behind it positive, in front (flexion) negative."""
    trunk = body.point("mid_shoulder", side).to(body.point("mid_hip", side))
    thigh = body.point("hip", side).to(body.point("knee", side))
    return body.facing * turn_deg(trunk, thigh)


def _knee_fppa(body: Body, side: Side) -> float:
    """Frontal projection of the knee: shank against thigh; medial (valgus) positive."""
    thigh = body.point("hip", side).to(body.point("knee", side))
    shank = body.point("knee", side).to(body.point("ankle", side))
    return -_outward(body, side) * turn_deg(thigh, shank)


def _body_line(body: Body, side: Side) -> float:
    """Bend of the line shoulder-hip-ankle, seen from the side: hips high (pike) positive, hips low (sag) negative."""
    shoulder, hip, ankle = (body.point(name, side) for name in ("shoulder", "hip", "ankle"))
    bend = abs(turn_deg(shoulder.to(hip), hip.to(ankle)))
    span = ankle.x - shoulder.x
    share = (hip.x - shoulder.x) / span if abs(span) > 1e-6 else 0.5
    on_line = shoulder.y + share * (ankle.y - shoulder.y)
    return math.copysign(bend, on_line - hip.y)


def _slope(part: str) -> Callable[[Body, Side], float]:
    """Tilt of the line between both sides' points; the person's `side` higher is positive."""

    def read(body: Body, side: Side) -> float:
        other: Side = "right" if side == "left" else "left"
        line = body.point(part, other).to(body.point(part, side))
        return math.degrees(math.atan2(-line.y, abs(line.x)))

    return read


def _segment_lean(near: str, far: str) -> Callable[[Body, Side], float]:
    """Unsigned angle of one segment from straight down."""

    def read(body: Body, side: Side) -> float:
        return abs(turn_deg(_DOWN, body.point(near, side).to(body.point(far, side))))

    return read


_TRUNK_DOWN: Final = ("mid_shoulder", "mid_hip")

ANGLES: Final[dict[str, AngleDef]] = {
    "knee_flexion": AngleDef(("hip", "knee", "ankle"), _bend(("hip", "knee"), ("knee", "ankle"))),
    "hip_flexion": AngleDef(("mid_shoulder", "hip", "knee"), _bend(_TRUNK_DOWN, ("hip", "knee"))),
    "hip_extension": AngleDef(("mid_shoulder", "hip", "knee"), _hip_extension, views=_SAGITTAL),
    "elbow_flexion": AngleDef(
        ("shoulder", "elbow", "wrist"), _bend(("shoulder", "elbow"), ("elbow", "wrist"))
    ),
    "shoulder_flexion": AngleDef(
        ("mid_hip", "shoulder", "elbow"), _bend(_TRUNK_DOWN, ("shoulder", "elbow"))
    ),
    "shoulder_abduction": AngleDef(
        ("mid_hip", "shoulder", "elbow"), _bend(_TRUNK_DOWN, ("shoulder", "elbow"))
    ),
    "hip_abduction": AngleDef(("hip", "knee"), _hip_abduction, views=_FRONTAL),
    "knee_fppa": AngleDef(("hip", "knee", "ankle"), _knee_fppa, views=_FRONTAL),
    "body_line": AngleDef(("shoulder", "hip", "ankle"), _body_line, views=_SAGITTAL),
    "shoulder_tilt": AngleDef(("shoulder",), _slope("shoulder"), views=_FRONTAL),
    "pelvis_tilt": AngleDef(("hip",), _slope("hip"), views=_FRONTAL),
    "thigh_lean": AngleDef(("hip", "knee"), _segment_lean("hip", "knee")),
    "shank_lean": AngleDef(("knee", "ankle"), _segment_lean("knee", "ankle")),
    "upper_arm_lean": AngleDef(("shoulder", "elbow"), _segment_lean("shoulder", "elbow")),
    "trunk_lean": AngleDef(("mid_shoulder", "mid_hip"), _trunk_lean, sided=False),
}

LIFTABLE: Final = frozenset({*JOINTS, *ALIASES})
"""Angles that `coach.lift` can give in space."""

DISTANCES: Final = ("height", "shift", "ahead", "aside", "gap")

DISTANCE_VIEWS: Final = {"ahead": _SAGITTAL, "aside": _FRONTAL}
"""Distances that mean nothing from elsewhere."""


def distance(kind: str, body: Body, of: str, base: str, side: Side) -> float:
    """Body metres from `base` to `of`: `height` upwards, `shift` sideways (unsigned), `ahead` towards where the person
    faces, `aside` towards their left, `gap` straight."""
    step = body.point(base, side).to(body.point(of, side))
    if kind == "height":
        return -step.y
    if kind == "ahead":
        return step.x * body.facing
    if kind == "aside":
        return step.x * _leftward(body)
    return abs(step.x) if kind == "shift" else step.length()
