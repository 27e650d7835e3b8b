"""A made-up session that was watched: the reference movement, done by a body that gets tired, judged by our engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.events import Event
from coach.exercise import Exercise, Prescription
from coach.frame import PoseFrame
from coach.io.recording import Recording, record
from coach.io.replay import live_meta, replay
from coach.landmarks import pair
from coach.session import ENGINE_VERSION
from poses import catalogue

Floats = NDArray[np.float64]
FPS: Final = 15.0
STILL_S: Final = 4.0
PAUSE_S: Final = 0.6
REST_S: Final = 8.0
SIZE_PX: Final = (960, 720)
_PX_PER_M: Final = 330.0
_FEET: Final = 0.9
"""Where the floor is in the picture, as a share of its height."""

_TREMBLE_M: Final = 0.004
_UPPER: Final = tuple(range(23))
"""The landmarks above the hips: they lean forward when the body gets tired."""


@dataclass(frozen=True, slots=True)
class Effort:
    """One repetition: how much of the reference's way it goes, how long it takes, and how far the trunk leans more."""

    depth: float
    duration_s: float
    lean_deg: float = 0.0


def filmed(
    exercise: Exercise, prescribed: Prescription, efforts: list[list[Effort]], chance: Random
) -> tuple[Recording, tuple[Event, ...]]:
    """The landmarks of some sets of repetitions, and what the engine says to them."""
    noise = np.random.default_rng(chance.randrange(2**32))
    frames = list(_frames(exercise.id, efforts, noise))
    meta = live_meta(exercise.id, prescribed, [])
    seen = record(frames, SIZE_PX, {"source": "demo", "engine": ENGINE_VERSION, **meta})
    return seen, tuple(event for step in replay(seen, exercise) for event in step.events)


def _frames(
    exercise_id: str, efforts: list[list[Effort]], noise: np.random.Generator
) -> Iterator[PoseFrame]:
    body = catalogue.reference(exercise_id).seen_from()
    for row, points in enumerate(_movement(body, efforts)):
        seen = points + noise.normal(0.0, _TREMBLE_M, points.shape)
        yield _frame(seen, row / FPS)


def _movement(body: Floats, efforts: list[list[Effort]]) -> Iterator[Floats]:
    """`(33, 3)` metres, picture by picture."""
    for number, one_set in enumerate(efforts):
        yield from _still(body, REST_S if number else STILL_S)
        for effort in one_set:
            count = round(effort.duration_s * FPS)
            for index in range(count):
                yield _at(body, index / count, effort)
            yield from _still(body, PAUSE_S)
    yield from _still(body, PAUSE_S)


def _still(body: Floats, for_s: float) -> Iterator[Floats]:
    return (body[0] for _ in range(round(for_s * FPS)))


def _at(body: Floats, share: float, effort: Effort) -> Floats:
    """The body at a share of a repetition: part of the way, leaning more the further it is."""
    place = share * len(body)
    index, part = int(place) % len(body), place % 1.0
    points = body[index] * (1.0 - part) + body[(index + 1) % len(body)] * part
    points = body[0] + effort.depth * (points - body[0])
    far = np.sin(np.pi * share)
    return _leaning(points, effort.lean_deg * float(far))


def _leaning(points: Floats, lean_deg: float) -> Floats:
    """Everything above the hips turned forward about them, in the picture plane."""
    hips = points[list(pair("hip"))].mean(axis=0)
    facing = np.sign(points[list(pair("foot_index")), 0].mean() - hips[0]) or 1.0
    turn = np.radians(lean_deg) * facing
    cos, sin = np.cos(turn), np.sin(turn)
    leaning = points.copy()
    x, y = (points[_UPPER, axis] - hips[axis] for axis in (0, 1))
    leaning[_UPPER, 0] = hips[0] + cos * x - sin * y
    leaning[_UPPER, 1] = hips[1] + sin * x + cos * y
    return leaning


def _frame(points: Floats, t_s: float) -> PoseFrame:
    image = points[:, :2] * _PX_PER_M + [SIZE_PX[0] / 2, SIZE_PX[1] * _FEET]
    world = points - points[list(pair("hip"))].mean(axis=0)
    return PoseFrame(t_s, image, world, np.full(len(points), 0.99), SIZE_PX)
