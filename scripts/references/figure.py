"""A figure of 33 landmarks from clinical joint angles, by forward kinematics.

Room axes are those of a reference movement: x to the person's left when they face the camera, y down, z away from it,
metres. Each body part carries a frame: three rows `left`, `up`, `forward` in room axes. Lengths are those of the
landmarks' convention (`coach.lift`), for a nominal adult.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coach.landmarks import COUNT, SIDES, Landmark, Side, of
from coach.lift import SEGMENTS

Floats = NDArray[np.float64]
Sided = float | tuple[float, float]
"""Degrees: one number for both sides, or (left, right)."""

UPPER_ARM_M = SEGMENTS["upper_arm"].length_m
FOREARM_M = SEGMENTS["forearm"].length_m
THIGH_M = SEGMENTS["thigh"].length_m
SHANK_M = SEGMENTS["shank"].length_m
TRUNK_M = SEGMENTS["trunk"].length_m
SHOULDER_M, HIP_M = 0.18, 0.10
"""Half widths: from the midline to a shoulder, to a hip."""
SOLE_M = 0.06
"""From the ankle down to the sole of a foot that stands flat."""

UPRIGHT: Floats = np.diag([1.0, -1.0, -1.0])
"""The frame of somebody who stands and faces the camera."""

# (outward, up, forward) metres from the middle of the shoulders
_HEAD = {
    "EAR": (0.075, 0.215, 0.01),
    "EYE_INNER": (0.02, 0.245, 0.09),
    "EYE": (0.035, 0.245, 0.085),
    "EYE_OUTER": (0.05, 0.245, 0.08),
    "MOUTH": (0.025, 0.165, 0.09),
}
_NOSE = (0.0, 0.21, 0.115)
# from the wrist, the fingers pointing down and the thumb forward
_HAND = {"INDEX": (0.0, -0.09, 0.015), "PINKY": (0.0, -0.085, -0.025), "THUMB": (0.0, -0.05, 0.035)}
# from the ankle of a foot that stands flat
_FOOT = {"HEEL": (0.0, -SOLE_M, -0.045), "FOOT_INDEX": (0.025, -SOLE_M, 0.145)}


@dataclass(frozen=True)
class Pose:
    """Clinical angles in degrees, 0 in the anatomical position.

    `trunk_lean` is forward (90 lies face down, -90 face up), `trunk_side` towards the person's left; hips and shoulders
    move against the trunk; `knee_valgus` lets the shank point outward under the thigh; `arm_turn` turns the bent
    forearm inward; `nod` bends the neck forward.
    """

    trunk_lean: float = 0.0
    trunk_side: float = 0.0
    nod: float = 0.0
    hip_flexion: Sided = 0.0
    hip_abduction: Sided = 0.0
    knee_flexion: Sided = 0.0
    knee_valgus: Sided = 0.0
    ankle_dorsiflexion: Sided = 0.0
    shoulder_flexion: Sided = 0.0
    shoulder_abduction: Sided = 0.0
    elbow_flexion: Sided = 0.0
    arm_turn: Sided = 0.0


def figure(pose: Pose) -> Floats:
    """`(33, 3)` metres in room axes, the middle of the hips at the origin."""
    points = np.zeros((COUNT, 3))
    trunk = _turned(UPRIGHT, left=pose.trunk_lean, forward=-pose.trunk_side)
    shoulders = TRUNK_M * trunk[1]
    _head(points, shoulders, _turned(trunk, left=pose.nod))
    for side in SIDES:
        out = outward(side)
        points[of(side, "shoulder")] = shoulders + out * SHOULDER_M * trunk[0]
        points[of(side, "hip")] = out * HIP_M * trunk[0]
        _arm(points, pose, side, trunk)
        _leg(points, pose, side, trunk)
    return points


def outward(side: Side) -> float:
    """+1 for left, which is where x grows, -1 for right."""
    return 1.0 if side == "left" else -1.0


def _head(points: Floats, shoulders: Floats, head: Floats) -> None:
    points[Landmark.NOSE] = shoulders + _NOSE @ head
    for name, (out, up, forward) in _HEAD.items():
        for side in SIDES:
            s = side.upper()
            key = f"MOUTH_{s}" if name == "MOUTH" else f"{s}_{name}"
            points[Landmark[key]] = shoulders + np.array((outward(side) * out, up, forward)) @ head


def _arm(points: Floats, pose: Pose, side: Side, trunk: Floats) -> None:
    upper = _swung(trunk, side, pose.shoulder_flexion, pose.shoulder_abduction)
    upper = _turned(upper, up=outward(side) * -_of(pose.arm_turn, side))
    fore = _turned(upper, left=-_of(pose.elbow_flexion, side))
    elbow = points[of(side, "shoulder")] - UPPER_ARM_M * upper[1]
    points[of(side, "elbow")] = elbow
    points[of(side, "wrist")] = elbow - FOREARM_M * fore[1]
    hand(points, side, fore)


def _leg(points: Floats, pose: Pose, side: Side, trunk: Floats) -> None:
    thigh = _swung(trunk, side, pose.hip_flexion, pose.hip_abduction)
    shank = _turned(thigh, forward=outward(side) * _of(pose.knee_valgus, side))
    shank = _turned(shank, left=_of(pose.knee_flexion, side))
    foot = _turned(shank, left=-_of(pose.ankle_dorsiflexion, side))
    knee = points[of(side, "hip")] - THIGH_M * thigh[1]
    points[of(side, "knee")] = knee
    points[of(side, "ankle")] = knee - SHANK_M * shank[1]
    foot_on(points, side, foot)


def hand(points: Floats, side: Side, frame: Floats) -> None:
    """Hang the hand on its wrist: fingers against `up`, thumb `forward`."""
    for name, offset in _HAND.items():
        points[of(side, name)] = points[of(side, "wrist")] + np.array(offset) @ frame


def foot_on(points: Floats, side: Side, frame: Floats = UPRIGHT) -> None:
    """Put the foot on its ankle, the toes `forward`; by default flat on the floor, facing the camera."""
    for name, (out, up, forward) in _FOOT.items():
        offset = np.array((outward(side) * out, up, forward)) @ frame
        points[of(side, name)] = points[of(side, "ankle")] + offset


def reach(points: Floats, side: Side, wrist: ArrayLike, towards: ArrayLike) -> None:
    """Bring a wrist to a place in the room, or as near as the arm is long; the elbow points `towards`."""
    shoulder, elbow = of(side, "shoulder"), of(side, "elbow")
    bones = (UPPER_ARM_M, FOREARM_M)
    points[elbow], points[of(side, "wrist")] = _two_bones(points[shoulder], wrist, towards, bones)
    along = points[of(side, "wrist")] - points[elbow]
    hand(points, side, _frame(up=-along, forward=np.asarray(towards, float)))


def plant(points: Floats, side: Side, ankle: ArrayLike, towards: ArrayLike) -> None:
    """Put an ankle in a place, or as near as the leg is long, its foot flat; the knee points `towards`."""
    bones = (THIGH_M, SHANK_M)
    hip, knee = of(side, "hip"), of(side, "knee")
    points[knee], points[of(side, "ankle")] = _two_bones(points[hip], ankle, towards, bones)
    foot_on(points, side)


def _two_bones(
    root: Floats, tip: ArrayLike, towards: ArrayLike, bones: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Middle joint and end of a chain of two bones from `root` to `tip`."""
    near, far = bones
    way = np.asarray(tip, float) - root
    length = float(np.linalg.norm(way))
    span = min(max(length, abs(near - far) + 1e-4), 0.9999 * (near + far))
    way = way / length if length > 1e-9 else np.array((0.0, 0.0, -1.0))
    aside = np.asarray(towards, float) - np.dot(towards, way) * way
    along = (near**2 - far**2 + span**2) / (2 * span)
    off = math.sqrt(max(near**2 - along**2, 0.0))
    joint = root + along * way + off * aside / max(float(np.linalg.norm(aside)), 1e-9)
    return joint, root + span * way


