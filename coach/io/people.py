"""Who is who, when several people are in a video: each one's frames as a stream of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from coach.frame import PoseFrame
from coach.landmarks import pair
from coach.stream import Gap

_REACH: Final = 1.0
"""How far a body may be from where it was last seen, in lengths of its trunk; people stand further apart."""
_SHARE: Final = 0.2
"""Somebody seen in less than this share of the pictures only passes by."""


@dataclass(slots=True)
class _Person:
    last: PoseFrame
    frames: dict[int, PoseFrame] = field(default_factory=dict)


class People:
    """Give it the people of each picture; ask for their `streams` at the end."""

    def __init__(self) -> None:
        self._times_s: list[float] = []
        self._known: list[_Person] = []

    def take(self, t_s: float, poses: list[PoseFrame]) -> None:
        """Add one picture: each pose goes to the nearest known person, or is a new one."""
        index = len(self._times_s)
        self._times_s.append(t_s)
        pairs = [
            (_distance(person.last, pose), person, pose) for person in self._known for pose in poses
        ]
        new = list(poses)
        for distance, person, pose in sorted(pairs, key=lambda entry: entry[0]):
            if (
                distance <= _REACH
                and index not in person.frames
                and any(pose is one for one in new)
            ):
                person.frames[index] = person.last = pose
                new = [one for one in new if one is not pose]
        self._known += [_Person(pose, {index: pose}) for pose in new]

    def streams(self) -> list[list[PoseFrame | Gap]]:
        """One stream a person, as long as the video, with gaps where that person was not seen; most seen first."""
        enough = [one for one in self._known if len(one.frames) >= _SHARE * len(self._times_s)]
        enough.sort(key=lambda person: -len(person.frames))
        return [
            [person.frames.get(index, Gap(t_s)) for index, t_s in enumerate(self._times_s)]
            for person in enough
        ]


def _distance(before: PoseFrame, after: PoseFrame) -> float:
    """Mean distance of all landmarks in lengths of the trunk."""
    moved = np.linalg.norm(before.image_px - after.image_px, axis=1).mean()
    return float(moved / max(_trunk_px(before), 1.0))


def _trunk_px(frame: PoseFrame) -> float:
    shoulders, hips = list(pair("shoulder")), list(pair("hip"))
    span = frame.image_px[shoulders].mean(axis=0) - frame.image_px[hips].mean(axis=0)
    return float(np.linalg.norm(span))
