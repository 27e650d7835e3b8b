"""Angles held against truth: clips whose true joint centres are known.

A truth file `MOTION_truth.npz` holds `joints (T, 2, 6, 3)` (left, right; shoulder, elbow, wrist, hip, knee, ankle; any
length unit), `names` and `fps`; beside it lie `MOTION_VIEW.mp4`, or `.npz` recordings of them. Truth is in the same
clinical convention as the engine's angles.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from coach.errors import MediaError
from coach.events import Angle
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.session import ExerciseSession
from coach.stream import Gap

Floats = NDArray[np.float64]
Frames = Callable[[Path], Iterable[PoseFrame | Gap]]

_JOINTS: Final = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
_BENDS: Final = {
    "knee_flexion": ("hip", "knee", "ankle"),
    "elbow_flexion": ("shoulder", "elbow", "wrist"),
}
_TRUNK: Final = {"hip_flexion": ("hip", "knee"), "shoulder_abduction": ("shoulder", "elbow")}
ALIASES: Final = {"armraise": "shoulder_abduction", "curl": "biceps_curl"}
"""Motion -> exercise, where a truth file is not named after its exercise."""


class AngleScore(msgspec.Struct, frozen=True):
    """One angle in one clip. Degrees; shares 0..1; None where nothing was vouched for.

    `in_plane`: measured in the picture's plane, by the exercise's own method for this view. `largest_deg`: error of
    the largest value. `within`: share of the vouched frames whose error lies within the stated band.
    """

    clip: str
    angle: str
    in_plane: bool
    vouched: float
    mae_deg: float | None
    bias_deg: float | None
    largest_deg: float | None
    within: float | None


class AngleTotals(msgspec.Struct, frozen=True):
    """Means over angles, weighted by how much of each was vouched for."""

    mae_deg: float | None
    vouched: float
    within: float | None


def motions(truth: Path) -> tuple[str, list[Path]]:
    """The exercise of a truth file, and the clips that show it, one a view."""
    motion = truth.name.removesuffix("_truth.npz")
    clips = sorted(
        path
        for path in truth.parent.glob(f"{motion}_*")
        if path.suffix in {".mp4", ".npz"} and path != truth
    )
    return ALIASES.get(motion, motion), clips


def score_clip(
    clip: Path, truth: Path, exercise: Exercise, frames: Iterable[PoseFrame | Gap]
) -> Iterator[AngleScore]:
    """Score every angle that the exercise gives and the truth knows. Raises MediaError."""
    joints, fps = _read(truth)
    session = ExerciseSession(exercise, start="file")
    rows: list[tuple[float, Mapping[str, Angle]]] = []
    for frame in frames:
        if isinstance(frame, Gap):
            rows.append((frame.t_s, session.miss(frame.t_s).angles))
        else:
            rows.append((frame.t_s, session.step(frame).angles))
    for angle in sorted({*_BENDS, *_TRUNK} & set(exercise.methods)):
        in_plane = exercise.methods[angle].get(session.view) == "image"  # type: ignore[call-overload]
        for index, side in enumerate(("left", "right")):
            yield _score(clip, f"{side}_{angle}", rows, (true(joints, angle, index), fps), in_plane)


def total(scores: Sequence[AngleScore]) -> AngleTotals:
    """Means over these angles."""
    weights = np.array([score.vouched for score in scores])
    return AngleTotals(
        mae_deg=_mean([score.mae_deg for score in scores], weights, 1),
        vouched=round(float(weights.mean()), 3) if len(weights) else 0.0,
        within=_mean([score.within for score in scores], weights, 3),
    )


def true(joints: Floats, angle: str, side: int) -> Floats:
    """`(T,)` degrees of an angle of one side (0 left, 1 right) from `(T, 2, 6, 3)` joint centres."""
    at = {name: joints[:, :, i] for i, name in enumerate(_JOINTS)}
    if angle in _BENDS:
        near, middle, far = (at[name][:, side] for name in _BENDS[angle])
        return 180.0 - _between(near - middle, far - middle)
    near, far = (at[name][:, side] for name in _TRUNK[angle])
    return _between(at["hip"].mean(1) - at["shoulder"].mean(1), far - near)


def _score(
    clip: Path,
    name: str,
    rows: Sequence[tuple[float, Mapping[str, Angle]]],
    truth: tuple[Floats, float],
    in_plane: bool,
) -> AngleScore:
    seen = [(t_s, angles[name]) for t_s, angles in rows if name in angles]
    share = round(len(seen) / max(1, len(rows)), 3)
    if not seen:
        return AngleScore(clip.stem, name, in_plane, share, None, None, None, None)
    wanted, fps = truth
    t_s = np.array([row[0] for row in seen])
    got = np.array([row[1].deg for row in seen])
    band = np.array([row[1].error_deg for row in seen])
    error = got - np.interp(t_s, np.arange(len(wanted)) / fps, wanted)
    return AngleScore(
        clip=clip.stem,
        angle=name,
        in_plane=in_plane,
        vouched=share,
        mae_deg=round(float(np.abs(error).mean()), 1),
        bias_deg=round(float(error.mean()), 1),
        largest_deg=round(float(got.max() - wanted.max()), 1),
        within=round(float((np.abs(error) <= band).mean()), 3),
    )


def _read(truth: Path) -> tuple[Floats, float]:
    try:
        with np.load(truth, allow_pickle=False) as data:
            joints, fps = data["joints"].astype(np.float64), float(data["fps"])
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise MediaError(f"{truth} is not a file of true joint centres: {error}.") from None
    if joints.shape[1:] != (2, len(_JOINTS), 3) or fps <= 0.0:
        raise MediaError(
            f"{truth}: joints should have shape (T, 2, {len(_JOINTS)}, 3), but have {joints.shape}."
        )
    return joints, fps


def _between(u: Floats, v: Floats) -> Floats:
    """`(T,)` degrees between vectors `(T, 3)`."""
    cross = np.linalg.norm(np.cross(u, v), axis=-1)
    angle: Floats = np.degrees(np.arctan2(cross, (u * v).sum(-1)))
    return angle


def _mean(values: Sequence[float | None], weights: Floats, digits: int) -> float | None:
    known = np.array([value is not None for value in values], bool)
    if not known.any() or weights[known].sum() <= 0.0:
        return None
    numbers = np.array([value or 0.0 for value in values])
    return round(float(np.average(numbers[known], weights=weights[known])), digits)
