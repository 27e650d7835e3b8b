"""A recording watched without knowing the exercise: everything that might move, for every limb, over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.body import Body
from coach.exercise import Measure, Method, View
from coach.frame import PoseFrame
from coach.joints import ANGLES, LIFTABLE
from coach.lift import Lift
from coach.measures import Channel, Sight
from coach.view import ViewState, observe

Floats = NDArray[np.float64]

ANGLE_UNIT_DEG: Final = 60.0
DISTANCE_UNIT_M: Final = 0.35
"""Movements of this size weigh the same; a full repetition of most exercises is one to two of them."""

METHODS: Final[dict[str, dict[View, Method]]] = {
    "knee_flexion": {"side": "image", "oblique": "lift"},
    "elbow_flexion": {"side": "image", "oblique": "lift"},
    "hip_flexion": {"side": "lift", "oblique": "lift"},
    "shoulder_flexion": {"side": "image", "oblique": "lift"},
    "shoulder_abduction": {"front": "image", "oblique": "lift"},
    "hip_abduction": {"front": "image"},
    "trunk_lean": {"side": "image", "front": "image"},
}
"""How an angle is measured from each view that supports degrees of it (docs/decisions/0002-angles.md)."""

CREDIBLE_DEG: Final = {"hip_abduction": 60.0}
"""No hip opens further (AAOS: 45): beyond, the thigh comes towards the camera and only looks so."""

_DISTANCES: Final = (
    ("height", "wrist", "mid_shoulder"),
    ("height", "elbow", "mid_shoulder"),
    ("height", "mid_shoulder", "mid_hip"),
    ("height", "mid_shoulder", "low_ankle"),
    ("height", "mid_hip", "low_ankle"),
    ("height", "ankle", "low_ankle"),
    ("height", "knee", "mid_hip"),
    ("height", "nose", "mid_shoulder"),
    ("shift", "nose", "mid_shoulder"),
    ("shift", "mid_shoulder", "mid_hip"),
    ("shift", "wrist", "mid_shoulder"),
    ("gap", "wrist", "shoulder"),
    ("gap", "wrist", "hip"),
    ("gap", "mid_shoulder", "knee"),
    ("gap", "mid_hip", "ankle"),
)


def measures(view: str) -> tuple[Measure, ...]:
    """All that may be watched from this view. A raised arm has one name from each view."""
    arm = "shoulder_abduction" if view == "front" else "shoulder_flexion"
    names = ["knee_flexion", "hip_flexion", "elbow_flexion", arm, "trunk_lean", "hip_abduction"]
    angles = [Measure(measure=name) for name in names if view in ANGLES[name].views]
    return (*angles, *(Measure(measure=k, of=of, base=base) for k, of, base in _DISTANCES))


def unit(measure: Measure) -> float:
    """What counts as much movement of this measure, in its own unit."""
    return ANGLE_UNIT_DEG if measure.of is None else DISTANCE_UNIT_M


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One measure of one channel: `value (N,)` and `weight (N,)` 0..1, how well it was seen."""

    measure: Measure
    channel: Channel
    value: Floats
    weight: Floats

    @property
    def seen(self) -> float:
        """Mean weight."""
        return float(self.weight.mean())

    @property
    def travel(self) -> float:
        """How far it moves, in units, but for the extreme twentieth."""
        low, high = np.percentile(self.value, [2.5, 97.5])
        return float(high - low) / unit(self.measure)

    def around(self, t_s: Floats, at_s: float) -> float:
        """Median value within a tenth of a second."""
        return float(np.median(self.value[np.abs(t_s - at_s) <= 0.1]))


class Watched:
    """Frames of one person, measured as a session would: from the established view, in body metres."""

    def __init__(self, frames: Sequence[PoseFrame]) -> None:
        """`frames` must not be empty."""
        self.frames = tuple(frames)
        self.t_s = np.array([frame.t_s for frame in frames])
        states = _established(self.frames)
        self.view = str(states[-1].view if len(states) == 1 else _commonest(states))
        lift = Lift(tuple(sorted(LIFTABLE)))
        self.sights = [
            Sight(Body(frame, state.scale_px), self.view, lift(frame, state.scale_px), METHODS)
            for frame, state in zip(self.frames, states, strict=True)
        ]

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What is watched from this view."""
        return measures(self.view)

    def series(self, measure: Measure, channel: Channel) -> Series:
        """One measure over all frames."""
        readings = np.array([sight.read(measure, channel) for sight in self.sights])
        return Series(measure, channel, steadied(self.t_s, readings[:, 0]), readings[:, 1])


def steadied(t_s: Floats, value: Floats) -> Floats:
    """The running mean over a fifth of a second, without delay."""
    first = np.searchsorted(t_s, t_s - 0.1 - 1e-9)
    last = np.searchsorted(t_s, t_s + 0.1 + 1e-9)
    total = np.concatenate([[0.0], np.cumsum(value)])
    mean: Floats = (total[last] - total[first]) / (last - first)
    return mean


class _Seen:
    """View and scale at one moment."""

    __slots__ = ("scale_px", "view")

    def __init__(self, state: ViewState) -> None:
        self.scale_px, self.view = state.scale_px, state.view


def _established(frames: Sequence[PoseFrame]) -> list[_Seen]:
    state, seen = ViewState(), []
    for frame in frames:
        observe(state, frame)
        seen.append(_Seen(state))
    return seen


def _commonest(states: Sequence[_Seen]) -> str:
    views = [state.view for state in states]
    return max(sorted(set(views)), key=views.count)
