"""From where the camera sees the person, and how large: slow facts, kept as running medians.

Both are properties of the set-up, not of a frame: a squat seen from the front makes the body look smaller by 8 % at the
bottom, and one noisy frame must not turn a side view into a front view (an automatic switch from frame to frame was
measured to lose accuracy).
"""

from __future__ import annotations

import math
from statistics import median
from typing import Final

import msgspec

from coach import level
from coach.body import frame_scale_px
from coach.exercise import View
from coach.frame import PoseFrame
from coach.geometry import wrap_deg
from coach.landmarks import SIDES, of
from coach.level import LevelState

_EVERY_S: Final = 0.1
_KEEP: Final = 60
"""Samples kept: six seconds, long enough for a repetition, short enough to follow who walks closer."""

_LASTING: Final = 5
_RESCALED: Final = 1.2
_ALIKE: Final = 1.15
"""Half a second of samples that are alike, each of them so many times larger or smaller than before: the camera was
moved or zoomed, or the person came closer. An exercise changes the apparent size by less (a squat from the front by
8 %), or not for so long."""
_TRUNK: Final = [int(of(side, part)) for side in SIDES for part in ("shoulder", "hip")]

FRONT_MAX_DEG: Final = 30.0
SIDE_MIN_DEG: Final = 55.0
_HYSTERESIS_DEG: Final = 5.0


class ViewState(msgspec.Struct):
    """Plain state: the last samples, what was made of them, and how far the camera is tilted."""

    next_s: float = -math.inf
    scales: list[float] = []
    yaw_x: list[float] = []
    yaw_z: list[float] = []
    scale_px: float = math.nan
    yaw_deg: float = math.nan
    view: str = "unknown"
    level: LevelState = msgspec.field(default_factory=LevelState)


def observe(state: ViewState, frame: PoseFrame) -> bool:
    """Take one frame into the running medians (at most ten a second, so that the frame rate does not matter).

    True as the size of the body has changed for good: lengths measured since before mean nothing any more.
    """
    if frame.t_s < state.next_s:
        return False
    scale = frame_scale_px(frame)
    if not math.isfinite(scale):
        return False
    state.next_s = frame.t_s + _EVERY_S
    across = _left_to_right(frame)
    for samples, value in (
        (state.scales, scale),
        (state.yaw_x, across[0]),
        (state.yaw_z, across[1]),
    ):
        samples.append(value)
        del samples[:-_KEEP]
    rescaled = _rescaled(state.scales)
    if rescaled:
        del state.scales[:-_LASTING]
    state.scale_px = median(state.scales)
    state.yaw_deg = math.degrees(math.atan2(_median(state.yaw_z), _median(state.yaw_x)))
    state.view = _classify(state.yaw_deg, state.view)
    level.observe(state.level, frame, state.scale_px, turned_deg(state.yaw_deg))
    return rescaled


def at_odds(state: ViewState, frame: PoseFrame) -> bool:
    """Whether the body looks so much larger or smaller than the session knows it that lengths of this frame mean
    nothing: the camera was moved just now, or the limbs are invented."""
    ratio = frame_scale_px(frame) / state.scale_px
    return ratio > _RESCALED or ratio * _RESCALED < 1.0


def _rescaled(scales: list[float]) -> bool:
    """Whether the last half second differs from what was before it, and not from itself."""
    before, since = scales[:-_LASTING], scales[-_LASTING:]
    if len(before) < _LASTING or max(since) > _ALIKE * min(since):
        return False
    usual = _median(before)
    return min(since) > _RESCALED * usual or _RESCALED * max(since) < usual


def _left_to_right(frame: PoseFrame) -> tuple[float, float]:
    """x and z, metres, from the right to the left side of the body: shoulders and hips together."""
    shoulder, hip, other_shoulder, other_hip = frame.world_m.take(_TRUNK, 0).tolist()
    return (
        shoulder[0] - other_shoulder[0] + hip[0] - other_hip[0],
        shoulder[2] - other_shoulder[2] + hip[2] - other_hip[2],
    )


def _median(samples: list[float]) -> float:
    return sorted(samples)[len(samples) // 2]


def turned_deg(yaw_deg: float) -> float:
    """How far the person is turned out of the picture plane: 0 front or back, 90 side."""
    away = abs(wrap_deg(yaw_deg))
    return min(away, 180.0 - away)


def _classify(yaw_deg: float, before: str) -> View:
    """Three classes with hysteresis: a view once seen is kept 5 degrees beyond its border."""
    turned = turned_deg(yaw_deg)
    front = FRONT_MAX_DEG + (
        _HYSTERESIS_DEG if before == "front" else -_HYSTERESIS_DEG if before != "unknown" else 0
    )
    side = SIDE_MIN_DEG + (
        -_HYSTERESIS_DEG if before == "side" else _HYSTERESIS_DEG if before != "unknown" else 0
    )
    if turned <= front:
        return "front"
    return "side" if turned >= side else "oblique"
