"""How each repetition of a session compares with the exercise's reference movement, and where in it it was when."""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from coach.comparing.comparison import Demonstrations
from coach.comparing.deviations import Deviation
from coach.comparing.features import STEPS, Motion, motion
from coach.errors import MovementError
from coach.events import Rep
from coach.frame import PoseFrame
from coach.landmarks import COUNT, MIRROR, pair
from coach.reference import ReferenceMovement

Floats = NDArray[np.float64]
_PX_PER_M = 200.0
_SIZE_PX = (2000, 2000)
"""A picture in which there is room for every movement: what leaves it would not be trusted."""


class RepLikeness(msgspec.Struct, frozen=True):
    """One repetition beside the reference.

    `worst` the largest differences (repetition minus reference); `other_side`: it was compared with the mirror image.
    At `t_s` seconds it was as far as the reference is at `share` (0..1) of its one repetition.
    """

    index: int
    worst: tuple[Deviation, ...]
    other_side: bool
    t_s: tuple[float, ...]
    share: tuple[float, ...]


class Likenesses(msgspec.Struct, frozen=True):
    """All repetitions that could be compared, and where the camera stood (as in `ReferenceMovement`)."""

    reps: tuple[RepLikeness, ...]
    yaw_deg: float


def compare(
    frames: Sequence[PoseFrame], reps: Sequence[Rep], reference: ReferenceMovement
) -> Likenesses | None:
    """Every repetition that was seen well enough beside the reference, as seen from the same side; None for none."""
    motions = _motions(frames, reps)
    if not motions:
        return None
    yaw_deg = -_mean_deg(
        [one.yaw_deg for _, one in motions]
    )  # a motion tells how the person was turned to it
    against = Demonstrations([motion(as_frames(reference, yaw_deg))])
    found = (_likeness(rep, one, against, reference.duration_s) for rep, one in motions)
    return Likenesses(tuple(one for one in found if one is not None), yaw_deg)


def _motions(frames: Sequence[PoseFrame], reps: Sequence[Rep]) -> list[tuple[Rep, Motion]]:
    times = np.array([frame.t_s for frame in frames])
    found = []
    for rep in reps:
        first, last = np.searchsorted(times, [rep.start_s, rep.end_s])
        try:
            found.append((rep, motion(frames[int(first) : int(last) + 1])))
        except MovementError:
            continue  # too little was seen of it
    return found


def _likeness(
    rep: Rep, one: Motion, against: Demonstrations, duration_s: float
) -> RepLikeness | None:
    try:
        like = against.compare(one)
    except MovementError:
        return None
    share = against.moments(one, other_side=like.other_side) / duration_s
    at_s = np.linspace(*one.span_s, STEPS)
    return RepLikeness(
        rep.index, like.worst, like.other_side, _rounded(at_s), _rounded(share.clip(0.0, 1.0))
    )


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(np.round(values, 3).tolist())


def _mean_deg(yaws: Sequence[float]) -> float:
    """The mean of directions: 179 and -179 degrees are neighbours."""
    return math.degrees(cmath.phase(sum(cmath.rect(1.0, math.radians(yaw)) for yaw in yaws)))


def as_frames(reference: ReferenceMovement, yaw_deg: float) -> list[PoseFrame]:
    """One repetition of the reference as a camera at this side would see it, from start position to start position."""
    body = reference.seen_from(yaw_deg)
    body = np.concatenate([body, body[:1]])
    step_s = reference.duration_s / (len(body) - 1)
    return [_frame(points, row * step_s) for row, points in enumerate(body)]


def _frame(points: Floats, t_s: float) -> PoseFrame:
    world = points - points[list(pair("hip"))].mean(axis=0)
    image = points[:, :2] * _PX_PER_M + np.array(_SIZE_PX) / 2
    return PoseFrame(t_s, image, world, np.ones(COUNT), _SIZE_PX)


def mirrored(reference: ReferenceMovement) -> ReferenceMovement:
    """The reference done on the other side."""
    body = reference.world_m[:, MIRROR] * np.array([-1.0, 1.0, 1.0])
    return ReferenceMovement(reference.exercise, body, reference.duration_s, reference.yaw_deg)
