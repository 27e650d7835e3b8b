"""How a body is placed while it rests: upright or lying, on a seat or on its feet. What an exercise's position says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from coach.exercise import Exercise, Measure
from coach.measures import Sight

_UPRIGHT_DEG: Final = 25.0
_LYING_DEG: Final = 65.0
"""The trunk's lean up to which the body is upright, and from which it lies; between them it is some of both."""

_SITTING_M: Final = 0.62
"""Hips above the ankles, body metres: half-way between a chair (0.42) and standing (0.78)."""

_SURE: Final = 0.5

_ELSEWHERE: Final = 0.4
_OTHER_VIEW: Final = 0.8
"""What is left of a guess when the body is placed or turned otherwise than the exercise wants. Not nothing: a push-up
may lean on a bar, a curl be done on a chair."""

_UPRIGHT: Final = frozenset({"standing", "seated"})
_HIPS: Final = Measure(measure="height", of="mid_hip", base="low_ankle")
_LEAN: Final = Measure(measure="trunk_lean")


class Stance(NamedTuple):
    """Shares 0..1 of `lying` (against upright) and `sitting` (against standing); NaN where that was not seen."""

    lying: float
    sitting: float


def stance(sight: Sight) -> Stance:
    """The placement in one frame."""
    lean, hips = sight.read(_LEAN, "both"), sight.read(_HIPS, "both")
    lying = (lean.value - _UPRIGHT_DEG) / (_LYING_DEG - _UPRIGHT_DEG)
    return Stance(
        min(1.0, max(0.0, lying)) if lean.weight >= _SURE else math.nan,
        float(hips.value < _SITTING_M) if hips.weight >= _SURE else math.nan,
    )


def usual(stances: Sequence[Stance]) -> Stance:
    """The placement over several frames; NaN where none of them shows it."""
    lying, sitting = (
        (
            [value for value in column if not math.isnan(value)]
            for column in zip(*stances, strict=True)
        )
        if stances
        else ([], [])
    )
    return Stance(_mean(lying), _mean(sitting))


def suits(exercise: Exercise, seen: Stance, view: str) -> float:
    """0..1 how well this placement and view go with what the exercise asks for. What was not seen says nothing."""
    upright = exercise.position in _UPRIGHT
    share = 1.0 if view in exercise.camera.views else _OTHER_VIEW
    share *= _left(1.0 - seen.lying if upright else seen.lying)
    if upright:
        share *= _left(seen.sitting if exercise.position == "seated" else 1.0 - seen.sitting)
    return share


def _left(agreement: float) -> float:
    return 1.0 if math.isnan(agreement) else _ELSEWHERE + (1.0 - _ELSEWHERE) * agreement


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else math.nan
