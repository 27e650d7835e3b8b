"""What the figure does when: repetitions on a time line, and the pose for each depth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .body import Skeleton
from .mesh import Floats
from .pose import Pose, Posed, part_way, posed, turn

SIDES = (("left", "L", 1.0), ("right", "R", -1.0))
SWAY_S = 4.0  # about one sway of a standing body


@dataclass(frozen=True)
class Rep:
    """One repetition: when it starts and how far it goes (clinical degrees)."""

    start_s: float
    depth_deg: float


@dataclass(frozen=True)
class Tempo:
    """Seconds outwards, at the turn and back."""

    out_s: float
    hold_s: float
    back_s: float

    @property
    def total_s(self) -> float:
        """Length of a whole repetition."""
        return self.out_s + self.hold_s + self.back_s


@dataclass(frozen=True)
class Timeline:
    """Repetitions at one tempo between two rests; the last moment equals the first."""

    reps: tuple[Rep, ...]
    tempo: Tempo
    rest_deg: float
    duration_s: float

    def angle_deg(self, t_s: float) -> float:
        """Joint angle aimed at, at a time."""
        for rep in self.reps:
            since = t_s - rep.start_s
            if 0 <= since < self.tempo.total_s:
                return self.rest_deg + (rep.depth_deg - self.rest_deg) * self._share(since)
        return self.rest_deg

    def sway(self, t_s: float) -> float:
        """-1..1: nobody stands like a statue; whole sways only, so that the clip loops."""
        count = round(self.duration_s / SWAY_S)
        return float(np.sin(2 * np.pi * count * t_s / self.duration_s))

    def _share(self, since_s: float) -> float:
        tempo = self.tempo
        if since_s < tempo.out_s:
            return minimum_jerk(since_s / tempo.out_s)
        return 1 - minimum_jerk((since_s - tempo.out_s - tempo.hold_s) / tempo.back_s)


def evenly(
    first_s: float, pause_s: float, end_s: float, tempo: Tempo, rest: float, depths: list[float]
) -> Timeline:
    """A time line of one repetition per depth with equal pauses, and end_s of rest at last."""
    step = tempo.total_s + pause_s
    reps = tuple(Rep(first_s + k * step, depth) for k, depth in enumerate(depths))
    return Timeline(reps, tempo, rest, reps[-1].start_s + tempo.total_s + end_s)


def minimum_jerk(share: float) -> float:
    """Smooth 0..1 to 0..1 as arms and legs move (Flash and Hogan 1985)."""
    u = min(max(share, 0.0), 1.0)
    return u**3 * (10 - 15 * u + 6 * u**2)


PoseAt = Callable[[Skeleton, float, float], Posed]


def squat(skeleton: Skeleton, knee_deg: float, sway: float) -> Posed:
    """Squat with planted feet: knee flexion in the sagittal plane, trunk and arms follow."""
    deep = knee_deg / 95.0
    shank = 0.30 * knee_deg
    lean = 2.0 + 34.0 * minimum_jerk(deep * 0.9 + 0.05) + 0.5 * sway
    turns = _upright(lean) | _legs(skeleton, shank - knee_deg, shank)
    raised = 4.0 + 80.0 * minimum_jerk(deep) + 0.7 * sway
    turns |= _arms(skeleton, turns["spine01"], abducted_deg=9.0, raised_deg=raised)
    return _planted(skeleton, turns)


def arm_raise(skeleton: Skeleton, abduction_deg: float, sway: float) -> Posed:
    """Both arms sidewards and up, standing still."""
    turns = _upright(1.5 + 0.5 * sway) | _legs(skeleton, -2.0, 2.0)
    turns |= _arms(skeleton, turns["spine01"], abducted_deg=abduction_deg, raised_deg=3.0)
    return _planted(skeleton, turns)


def _upright(lean_deg: float) -> dict[str, Floats]:
    """Pelvis and spine share the lean; the neck gives some back so that the eyes look ahead."""
    spine = {f"spine0{k}": turn("x", lean_deg * (1.05 - 0.05 * k)) for k in range(5, 0, -1)}
    neck = {f"neck0{k}": turn("x", lean_deg * (0.95 - 0.15 * k)) for k in (1, 2, 3)}
    return (
        {"root": turn("x", 0.75 * lean_deg)} | spine | neck | {"head": turn("x", 0.35 * lean_deg)}
    )


def _legs(skeleton: Skeleton, thigh_deg: float, shank_deg: float) -> dict[str, Floats]:
    """Thigh and shank at a forward lean from the vertical, feet flat as at rest."""
    turns: dict[str, Floats] = {}
    for _, side, _ in SIDES:
        hip, knee, ankle = (
            skeleton.head(f"{b}.{side}") for b in ("upperleg01", "lowerleg01", "foot")
        )
        turns[f"upperleg01.{side}"] = turn("x", thigh_deg - _lean_deg(hip - knee))
        turns[f"lowerleg01.{side}"] = turn("x", shank_deg - _lean_deg(knee - ankle))
        turns[f"foot.{side}"] = np.eye(3)
    return turns


def _lean_deg(up: Floats) -> float:
    """Forward lean of an upward vector, seen from the side."""
    return float(np.degrees(np.arctan2(-up[1], up[2])))


def _arms(
    skeleton: Skeleton, trunk: Floats, abducted_deg: float, raised_deg: float
) -> dict[str, Floats]:
    """Arms abducted from straight down, then raised forwards; the shoulder girdle helps."""
    turns: dict[str, Floats] = {}
    for _, side, sign in SIDES:
        shoulder, elbow, wrist = (
            skeleton.head(f"{bone}.{side}") for bone in ("upperarm01", "lowerarm01", "wrist")
        )
        upper, fore = elbow - shoulder, wrist - elbow
        rest_deg = float(np.degrees(np.arctan2(abs(upper[0]), -upper[2])))
        arm = turn("x", -raised_deg) @ turn("y", sign * (rest_deg - abducted_deg))
        turns[f"upperarm01.{side}"] = arm
        turns[f"shoulder01.{side}"] = part_way(trunk, arm, 0.15 + 0.002 * abducted_deg)
        turns[f"lowerarm01.{side}"] = arm @ turn(
            np.cross(fore, upper), _angle_deg(upper, fore) - 12
        )
        turns |= _fingers(skeleton, side, turns[f"lowerarm01.{side}"])
    return turns


def _fingers(skeleton: Skeleton, side: str, hand: Floats) -> dict[str, Floats]:
    """Close the spread fingers of the rest pose towards the middle one."""
    aim = {
        k: skeleton.head(f"finger{k}-2.{side}") - skeleton.head(f"finger{k}-1.{side}")
        for k in range(2, 6)
    }
    turns = {}
    for k in (2, 4, 5):
        axis = np.cross(aim[k], aim[3])
        turns[f"finger{k}-1.{side}"] = hand @ turn(axis, 0.8 * _angle_deg(aim[k], aim[3]))
    return turns


def _planted(skeleton: Skeleton, turns: dict[str, Floats]) -> Posed:
    """The pose with the root moved so that both ankles stand where they stood at rest."""
    loose = posed(skeleton, Pose(turns))
    slip = [loose.joint(f"foot.{side}") - skeleton.head(f"foot.{side}") for _, side, _ in SIDES]
    return posed(skeleton, Pose(turns, -np.mean(slip, axis=0)))


def _angle_deg(one: Floats, two: Floats) -> float:
    """Angle between two vectors, 0..180."""
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(one, two)), one @ two)))


def true_angles(body: Posed) -> dict[str, float]:
    """Clinical angles from the joint centres in space, degrees.

    Shoulder abduction is the arm's elevation off the trunk's midline: true for arms raised sidewards.
    """
    j = body.joint
    mid_hip = (j("upperleg01.L") + j("upperleg01.R")) / 2
    down = mid_hip - (j("upperarm01.L") + j("upperarm01.R")) / 2
    angles = {"trunk_lean_forward": _lean_deg(-down)}
    for side, s, _ in SIDES:
        thigh = j(f"lowerleg01.{s}") - j(f"upperleg01.{s}")
        angles[f"{side}_knee_flexion"] = _angle_deg(thigh, j(f"foot.{s}") - j(f"lowerleg01.{s}"))
        angles[f"{side}_hip_flexion"] = _angle_deg(thigh, down)
        arm = j(f"lowerarm01.{s}") - j(f"upperarm01.{s}")
        angles[f"{side}_shoulder_abduction"] = _angle_deg(arm, down)
    return angles
