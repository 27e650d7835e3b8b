"""Held gestures: how someone two metres from the screen says start, pause, go on and stop without touching anything.

A gesture is data: a few conditions between landmarks in torso lengths, so that the page (which watches for it also
while nothing counts or the connection is away) and the check of the exercises read the same table. An exercise names
the one that lies outside its own movement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from coach.exercise import Exercise, Gesture, View
from coach.frame import PoseFrame
from coach.landmarks import SIDES, Landmark, Side, of
from coach.reference import ReferenceMovement

Floats = NDArray[np.float64]

HELD_S: Final = 1.2
"""So long a gesture is held before it is meant: an arm that passes by means nothing."""

STOP_S: Final = 4.0
"""Held on so long it stops the exercise instead of pausing it."""

SEEN: Final = 0.5
"""The visibility that every landmark of a gesture needs."""


class Condition(msgspec.Struct, frozen=True):
    """What must hold between two landmarks, in torso lengths of the image.

    `measure` `above`: how far `point` is above `base`; `near`: how far they are apart.
    """

    measure: Literal["above", "near"]
    point: int
    base: int
    min: float | None = None
    max: float | None = None


SHOULDERS: Final = 1.3
"""A trunk is at least this many times as long as the shoulders are wide (1.4 in the mean of adults)."""

Conditions = tuple[Condition, ...]


def _raised(side: Side) -> Conditions:
    """A straight arm towards the ceiling: also of who lies on their back."""
    wrist, elbow, shoulder = (of(side, part) for part in ("wrist", "elbow", "shoulder"))
    return (
        Condition("above", wrist, shoulder, min=0.7),
        Condition("above", wrist, elbow, min=0.2),
    )


def _down(side: Side) -> Conditions:
    return (Condition("above", of(side, "wrist"), of(side, "shoulder"), max=0.3),)


GESTURES: Final[dict[Gesture, tuple[Conditions, ...]]] = {
    "hand_up": (
        (*_raised("left"), *_down("right")),
        (*_raised("right"), *_down("left")),
    ),
    "hands_up": ((*_raised("left"), *_raised("right")),),
    "arms_crossed": (
        (
            Condition("near", of("left", "wrist"), of("right", "shoulder"), max=0.4),
            Condition("near", of("right", "wrist"), of("left", "shoulder"), max=0.4),
        ),
    ),
    "none": (),
}
"""Each gesture as alternatives; one of them must hold in all its conditions."""

_ALL_SEEN: Final = np.ones(len(Landmark))
_TRUNK: Final = (
    (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
)


def shows(gesture: Gesture, points: Floats, visibility: Floats) -> bool:
    """Whether a body makes the gesture: `points` `(33, 2)` y down, any unit; `visibility` `(33,)` 0..1."""
    torso = _torso(points)
    return torso > 0.0 and any(
        all(_holds(one, points, visibility, torso) for one in conditions)
        for conditions in GESTURES[gesture]
    )


def _torso(points: Floats) -> float:
    """The trunk's length; of who lies along the line of sight it is foreshortened, the shoulders are not."""
    shoulders, hips = (points[list(pair)].mean(axis=0) for pair in _TRUNK)
    width = np.hypot(*(points[_TRUNK[0][0]] - points[_TRUNK[0][1]]))
    return float(max(np.hypot(*(shoulders - hips)), SHOULDERS * width))


def _holds(one: Condition, points: Floats, visibility: Floats, torso: float) -> bool:
    if not (visibility[one.point] >= SEEN and visibility[one.base] >= SEEN):
        return False
    apart = points[one.base] - points[one.point]
    value = float(apart[1] if one.measure == "above" else np.hypot(*apart)) / torso
    return (one.min is None or value >= one.min) and (one.max is None or value <= one.max)


def longest_s(gesture: Gesture, frames: Iterable[PoseFrame]) -> float:
    """The longest time, in seconds, for which the gesture is held without a break in a stream of frames."""
    since: float | None = None
    longest = 0.0
    for frame in frames:
        if not shows(gesture, frame.image_px, frame.visibility):
            since = None
            continue
        since = frame.t_s if since is None else since
        longest = max(longest, frame.t_s - since)
    return longest


_YAWS: Final[dict[View, tuple[int, ...]]] = {
    "front": (0, 180),
    "side": (90, -90),
    "oblique": (45, -45, 135, -135),
}
_LIMBS: Final = {side: [int(one) for one in Landmark if side.upper() in one.name] for side in SIDES}


def within(exercise: Exercise, reference: ReferenceMovement, gesture: Gesture) -> bool:
    """Whether the exercise itself shows the gesture at any moment, seen from any of its views; where it may be done
    with one side, also with the other side at rest."""
    one_sided = {"left", "right", "alternating"} & {exercise.sides, *exercise.other_sides}
    for yaw in (yaw for view in exercise.camera.views for yaw in _YAWS[view]):
        whole = reference.seen_from(yaw)[..., :2]
        for resting in ((), *(_LIMBS.values() if one_sided else ())):
            movement = whole.copy()
            movement[:, list(resting)] = whole[0, list(resting)]
            if any(shows(gesture, points, _ALL_SEEN) for points in movement):
                return True
    return False
