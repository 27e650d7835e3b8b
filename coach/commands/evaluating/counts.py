"""Counting scored on labelled clips.

exact: share of clips with the very count. OBO: share off by at most one. MAE: mean of |error| / true repetitions.
false: repetitions counted on clips that have none. timing: share of labelled repetitions that one counted repetition
matches by ending within half a second of the label's end. The first three are over clips that have repetitions.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from coach.errors import MediaError
from coach.summary import Result

_MATCH_S: Final = 0.5
_COLUMNS: Final = ("file", "exercise", "reps")


class Label(msgspec.Struct, frozen=True):
    """A clip and what a person counted in it. `ends_s`: when each repetition ends, where that was marked."""

    file: str
    exercise: str
    reps: int
    ends_s: tuple[float, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """What was counted in one clip; `error` says why nothing was, in one sentence; `cause` why it was not exact."""

    label: Label
    counted: int
    ends_s: tuple[float, ...] = ()
    error: str = ""
    cause: str = ""

    @property
    def exact(self) -> bool:
        """Whether the very count was found."""
        return not self.error and self.counted == self.label.reps

    @property
    def matched(self) -> int:
        """How many labelled repetitions were found at the right time."""
        left, hits = list(self.ends_s), 0
        for end_s in self.label.ends_s:
            near = [found for found in left if abs(found - end_s) <= _MATCH_S]
            if near:
                hits += 1
                left.remove(min(near, key=lambda found: abs(found - end_s)))
        return hits


class Score(msgspec.Struct, frozen=True):
    """Figures over some clips; None where no clip can tell."""

    clips: int
    exact: float | None
    obo: float | None
    mae: float | None
    false: int
    without_reps: int
    timing: float | None
    failed: int


def read_manifest(path: Path, only: Sequence[str] = ()) -> list[Label]:
    """The labels of a manifest (CSV), of the exercises in `only` or of all. Raises MediaError with row and column."""
    try:
        with path.open(newline="", encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MediaError(f"The manifest {path} cannot be read: {error}.") from None
    if not rows or not set(_COLUMNS) <= set(rows[0]):
        raise MediaError(
            f"The manifest {path} should have the columns {', '.join(_COLUMNS)} and at least one row."
        )
    labels = [_label(path, number, row) for number, row in enumerate(rows, 2)]
    return [label for label in labels if not only or label.exercise in only]


def outcome_of(label: Label, result: Result) -> Outcome:
    """What a result says of a labelled clip."""
    return Outcome(label, result.reps, tuple(rep.end_s for rep in result.rep_list))


def score(outcomes: Iterable[Outcome]) -> Score:
    """Figures over these clips."""
    all_of_them = list(outcomes)
    moving = [outcome for outcome in all_of_them if outcome.label.reps]
    still = [outcome for outcome in all_of_them if not outcome.label.reps]
    errors = [(abs(outcome.counted - outcome.label.reps), outcome.label.reps) for outcome in moving]
    return Score(
        clips=len(all_of_them),
        exact=_mean([error == 0 for error, _ in errors]),
        obo=_mean([error <= 1 for error, _ in errors]),
        mae=_mean([error / reps for error, reps in errors]),
        false=sum(outcome.counted for outcome in still),
        without_reps=len(still),
        timing=_timing(moving),
        failed=sum(bool(outcome.error) for outcome in all_of_them),
    )


def _label(path: Path, number: int, row: dict[str, str]) -> Label:
    try:
        fps = float(row.get("fps") or 30.0)
        marks = json.loads(row.get("rep_frames") or "[]")
        ends_s = tuple(float(frames[-1]) / fps for frames in marks)
        return Label(row["file"], row["exercise"], int(row["reps"]), ends_s)
    except (ValueError, TypeError, IndexError, ZeroDivisionError) as error:
        raise MediaError(
            f"The manifest {path}, row {number}, cannot be understood: {error}."
        ) from None


def _timing(moving: Sequence[Outcome]) -> float | None:
    marked = sum(len(outcome.label.ends_s) for outcome in moving)
    return round(sum(outcome.matched for outcome in moving) / marked, 3) if marked else None


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 3) if values else None
