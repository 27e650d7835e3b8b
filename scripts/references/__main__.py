"""Write `poses/reference/<id>.npz` for every exercise that has a recipe: `python -m scripts.references [ID ...]`."""

from __future__ import annotations

import math
import sys

import numpy as np

from coach.exercise import Exercise, Tempo
from coach.io.reference_file import write
from coach.reference import ReferenceMovement
from poses import catalogue

from .figure import Floats
from .recipes import RECIPES

FRAMES = 32
_STILL_S = 0.4
"""In the start position, before the movement sets out again."""
_BREATH_S = 4.0


def main(wanted: list[str]) -> None:
    """Write the reference movements named, or all."""
    folder = catalogue.HERE / "reference"
    folder.mkdir(exist_ok=True)
    for exercise_id in wanted or sorted(RECIPES):
        movement = reference(catalogue.load(exercise_id))
        write(folder / f"{exercise_id}.npz", movement)


def reference(exercise: Exercise) -> ReferenceMovement:
    """One repetition at the exercise's own tempo; of alternating sides, one of each, the left side first."""
    yaw_deg = 0.0 if exercise.camera.views[0] == "front" else 90.0
    duration_s = _BREATH_S if exercise.kind != "cycle" else _duration_s(exercise.tempo)
    depths = [_depth(exercise, t_s, duration_s) for t_s in _times(duration_s)]
    if exercise.sides == "alternating" and exercise.kind == "cycle":
        depths, duration_s = [*depths, *(-depth for depth in depths)], 2 * duration_s
    world_m = np.stack([RECIPES[exercise.id](depth) for depth in depths])
    return ReferenceMovement(exercise.id, world_m, duration_s, yaw_deg)


def _times(duration_s: float) -> Floats:
    """Equal steps; the one after the last is the first again."""
    return np.linspace(0.0, duration_s, FRAMES, endpoint=False)


def _duration_s(tempo: Tempo) -> float:
    return tempo.out_s + tempo.hold_s + tempo.back_s + _STILL_S


def _depth(exercise: Exercise, t_s: float, duration_s: float) -> float:
    if exercise.kind != "cycle":
        return 0.5 - 0.5 * math.cos(2 * math.pi * t_s / duration_s)
    tempo, since_s = exercise.tempo, t_s - _STILL_S / 2
    back_s = since_s - tempo.out_s - tempo.hold_s
    share = since_s / tempo.out_s if back_s < 0.0 else 1.0 - back_s / tempo.back_s
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))


if __name__ == "__main__":
    main(sys.argv[1:])
