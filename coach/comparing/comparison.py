"""How like correct demonstrations a repetition is, told from those demonstrations alone.

Three ideas: moments are matched by time warping; how people hold themselves (the mean over the repetition) is judged
apart from how they move (the rest); and every deviation counts in units of what must be forgiven: how much the
demonstrations vary among themselves, and what the camera cannot see. docs/decisions/0006-comparing.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from coach.comparing.deviations import Deviation, phases, worst
from coach.comparing.features import STEPS, Motion, depth_shares, mirrored
from coach.comparing.warping import matched
from coach.errors import MovementError
from coach.view import turned_deg

Floats = NDArray[np.float64]

_NEAREST: Final = 5
"""A repetition is compared with this many of the demonstrations, those most like it."""

_PICTURE_DEG: Final = 5.0
_DEPTH_DEG: Final = 15.0
"""What is forgiven whatever the demonstrations: the mean error of a lean in the picture and away from it, as measured
(docs/decisions/0002-angles.md: 4-5 and 16 degrees)."""

_HABIT_DEG: Final = 10.0
"""And how differently people hold themselves all the time without doing anything wrong."""

_HALF: Final = 0.4
"""Mean deviation, in units of what is forgiven, that makes a score of a half."""

_LEAST_SEEN: Final = 3.0
"""With fewer features than this in common there is nothing to compare."""

_OTHER_VIEW_DEG: Final = 30.0


class Likeness(msgspec.Struct, frozen=True):
    """`score` 0..1, 1 like the demonstrations; `worst` the largest deviations, worst first.

    `other_side`: it was done on the other side, and compared with the demonstrations' mirror image.
    `other_view`: it was seen from elsewhere, so that the score is less sure.
    """

    score: float
    worst: tuple[Deviation, ...] = ()
    other_side: bool = False
    other_view: bool = False


class _Apart(NamedTuple):
    """How n repetitions differ from m demonstrations, repetition minus demonstration.

    `movement (n, m, STEPS, F)` and `posture (n, m, F)` degrees; `seen (n, m, F)` their weight; `moment (n, m, STEPS)`
    which moment of the demonstration belongs to each of the repetition.
    """

    movement: Floats
    posture: Floats
    seen: Floats
    moment: Floats


class _Forgiven(NamedTuple):
    """Degrees that are forgiven in movement and in posture, `(F,)`."""

    movement: Floats
    posture: Floats


class Demonstrations:
    """Correct repetitions, by whomever. One is enough; five are better, and several people's best."""

    def __init__(self, motions: Sequence[Motion]) -> None:
        """Raises MovementError when there is none."""
        if not motions:
            raise MovementError("there is nothing to compare with: give at least one reference")
        self._motions = tuple(motions)
        self._phases = np.stack([phases(motion) for motion in motions])
        self._turned_deg = float(np.median([turned_deg(motion.yaw_deg) for motion in motions]))
        self._depth = np.mean([depth_shares(motion.yaw_deg) for motion in motions], axis=0)
        self._variance = _variance(_apart(motions, motions))

    def compare(self, candidate: Motion) -> Likeness:
        """How like the demonstrations this is, on whichever side it is more so. Raises MovementError."""
        plain, other = self._judge(candidate), self._judge(candidate.mirrored(), swapped=True)
        turned = abs(turned_deg(candidate.yaw_deg) - self._turned_deg)
        best = max(plain, other, key=lambda likeness: likeness.score)
        return msgspec.structs.replace(best, other_view=turned > _OTHER_VIEW_DEG)

    def moments(self, candidate: Motion, *, other_side: bool = False) -> Floats:
        """`(STEPS,)` seconds: when the demonstration most like it was where the candidate is at each of its steps.

        `other_side`, as `compare` found it: the demonstration is to be seen in the mirror.
        """
        motion = candidate.mirrored() if other_side else candidate
        apart = _apart([motion], self._motions)
        nearest = int(_far(apart, self._forgiven(motion))[0].argmin())
        first_s, last_s = self._motions[nearest].span_s
        at_s: Floats = first_s + apart.moment[0, nearest] / (STEPS - 1) * (last_s - first_s)
        return at_s

    def _judge(self, motion: Motion, *, swapped: bool = False) -> Likeness:
        """Compare as it is; `swapped` when left and right were exchanged before, and are to be named as they were."""
        apart = _apart([motion], self._motions)
        forgiven = self._forgiven(motion)
        far = _far(apart, forgiven)[0]
        nearest = np.argsort(far, kind="stable")[:_NEAREST]
        nearest = nearest[np.isfinite(far[nearest])]
        if not len(nearest):
            raise MovementError("too little of the body is seen both in it and in the references")
        return Likeness(
            score=0.5 ** ((float(far[nearest].mean()) / _HALF) ** 2),
            worst=self._worst(apart, nearest, forgiven, swapped=swapped),
            other_side=swapped,
        )

    def _forgiven(self, motion: Motion) -> _Forgiven:
        depth = (self._depth + depth_shares(motion.yaw_deg)) / 2
        camera = _PICTURE_DEG**2 + _DEPTH_DEG**2 * depth
        return _Forgiven(
            np.sqrt(camera + self._variance.movement),
            np.sqrt(camera + _HABIT_DEG**2 + self._variance.posture),
        )

    def _worst(
        self, apart: _Apart, nearest: NDArray[np.intp], forgiven: _Forgiven, *, swapped: bool
    ) -> tuple[Deviation, ...]:
        """The largest deviations from the mean of the nearest demonstrations."""
        whole = apart.movement[0, nearest] + apart.posture[0, nearest, None]
        seen = apart.seen[0, nearest]
        mean = (whole * seen[:, None]).sum(0) / np.maximum(seen.sum(0), 1e-9)
        unit = np.hypot(forgiven.movement, forgiven.posture)
        moment = np.rint(apart.moment[0, nearest[0]]).astype(int)
        weight = seen.mean(0)
        if swapped:
            mean, unit, weight = mirrored(mean), abs(mirrored(unit)), abs(mirrored(weight))
        return worst(mean, unit, weight, self._phases[nearest[0], moment])


