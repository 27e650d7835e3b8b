"""Where a repetition differs from the demonstrations: which angle, in which part of the movement, by how much."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from coach.comparing.features import FEATURES, Feature, Motion

Floats = NDArray[np.float64]
Phase = Literal["start", "out", "turn", "back"]
PHASES: Final[tuple[Phase, ...]] = ("start", "out", "turn", "back")

_NEAR: Final = 0.2
"""Within this share of its way a movement is in its start position, or at its turn."""

_TELL_DEG: Final = 5.0
"""Smaller deviations are not told: what a good rater reproduces with a goniometer (coach.goals)."""

_TELL_UNITS: Final = 1.0
"""Nor those within what is forgiven."""

_TELL: Final = 4
"""Parts of the body that are told."""

_SEEN: Final = 0.5

_UNTOLD: Final = frozenset(
    {
        ("trunk", "up"),
        ("pelvis", "outward"),
        ("shoulders", "outward"),
        ("hip", "bend"),
        ("shoulder", "bend"),
    }
)
"""Compared, but said better by another feature: a hip bends more because the trunk leans or the thigh is raised."""


class Deviation(msgspec.Struct, frozen=True):
    """One difference: `deviation_deg` is the repetition's angle minus the demonstrations', in one phase."""

    angle: str
    phase: Phase
    deviation_deg: float


def phases(motion: Motion) -> NDArray[np.int_]:
    """`(STEPS,)` index into PHASES of every moment: how far from its start posture the body is, and on which way."""
    start = (motion.deg[0] + motion.deg[-1]) / 2
    way = np.sqrt(((motion.deg - start) ** 2 * motion.seen).sum(1))
    share = way / max(float(way.max()), 1e-9)
    turn = int(share.argmax())
    moments = np.arange(len(share))
    far = np.flatnonzero(share >= 1 - _NEAR)
    near = share < _NEAR
    out = np.where(near & (moments < turn), 0, 1)
    back = np.where(near, 0, 3)
    at_turn = (moments >= far[0]) & (moments <= far[-1])
    return np.where(at_turn, 2, np.where(moments < turn, out, back))


def worst(
    deg: Floats, unit_deg: Floats, seen: Floats, phase: NDArray[np.int_]
) -> tuple[Deviation, ...]:
    """The deviations of the worst parts of the body, worst first; of each part on each side only the largest.

    `deg` is `(STEPS, F)`; `unit_deg (F,)` what is forgiven; `seen (F,)` weight; `phase (STEPS,)` index into PHASES.
    """
    told: dict[tuple[str, str | None], Deviation] = {}
    for size, feature, column, index in sorted(
        _candidates(deg, unit_deg, seen, phase), key=lambda found: -found[0]
    ):
        mean_deg = float(deg[phase == index, column].mean())
        if size >= _TELL_UNITS and abs(mean_deg) >= _TELL_DEG:
            found = Deviation(feature.name, PHASES[index], round(mean_deg, 1))
            told.setdefault((feature.part, feature.side), found)
    parts = list(dict.fromkeys(part for part, _ in told))[:_TELL]
    return tuple(one for (part, _), one in told.items() if part in parts)


def _candidates(
    deg: Floats, unit_deg: Floats, seen: Floats, phase: NDArray[np.int_]
) -> list[tuple[float, Feature, int, int]]:
    """Size in units, feature, its column and phase, of everything that may be told."""
    columns = [
        column
        for column, feature in enumerate(FEATURES)
        if (feature.part, feature.axis) not in _UNTOLD and seen[column] >= _SEEN
    ]
    return [
        (
            abs(float(deg[phase == index, column].mean())) / float(unit_deg[column]),
            FEATURES[column],
            column,
            index,
        )
        for index in np.unique(phase).tolist()
        for column in columns
    ]
