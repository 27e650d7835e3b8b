"""How somebody is placed when a learned movement starts and turns: the position's name, and gates with wide margins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from coach.authoring.watching import Series, Watched
from coach.exercise import Gate, Measure
from coach.measures import Channel
from coach.reps import Cycle

Position = Literal["standing", "seated", "supine", "prone", "side_lying", "quadruped"]

_UPRIGHT_DEG: Final = 45.0
_SITTING_KNEE_DEG: Final = 50.0
_SITTING_THIGH_DEG: Final = 45.0
_STACKED_M: Final = 0.2
"""Shoulders one above the other by this much, body metres: on the side."""

_ANGLE_MARGIN_DEG: Final = 35.0
_DISTANCE_MARGIN_M: Final = 0.3
"""How far others may be from the demonstration: generous, since it was one person's."""

_SEEN: Final = 0.8
_ANY_DEG: Final = (0.0, 150.0)
"""Bounds beyond these forbid nothing."""

_WATCHED: Final = (
    Measure(measure="trunk_lean"),
    Measure(measure="knee_flexion", limb="both"),
    Measure(measure="height", of="mid_hip", base="low_ankle"),
)


def position(watched: Watched, starts_s: Sequence[float]) -> Position:
    """The position in which the repetitions start."""

    def at_start(name: str, of: str | None = None, base: str | None = None) -> float:
        series = watched.series(Measure(measure=name, of=of, base=base), "both")
        return float(np.median([series.around(watched.t_s, at_s) for at_s in starts_s]))

    thigh_deg = at_start("thigh_lean")
    if at_start("trunk_lean") < _UPRIGHT_DEG:
        sits = at_start("knee_flexion") > _SITTING_KNEE_DEG and thigh_deg > _SITTING_THIGH_DEG
        return "seated" if sits else "standing"
    if thigh_deg < _UPRIGHT_DEG and at_start("height", "mid_hip", "knee") > _STACKED_M:
        return "quadruped"
    stacked = watched.series(Measure(measure="height", of="shoulder", base="mid_shoulder"), "left")
    if abs(float(np.median(stacked.value))) > _STACKED_M / 2:
        return "side_lying"
    # the nose is on the side to which the face looks; ears are in the middle of the head
    return "supine" if at_start("height", "nose", "mid_ear") > 0.0 else "prone"


def gates(watched: Watched, cycles: Sequence[tuple[Channel, Cycle]]) -> tuple[Gate, ...]:
    """What held at every start, and at every turn between the start's value and the turn's."""
    found = []
    for measure in _WATCHED:
        series = watched.series(measure, "both")
        if series.seen < _SEEN:
            continue
        starts = [series.around(watched.t_s, cycle.start_s) for _, cycle in cycles]
        turns = [series.around(watched.t_s, cycle.peak_s) for _, cycle in cycles]
        found += _gate(series, "start", starts) + _gate(series, "turn", starts + turns)
    return tuple(found)


def _gate(series: Series, when: Literal["start", "turn"], values: list[float]) -> list[Gate]:
    """One gate round these values; none where it would forbid nothing."""
    measure, angle = series.measure, series.measure.of is None
    margin = _ANGLE_MARGIN_DEG if angle else _DISTANCE_MARGIN_M
    low, high = min(values) - margin, max(values) + margin
    least, most = _ANY_DEG if angle else (0.0, 2.0)
    if low <= least and high >= most:
        return []
    return [
        Gate(
            measure=measure.measure,
            of=measure.of,
            base=measure.base,
            limb=measure.limb,
            when=when,
            min=_rounded(low, angle=angle) if low > least else None,
            max=_rounded(high, angle=angle) if high < most else None,
        )
    ]


def _rounded(value: float, *, angle: bool) -> float:
    return 5.0 * round(value / 5.0) if angle else round(value, 2)
