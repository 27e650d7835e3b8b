"""A repetition as it is compared: the leans of every segment and the bend of every joint, over the whole movement.

Leans are read in the person's own axes (forward, outward, up), so that it does not matter how the person is turned;
they have no length in them, so that it does not matter how tall the person is; and they are read at equal shares of
the movement, so that it does not matter how fast it was.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.body import Body, frame_scale_px
from coach.errors import MovementError
from coach.frame import PoseFrame
from coach.geometry import angle_deg
from coach.landmarks import SIDES, Side, of, pair
from coach.measures import trust

Floats = NDArray[np.float64]
Axis = Literal["forward", "outward", "up", "bend"]

STEPS: Final = 40
"""Equal shares of a repetition at which it is read; a 4 s repetition is read ten times a second."""

LEAST_FRAMES: Final = 5
LEAST_S: Final = 0.3
"""A recording with fewer frames with a person, or shorter, shows no movement."""

_TREMBLE_S: Final = 0.1
"""Half-width of the running mean against trembling landmarks; centred, so that nothing is delayed."""

_WAITING: Final = 0.15
"""Who is within this share of the movement of the first (last) posture has not set out (has come back)."""

_POSTURE_S: Final = 0.2
"""The first (last) posture is the mean over so long: a single frame trembles."""


class Feature(NamedTuple):
    """One thing to compare: the lean of `part` along `axis`, or the bend of a joint (`axis` "bend").

    `side` is None for the middle of the body; there, outward means to the person's left.
    """

    part: str
    axis: Axis
    side: Side | None = None

    @property
    def name(self) -> str:
        """As results carry it: `trunk_forward`, `left_thigh_outward`, `left_knee_flexion`."""
        what = f"{self.part}_flexion" if self.axis == "bend" else f"{self.part}_{self.axis}"
        return f"{self.side}_{what}" if self.side else what


_MIDDLE: Final = {
    "trunk": ("mid_hip", "mid_shoulder"),
    "pelvis": ("right hip", "left hip"),
    "shoulders": ("right shoulder", "left shoulder"),
}
_LIMBS: Final = {
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
}
_BENDS: Final = {
    "knee": ("thigh", "shank"),
    "hip": ("trunk", "thigh"),
    "shoulder": ("trunk", "upper_arm"),
    "elbow": ("upper_arm", "forearm"),
}
_AXES: Final[tuple[Axis, ...]] = ("forward", "outward", "up")

FEATURES: Final[tuple[Feature, ...]] = (
    *(Feature(part, axis) for part in _MIDDLE for axis in _AXES),
    *(Feature(part, axis, side) for part in _LIMBS for side in SIDES for axis in _AXES),
    *(Feature(joint, "bend", side) for joint in _BENDS for side in SIDES),
)
"""The columns of every motion."""

BY_NAME: Final = {feature.name: feature for feature in FEATURES}

_COLUMN: Final = {feature: column for column, feature in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """One repetition.

    Attributes:
        deg: `(STEPS, len(FEATURES))` degrees.
        seen: `(len(FEATURES),)` 0..1, how well the points of each feature were seen.
        yaw_deg: how the person was turned: 0 faces the camera, -90 the left side towards it.
        span_s: when the first and the last step were: the waiting before and after is left out.
    """

    deg: Floats
    seen: Floats
    yaw_deg: float
    span_s: tuple[float, float] = (0.0, 1.0)

    def mirrored(self) -> Motion:
        """The same movement with left and right exchanged."""
        return Motion(mirrored(self.deg), self.seen[_SWAP], -self.yaw_deg, self.span_s)


def mirrored(columns: Floats) -> Floats:
    """`(..., F)` values of every feature with left and right exchanged."""
    swapped: Floats = columns[..., _SWAP] * _SIGN
    return swapped


def depth_shares(yaw_deg: float) -> Floats:
    """`(F,)` 0..1, how much of each feature lies along the camera's axis, squared, for a person so turned.

    A bend lies anywhere: half of it.
    """
    ahead, across = math.cos(math.radians(yaw_deg)) ** 2, math.sin(math.radians(yaw_deg)) ** 2
    share = {"forward": ahead, "outward": across, "up": 0.0, "bend": 0.5}
    return np.array([share[feature.axis] for feature in FEATURES])


def _opposite(feature: Feature) -> Feature:
    if feature.side is None:
        return feature
    return feature._replace(side="right" if feature.side == "left" else "left")


def _changes_sign(feature: Feature) -> bool:
    """In the mirror a trunk leans to the other side, and the lines from right to left turn and tilt the other way."""
    lines = feature.part in {"pelvis", "shoulders"}
    return feature.side is None and (feature.axis == "outward") != lines


_SWAP: Final = np.array([_COLUMN[_opposite(feature)] for feature in FEATURES])
_SIGN: Final = np.where([_changes_sign(feature) for feature in FEATURES], -1.0, 1.0)


def motion(frames: Sequence[PoseFrame]) -> Motion:
    """The frames of one repetition as a motion. Raises MovementError when they are too few."""
    span_s = frames[-1].t_s - frames[0].t_s if frames else 0.0
    if len(frames) < LEAST_FRAMES or span_s < LEAST_S:
        raise MovementError(
            f"a repetition needs at least {LEAST_FRAMES} frames with a person over {LEAST_S} s, "
            f"but this has {len(frames)} over {span_s:.1f} s"
        )
    points, yaw = turned_to_front(body_points(frames))
    t_s = np.array([frame.t_s for frame in frames])
    steady, seen = _steadied(_degrees(points), t_s), _seen(frames)
    moving = _moving(steady, seen, t_s)
    span = float(t_s[moving][0]), float(t_s[moving][-1])
    return Motion(_at_equal_shares(steady[moving], t_s[moving]), seen, math.degrees(yaw), span)


def body_points(frames: Sequence[PoseFrame]) -> Floats:
    """`(N, 33, 3)` body metres: x and y from the picture, which is good, z from the model, which is all there is."""
    scale_px = float(np.nanmedian([frame_scale_px(frame) for frame in frames]))
    if not math.isfinite(scale_px):
        raise MovementError("all landmarks lie in one point")
    points = np.stack([frame.world_m for frame in frames])
    points[..., :2] = np.stack([frame.image_px for frame in frames]) / scale_px
    return points


def turned_to_front(points: Floats) -> tuple[Floats, float]:
    """The points as if the person had faced the camera, and by how much (radians) they were turned.

    One turn for the whole repetition, from hips and shoulders: who twists is still seen to twist.
    """
    (left_hip, right_hip), (left_shoulder, right_shoulder) = pair("hip"), pair("shoulder")
    across = points[:, left_hip] - points[:, right_hip]
    across = np.median(across + points[:, left_shoulder] - points[:, right_shoulder], axis=0)
    yaw = math.atan2(across[2], across[0])
    cos, sin = math.cos(yaw), math.sin(yaw)
    turned = points.copy()
    turned[..., 0] = cos * points[..., 0] + sin * points[..., 2]
    turned[..., 2] = cos * points[..., 2] - sin * points[..., 0]
    return turned, yaw


def _degrees(points: Floats) -> Floats:
    """`(N, F)` degrees of every feature."""
    vectors = _vectors(points)
    columns = [_lean(vectors, f) if f.axis != "bend" else _bend(vectors, f) for f in FEATURES]
    return np.stack(columns, axis=1)


def _vectors(points: Floats) -> dict[tuple[str, Side | None], Floats]:
    """Unit vectors `(N, 3)` along every segment, in forward, left and up."""
    pairs: dict[tuple[str, Side | None], tuple[Floats, Floats]] = {
        (part, None): (_point(points, near), _point(points, far))
        for part, (near, far) in _MIDDLE.items()
    }
    for side in SIDES:
        for part, (near, far) in _LIMBS.items():
            pairs[part, side] = points[:, of(side, near)], points[:, of(side, far)]
    return {key: _unit((far - near) * -1.0) for key, (near, far) in pairs.items()}


def _point(points: Floats, name: str) -> Floats:
    """A landmark ("left hip") or the middle of two ("mid_hip")."""
    if name.startswith("mid_"):
        middle: Floats = points[:, list(pair(name.removeprefix("mid_")))].mean(1)
        return middle
    side, part = name.split()
    return points[:, of("left" if side == "left" else "right", part)]


def _unit(backwards: Floats) -> Floats:
    """Picture axes reversed (x to the person's right, y up, z towards the camera) to unit forward, left, up."""
    turned = backwards[:, [2, 0, 1]] * (1.0, -1.0, 1.0)
    length = np.linalg.norm(turned, axis=1, keepdims=True)
    unit: Floats = turned / np.maximum(length, 1e-9)
    return unit


def _lean(vectors: dict[tuple[str, Side | None], Floats], feature: Feature) -> Floats:
    """How far a segment points along an axis: 0 across it, 90 along it."""
    along = vectors[feature.part, feature.side][:, _AXES.index(feature.axis)]
    if feature.axis == "outward" and feature.side == "right":
        along = -along
    lean: Floats = np.degrees(np.arcsin(np.clip(along, -1.0, 1.0)))
    return lean


def _bend(vectors: dict[tuple[str, Side | None], Floats], feature: Feature) -> Floats:
    """The angle of a joint in space, 0 when straight."""
    near, far = _BENDS[feature.part]
    first = -vectors["trunk", None] if near == "trunk" else vectors[near, feature.side]
    return angle_deg(first, vectors[far, feature.side])


def _seen(frames: Sequence[PoseFrame]) -> Floats:
    """`(F,)` mean trust in each feature's worst point."""
    bodies = [Body(frame, 1.0) for frame in frames]
    names = {name for feature in FEATURES for name in _seen_points(feature)}
    known = {
        name: np.array([body.seen(name[1], name[0]) for body in bodies]) for name in sorted(names)
    }
    worst = [np.min([known[name] for name in _seen_points(f)], axis=0) for f in FEATURES]
    return np.array([np.mean([trust(value) for value in column.tolist()]) for column in worst])


def _seen_points(feature: Feature) -> list[tuple[Side, str]]:
    """The points that must be seen; of the trunk's, one side is enough."""
    side: Side = feature.side or "left"
    if feature.part in {"pelvis", "shoulders"}:
        part = "hip" if feature.part == "pelvis" else "shoulder"
        return [(each, part) for each in SIDES]
    parts = _BENDS[feature.part] if feature.axis == "bend" else (feature.part,)
    return [
        (side, name) for part in parts for name in (_MIDDLE if part == "trunk" else _LIMBS)[part]
    ]


def _steadied(deg: Floats, t_s: Floats) -> Floats:
    """The running mean over a fifth of a second; every frame has the same weight."""
    first = np.searchsorted(t_s, t_s - _TREMBLE_S - 1e-9)
    last = np.searchsorted(t_s, t_s + _TREMBLE_S + 1e-9)
    total = np.concatenate([np.zeros((1, deg.shape[1])), np.cumsum(deg, axis=0)])
    steadied: Floats = (total[last] - total[first]) / (last - first)[:, None]
    return steadied


def _moving(deg: Floats, seen: Floats, t_s: Floats) -> slice:
    """The rows without the waiting before and after: from where the body leaves its first posture to where it comes
    to its last one."""
    first = _way(deg, deg[t_s <= t_s[0] + _POSTURE_S].mean(0), seen)
    last = _way(deg, deg[t_s >= t_s[-1] - _POSTURE_S].mean(0), seen)
    left, come = int((first > _WAITING).argmax()), len(last) - int((last > _WAITING)[::-1].argmax())
    if come - left < LEAST_FRAMES:
        return slice(None)
    return slice(max(0, left - 1), come + 1)


def _way(deg: Floats, posture: Floats, seen: Floats) -> Floats:
    """`(N,)` how far from a posture the body is, as a share of the furthest."""
    way = np.sqrt(((deg - posture) ** 2 * seen).sum(1))
    share: Floats = way / max(float(way.max()), 1e-9)
    return share


def _at_equal_shares(deg: Floats, t_s: Floats) -> Floats:
    """`(STEPS, F)` by linear interpolation in time."""
    at_s = np.linspace(t_s[0], t_s[-1], STEPS)
    return np.stack([np.interp(at_s, t_s, column) for column in deg.T], axis=1)