def _apart(ones: Sequence[Motion], others: Sequence[Motion]) -> _Apart:
    """Every one against every other, matched in time by their movement."""
    deg, other_deg = (np.stack([motion.deg for motion in part]) for part in (ones, others))
    seen, other_seen = (np.stack([motion.seen for motion in part]) for part in (ones, others))
    held, other_held = deg.mean(1), other_deg.mean(1)
    moved, other_moved = deg - held[:, None], other_deg - other_held[:, None]
    cost = _cost(moved, seen, other_moved, other_seen)
    moment = matched(cost.reshape(-1, STEPS, STEPS)).reshape(len(ones), len(others), STEPS)
    return _Apart(
        moved[:, None] - _at(other_moved, moment),
        held[:, None] - other_held[None],
        seen[:, None] * other_seen[None],
        moment,
    )


def _cost(one: Floats, seen: Floats, other: Floats, other_seen: Floats) -> Floats:
    """`(n, m, STEPS, STEPS)` squared distance between moments, each feature weighed by how well both are seen."""
    weighed, other_weighed = one * seen[:, None], other * other_seen[:, None]
    cost = np.einsum("aif,bf->abi", one * weighed, other_seen)[..., None]
    cost = cost + np.einsum("bjf,af->abj", other * other_weighed, seen)[:, :, None]
    cost = cost - 2 * np.einsum("aif,bjf->abij", weighed, other_weighed)
    squares: Floats = np.maximum(cost, 0.0)
    return squares


def _at(deg: Floats, moment: Floats) -> Floats:
    """`(n, m, STEPS, F)` of the m demonstrations at these moments, between two steps linearly."""
    before = np.minimum(moment.astype(int), STEPS - 2)
    share = (moment - before)[..., None]
    which = np.arange(len(deg))[None, :, None]
    at: Floats = deg[which, before] * (1 - share) + deg[which, before + 1] * share
    return at


def _variance(own: _Apart) -> _Forgiven:
    """Mean square of the differences between the demonstrations, weighed by how well both are seen; 0 for one alone."""
    seen = own.seen * ~np.eye(len(own.seen), dtype=bool)[..., None]
    total = np.maximum(seen.sum((0, 1)), 1e-9)
    movement = (own.movement**2).mean(2)
    return _Forgiven(
        (movement * seen).sum((0, 1)) / total, (own.posture**2 * seen).sum((0, 1)) / total
    )


def _far(apart: _Apart, forgiven: _Forgiven) -> Floats:
    """`(n, m)` mean deviation in units of what is forgiven; infinite where too little is seen in both."""
    far = np.abs(apart.movement).mean(2) / forgiven.movement
    far = (far + np.abs(apart.posture) / forgiven.posture) / 2
    total = apart.seen.sum(2)
    mean = (far * apart.seen).sum(2) / np.maximum(total, 1e-9)
    return np.where(total >= _LEAST_SEEN, mean, math.inf)
