"""The drawn figure of an exercise, still: the same capsules as `static/js/figure.js`, as the inside of an SVG.

For lists and print, where nothing moves: the start position and the turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from flask import Flask
from markupsafe import Markup
from numpy.typing import NDArray

from webapp import exercises

Floats = NDArray[np.float64]
Moment = Literal["start", "turn"]

#: Landmarks whose middle is one end of a body part, those of the other end, and its thickness in torso lengths.
Part = tuple[tuple[int, ...], tuple[int, ...], float]
SHOULDERS, HIPS, HEAD = (11, 12), (23, 24), (7, 8)
HEAD_RADIUS = 0.21
SIZE = 100.0
MARGIN = 8.0


def _limbs(shoulder: int) -> tuple[Part, ...]:
    """Of one side; landmarks of a side are two apart."""
    elbow, wrist, hip = shoulder + 2, shoulder + 4, shoulder + 12
    knee, ankle, heel, toe = hip + 2, hip + 4, hip + 6, hip + 8
    return (
        ((hip,), (knee,), 0.3), ((knee,), (ankle,), 0.2), ((heel,), (toe,), 0.13), ((ankle,), (heel,), 0.13),
        ((shoulder,), (elbow,), 0.17), ((elbow,), (wrist,), 0.13),
    )  # fmt: skip


PARTS: tuple[Part, ...] = (
    (SHOULDERS, HIPS, 0.44), ((11,), (12,), 0.22), ((23,), (24,), 0.26), *_limbs(11), *_limbs(12),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Capsule:
    """One body part, in the units of the drawing; `far` lies behind the hips."""

    x0: float
    y0: float
    x1: float
    y1: float
    thick: float
    far: bool


def set_up(app: Flask) -> None:
    """Give templates `figure(exercise_id, "turn")`, the children of an `<svg class="figure" viewBox="0 0 100 100">`."""
    app.jinja_env.globals.update(figure=drawing)


@cache
def drawing(exercise_id: str, moment: Moment) -> Markup:
    """The capsules as SVG lines, the farthest first."""
    line = '<path class="{}" d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke-width="{:.1f}"/>'
    return Markup("").join(
        Markup(line).format("far" if c.far else "near", c.x0, c.y0, c.x1 + 0.01, c.y1, c.thick)  # noqa: S704 - ours
        for c in capsules(_points(exercise_id, moment), *_frame(exercise_id))
    )


def capsules(points: Floats, corner: Floats, scale: float) -> list[Capsule]:
    """Body parts of 33 points (x right, y down, z away), drawn at `(point - corner) * scale`, the farthest first."""
    torso = _torso(points)
    behind = _middle(points, HIPS)[2] + 0.05 * torso
    parts = [(_middle(points, a), _middle(points, b), thick * torso) for a, b, thick in PARTS]
    face = _middle(points, HEAD)
    parts.append((face, face, 2 * HEAD_RADIUS * torso))
    parts.sort(key=lambda part: -(part[0][2] + part[1][2]))
    return [_capsule(a, b, thick, behind, (corner, scale)) for a, b, thick in parts]


def _capsule(
    a: Floats, b: Floats, thick: float, behind: float, place: tuple[Floats, float]
) -> Capsule:
    corner, scale = place
    (x0, y0), (x1, y1) = (a[:2] - corner) * scale, (b[:2] - corner) * scale
    return Capsule(x0, y0, x1, y1, max(2.0, thick * scale), float(a[2] + b[2]) / 2 > behind)


@cache
def _seen(exercise_id: str) -> Floats:
    """The reference movement as the camera sees it, `(F, 33, 3)`."""
    return exercises.reference(exercise_id).seen_from()


def _points(exercise_id: str, moment: Moment) -> Floats:
    """The first frame, or the one that differs most from it."""
    frames = _seen(exercise_id)
    moved: Floats = np.linalg.norm(frames - frames[0], axis=-1).sum(axis=-1)
    found: Floats = frames[0 if moment == "start" else int(moved.argmax())]
    return found


@cache
def _frame(exercise_id: str) -> tuple[Floats, float]:
    """Corner and scale that hold both positions, so that start and turn stand on the same floor."""
    both = np.concatenate([_points(exercise_id, moment) for moment in ("start", "turn")])[:, :2]
    low, high = both.min(axis=0), both.max(axis=0)
    scale = (SIZE - 2 * MARGIN) / float((high - low).max())
    corner: Floats = (low + high) / 2 - SIZE / 2 / scale
    return corner, scale


def _middle(points: Floats, indices: tuple[int, ...]) -> Floats:
    middle: Floats = points[list(indices)].mean(axis=0)
    return middle


def _torso(points: Floats) -> float:
    """From mid-shoulder to mid-hip in the picture, never 0."""
    across = (_middle(points, SHOULDERS) - _middle(points, HIPS))[:2]
    return max(1e-6, float(np.hypot(*across)))