def _of(angle: Sided, side: Side) -> float:
    if isinstance(angle, tuple):
        return float(angle[0 if side == "left" else 1])
    return float(angle)


def _swung(trunk: Floats, side: Side, flexion: Sided, abduction: Sided) -> Floats:
    """A limb's frame after flexion and abduction: the two parts of one swing, so their order does not matter."""
    return _turned(trunk, left=-_of(flexion, side), forward=outward(side) * _of(abduction, side))


def _turned(frame: Floats, *, left: float = 0.0, up: float = 0.0, forward: float = 0.0) -> Floats:
    """The frame after one right-handed turn, degrees about its own axes. About `left`, up goes forward."""
    vector = np.radians([left, up, forward])
    angle = float(np.linalg.norm(vector))
    if angle == 0.0:
        return frame
    x, y, z = vector / angle
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    rotation = np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    turned: Floats = rotation.T @ frame
    return turned


def _frame(up: Floats, forward: Floats) -> Floats:
    """A right-handed frame from its up direction and roughly its forward direction."""
    up = up / max(float(np.linalg.norm(up)), 1e-9)
    forward = forward - np.dot(forward, up) * up
    forward = forward / max(float(np.linalg.norm(forward)), 1e-9)
    return np.stack([np.cross(up, forward), up, forward])
