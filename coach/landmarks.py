"""The 33 body landmarks of the BlazePose topology. `left` and `right` are the person's own."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum
from typing import Final, Literal

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, Side]] = ("left", "right")
COUNT: Final = 33
Part = Literal[
    "left_hand",
    "right_hand",
    "left_forearm",
    "right_forearm",
    "left_arm",
    "right_arm",
    "left_foot",
    "right_foot",
    "left_shank",
    "right_shank",
    "left_leg",
    "right_leg",
]
"""A part of the body that may be missing: everything beyond the wrist, the elbow or the shoulder, beyond the ankle, the
knee or the hip. The joint itself is still there."""


class Landmark(IntEnum):
    """Index of a landmark in every `(33, ...)` array of this project."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


def _other_side(landmark: Landmark) -> Landmark:
    swapped = landmark.name.replace("LEFT", "*").replace("RIGHT", "LEFT").replace("*", "RIGHT")
    return Landmark[swapped]


MIRROR: Final[tuple[int, ...]] = tuple(int(_other_side(landmark)) for landmark in Landmark)
"""MIRROR[i] is the landmark that takes i's place when left and right are exchanged."""

_LEFT_LIMBS: Final = (
    ("SHOULDER", "ELBOW"),
    ("ELBOW", "WRIST"),
    ("WRIST", "INDEX"),
    ("SHOULDER", "HIP"),
    ("HIP", "KNEE"),
    ("KNEE", "ANKLE"),
    ("ANKLE", "HEEL"),
    ("HEEL", "FOOT_INDEX"),
)

SKELETON: Final[tuple[tuple[int, int], ...]] = (
    (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    *(
        (int(Landmark[f"{side.upper()}_{near}"]), int(Landmark[f"{side.upper()}_{far}"]))
        for side in SIDES
        for near, far in _LEFT_LIMBS
    ),
)
"""The edges to draw, as pairs of landmark indices."""


def of(side: Side, part: str) -> Landmark:
    """The landmark of one body part on one side, e.g. `of("left", "knee")`. Raises KeyError."""
    return Landmark[f"{side.upper()}_{part.upper()}"]


def pair(part: str) -> tuple[Landmark, Landmark]:
    """Both sides of one body part, left first."""
    return of("left", part), of("right", part)


_HAND: Final = ("index", "pinky", "thumb")
_FOOT: Final = ("heel", "foot_index")
_BEYOND: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "hand": ("wrist", _HAND),
    "forearm": ("elbow", ("wrist", *_HAND)),
    "arm": ("shoulder", ("elbow", "wrist", *_HAND)),
    "foot": ("ankle", _FOOT),
    "shank": ("knee", ("ankle", *_FOOT)),
    "leg": ("hip", ("knee", "ankle", *_FOOT)),
}
"""The joint that a part hangs from, and the points beyond it; a longer part comes after the shorter one in it."""


def lost(parts: Collection[Part]) -> dict[int, int]:
    """The landmarks of these parts of the body, each with the landmark of the last joint that is left above it."""
    stumps: dict[int, int] = {}
    for name, (joint, points) in _BEYOND.items():
        for side in SIDES:
            if f"{side}_{name}" in parts:
                stumps |= {int(of(side, point)): int(of(side, joint)) for point in points}
    return stumps
