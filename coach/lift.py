"""Joint angles in space from one picture: fixed segment lengths as a probability, not as a hard square root.

Each body segment's tilt out of the picture plane gets a posterior over 36 tilts, from how short it looks (picture) and
how deep the pose model says it is (world landmarks' z); a joint angle is the posterior median over the tilts of its two
segments. Against motion capture and rendered truth this has 9-13 degrees of mean absolute error where the model's own
3-D landmarks have 16 (docs/decisions/0002-angles.md). The parameters were fitted on rendered bodies, never on people
of the test clips: `length_m` is in the landmarks' convention, not anatomical; a `gain` of 0.5-0.65 is the model's
under-reading of depth.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.frame import PoseFrame
from coach.landmarks import COUNT, SIDES, Side, of, pair

Floats = NDArray[np.float64]


class Segment(NamedTuple):
    """Prior of one segment type: length, and spread of its apparent length and depth, in shares of the length."""

    near: str
    far: str
    length_m: float
    sigma_d: float
    gain: float
    offset: float
    sigma_z: float


SEGMENTS: Final[dict[str, Segment]] = {
    "upper_arm": Segment("shoulder", "elbow", 0.263, 0.123, 0.642, -0.023, 0.247),
    "forearm": Segment("elbow", "wrist", 0.240, 0.139, 0.563, -0.084, 0.345),
    "thigh": Segment("hip", "knee", 0.394, 0.063, 0.506, -0.002, 0.140),
    "shank": Segment("knee", "ankle", 0.397, 0.058, 0.605, 0.077, 0.166),
    "trunk": Segment("mid_hip", "mid_shoulder", 0.503, 0.074, 0.594, 0.017, 0.099),
}

JOINTS: Final[dict[str, tuple[str, str, float]]] = {
    "knee_flexion": ("thigh", "shank", 1.0),
    "elbow_flexion": ("upper_arm", "forearm", 1.0),
    "hip_flexion": ("trunk", "thigh", -1.0),
    "shoulder_flexion": ("trunk", "upper_arm", -1.0),
}
"""Angle name -> its two segments, and the sign that makes the first point the way the second does at 0 degrees."""

ALIASES: Final = {"shoulder_abduction": "shoulder_flexion"}
"""One angle in space under two clinical names: the arm's elevation against the trunk."""

BAND: Final = {
    "knee_flexion": 1.3,
    "hip_flexion": 1.25,
    "elbow_flexion": 1.0,
    "shoulder_flexion": 1.1,
}
"""Half-width of the 80 % band over the posterior's standard deviation, from renders of exercises in the views they
ask for (docs/decisions/0002-angles.md)."""

_TILT: Final = np.radians(np.linspace(-87.5, 87.5, 36))
_COS: Final = np.cos(_TILT)
_SIN: Final = np.sin(_TILT)
_COS_COS: Final = np.outer(_COS, _COS).ravel()
_SIN_SIN: Final = np.outer(_SIN, _SIN).ravel()

_BINS: Final = 1024
_EDGE_DEG: Final = np.degrees(
    np.arctan2(
        np.sqrt(1 - np.linspace(-1, 1, _BINS + 1) ** 2),
        np.linspace(-1, 1, _BINS + 1),
    )
)
_BIN_DEG: Final = (_EDGE_DEG[1:] + _EDGE_DEG[:-1]) / 2
_BIN_POWERS: Final = np.stack([_BIN_DEG, _BIN_DEG**2], axis=1)


class Lifted(NamedTuple):
    """One lifted joint angle: posterior median and the half-width of its 80 % band, degrees."""

    deg: float
    error_deg: float


