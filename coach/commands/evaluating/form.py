"""Form: can correct repetitions be told from incorrect ones, of a person never seen, by correct demonstrations alone?

A movement file holds many repetitions by several people: `world_m (M, 33, 3)` metres, `offset (R + 1,)` where each
repetition begins, `subject (R,)`, `correct (R,)` and `fps`. Each person is left out in turn; demonstrations are correct
repetitions of the others.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from coach.comparing.comparison import Demonstrations
from coach.comparing.features import Motion, motion
from coach.errors import MovementError
from coach.frame import PoseFrame

Floats = NDArray[np.float64]

_DEMONSTRATIONS: Final = 10
_FIELDS: Final = frozenset({"world_m", "offset", "subject", "correct", "fps"})
_PX_PER_M: Final = 300.0
_SIZE_PX: Final = (640, 720)


class FormScore(msgspec.Struct, frozen=True):
    """One movement: `auc` is the chance that a correct repetition scores above an incorrect one, mean over people."""

    movement: str
    auc: float
    people: int
    repetitions: int


def is_movement(path: Path) -> bool:
    """Whether this archive is a movement file."""
    try:
        with np.load(path, allow_pickle=False) as data:
            return set(data.files) >= _FIELDS
    except (OSError, EOFError, ValueError):
        return False


def score(path: Path) -> FormScore:
    """Score one movement file."""
    with np.load(path, allow_pickle=False) as data:
        world, offset = data["world_m"].astype(np.float64), data["offset"]
        subject, correct, fps = data["subject"], data["correct"], float(data["fps"])
    motions = [_motion(world[start:end], fps) for start, end in pairwise(offset.tolist())]
    people = np.unique(subject)
    areas = [_left_out(motions, subject == person, correct) for person in people]
    return FormScore(path.stem, round(float(np.mean(areas)), 3), len(people), len(motions))


def area(good: Floats, bad: Floats) -> float:
    """Area under the curve: the share of pairs in which the good one scores higher, ties half."""
    above = good[:, None] - bad[None]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def _left_out(
    motions: list[Motion | None], mine: NDArray[np.bool_], correct: NDArray[np.bool_]
) -> float:
    """The area for one person, by demonstrations of the others; what is too short to be a repetition is like none."""
    pool = np.flatnonzero(~mine & correct)
    chosen = pool[np.linspace(0, len(pool) - 1, _DEMONSTRATIONS).astype(int)]
    shown = [motions[i] for i in chosen]
    demonstrations = Demonstrations([one for one in shown if one is not None])
    done = [motions[i] for i in np.flatnonzero(mine)]
    scores = np.array([demonstrations.compare(one).score if one else 0.0 for one in done])
    return area(scores[correct[mine]], scores[~correct[mine]])


def _motion(world: Floats, fps: float) -> Motion | None:
    """A repetition as seen from the front, without perspective; None when it is too short to be one."""
    image = world[..., :2] * _PX_PER_M + np.array(_SIZE_PX) / 2
    seen = np.ones(world.shape[1])
    frames = [PoseFrame(i / fps, image[i], world[i], seen, _SIZE_PX) for i in range(len(world))]
    try:
        return motion(frames)
    except MovementError:
        return None