class Lift:
    """Lifts a fixed set of joint angles; built once for an exercise, called once a frame. Holds no state."""

    def __init__(self, names: tuple[str, ...], sides: tuple[Side, ...] = SIDES) -> None:
        """`names` are keys of JOINTS or ALIASES. Raises KeyError."""
        joints = [(name, side, JOINTS[ALIASES.get(name, name)]) for name in names for side in sides]
        segments = sorted(
            {(part, _owner(part, side)) for _, side, joint in joints for part in joint[:2]}
        )
        rows = {segment: row for row, segment in enumerate(segments)}
        self.keys = tuple(f"{side}_{name}" for name, side, _ in joints)
        self._first = np.array([rows[joint[0], _owner(joint[0], s)] for _, s, joint in joints], int)
        self._second = np.array(
            [rows[joint[1], _owner(joint[1], s)] for _, s, joint in joints], int
        )
        self._sign = np.array([joint[2] for _, _, joint in joints])
        self._sin_sin = self._sign[:, None] * _SIN_SIN
        self._band = np.array([BAND[ALIASES.get(name, name)] for name, _, _ in joints])
        self._offsets = np.arange(len(joints))[:, None] * _BINS
        self._ends = _ends(segments)
        self._prior = _Prior.of([SEGMENTS[part] for part, _ in segments])

    def __call__(self, frame: PoseFrame, scale_px: float) -> dict[str, Lifted]:
        """The angles of one frame, keyed `left_knee_flexion`; `scale_px` is pixels per body metre."""
        if not self.keys:
            return {}
        points = _centred(frame, scale_px)
        vectors = self._ends @ points
        reach = np.hypot(vectors[:, 0], vectors[:, 1])
        direction = vectors[:, :2] / np.maximum(reach, 1e-6)[:, None]
        weight = self._prior.posterior(reach, vectors[:, 2])
        inner = (direction[self._first] * direction[self._second]).sum(1)
        cosine = (self._sign * inner)[:, None] * _COS_COS
        cosine += self._sin_sin
        joint = weight[self._first][:, :, None] * weight[self._second][:, None, :]
        return self._median(cosine, joint.reshape(len(self.keys), -1))

    def _median(self, cosine: Floats, weight: Floats) -> dict[str, Lifted]:
        """Weighted median and spread of the angle over all tilt pairs, through a histogram of the cosine."""
        cosine += 1.0
        cosine *= _BINS / 2
        bins = np.minimum(cosine.astype(np.intp), _BINS - 1)
        bins += self._offsets
        size = len(self.keys) * _BINS
        mass = np.bincount(bins.ravel(), weight.ravel(), size).reshape(-1, _BINS)
        total = np.cumsum(mass, axis=1)
        share = total[:, -1]
        at = (total < share[:, None] / 2).sum(1)
        mean, square = (mass @ _BIN_POWERS / share[:, None]).T
        variance = square - mean**2
        error = self._band * np.sqrt(np.maximum(variance, 0.0))
        median = _BIN_DEG[np.minimum(at, _BINS - 1)]
        pairs = zip(self.keys, median.tolist(), error.tolist(), strict=True)
        return {key: Lifted(deg, wide) for key, deg, wide in pairs}


class _Prior(NamedTuple):
    """The segments' priors on the tilt grid, `(S, 36)` each; all that does not depend on the frame."""

    length_m: Floats
    apparent: Floats
    spread: Floats
    norm: Floats
    depth: Floats
    sigma_z: Floats

    @classmethod
    def of(cls, segments: list[Segment]) -> _Prior:
        """Stack the segment table. An empty list gives empty arrays."""
        table = np.array([segment[2:] for segment in segments]).reshape(-1, 5)
        length, sigma_d, gain, offset, sigma_z = (column[:, None] for column in table.T)
        spread = np.sqrt(sigma_d**2 + (0.05 * _COS) ** 2)
        return cls(
            length,
            np.broadcast_to(_COS, spread.shape),
            spread,
            _COS / spread,
            gain * _SIN + offset,
            sigma_z,
        )

    def posterior(self, reach: Floats, depth: Floats) -> Floats:
        """Weight of each tilt, rows sum to 1. `reach`, `depth`: `(S,)` body metres in the plane and away from it."""
        seen = reach[:, None] / self.length_m
        short = np.exp(-0.5 * ((seen - self.apparent) / self.spread) ** 2)
        miss = ((depth[:, None] / self.length_m - self.depth) / self.sigma_z) ** 2
        # a narrow core, a wide shoulder for the frames where the model's depth is plain wrong, and a floor
        deep = 0.85 * np.exp(-0.5 * miss) + 0.0375 * np.exp(-miss / 32) + 1e-4
        weight = self.norm * (short + 1e-12) * deep
        scaled: Floats = weight / weight.sum(1, keepdims=True)
        return scaled


def _centred(frame: PoseFrame, scale_px: float) -> Floats:
    """`(33, 3)` body metres from the picture's centre: x, y of the picture without perspective, z of the model."""
    width, height = frame.size_px
    depth = frame.world_m[:, 2]
    distance_m = max(width, height) / scale_px
    points = np.empty((len(depth), 3))
    points[:, :2] = frame.image_px - (width / 2, height / 2)
    points[:, :2] *= (1 + depth / distance_m)[:, None] / scale_px
    points[:, 2] = depth
    return points


def _owner(part: str, side: Side) -> Side:
    """The trunk belongs to both sides: store it once."""
    return "left" if part == "trunk" else side


def _ends(segments: list[tuple[str, Side]]) -> Floats:
    """`(S, 33)` by which points are multiplied to give each segment's vector, from its near to its far end."""
    rows = np.zeros((len(segments), COUNT))
    for row, (part, side) in zip(rows, segments, strict=True):
        for name, sign in ((SEGMENTS[part].near, -1.0), (SEGMENTS[part].far, 1.0)):
            middle = name.removeprefix("mid_")
            halves = pair(middle) if middle != name else [of(side, name)]
            row[list(halves)] = sign / len(halves)
    return rows
