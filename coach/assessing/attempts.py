"""Attempts in the course of an angle: each time it went far, and the furthest position that was held there."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Towards = Literal["larger", "smaller"]

HELD_S: Final = 0.5
"""A position counts as reached when it was held about this long: the median over this window leaves spikes out."""

LEAST_DEG: Final = 10.0
"""A smaller movement than this is not told from sway and landmark noise."""

WANTED: Final = 3
"""Attempts that make a measurement; the best of them is taken, as with a goniometer."""


class Attempt(msgspec.Struct, frozen=True):
    """One attempt: when it was furthest (s), how far (degrees), and the half-width of its 80 % band."""

    t_s: float
    deg: float
    error_deg: float


class Course:
    """Times (s), degrees and errors of an angle as they come. What was held is worked out once for each moment."""

    def __init__(self, towards: Towards) -> None:
        self.towards = towards
        self._rows: list[tuple[float, float, float]] = []
        self._held: list[float] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, t_s: float, deg: float, error_deg: float) -> None:
        """One more moment, later than the others."""
        self._rows.append((t_s, deg, error_deg))
        settled = len(self._held)
        while settled < len(self._rows) and self._rows[settled][0] + HELD_S / 2 < t_s:
            self._held.append(self._held_at(settled))
            settled += 1

    def range_deg(self) -> float:
        """How far the angle moved, without its extreme twentieth; 0 before there is anything."""
        held = self._all_held()
        return float(held.max() - np.quantile(held, 0.05)) if len(held) else 0.0

    def attempts(self) -> tuple[Attempt, ...]:
        """One for each time the middle of the range was passed and left again, or passed last; none where the angle
        moved by less than LEAST_DEG."""
        if self.range_deg() < LEAST_DEG:
            return ()
        held = self._all_held()
        middle = (float(np.quantile(held, 0.05)) + float(held.max())) / 2
        edges = np.flatnonzero(np.diff(np.concatenate([[0], (held > middle).astype(np.int8), [0]])))
        return tuple(
            self._attempt(start + int(np.argmax(held[start:end])), held)
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        )

    def out(self) -> bool:
        """Whether an attempt is under way: the angle is beyond the middle of its range now."""
        held = self._all_held()
        return len(held) > 0 and bool(held[-1] > (np.quantile(held, 0.05) + held.max()) / 2)

    def _attempt(self, at: int, held: Floats) -> Attempt:
        t_s, _, error_deg = self._rows[at]
        return Attempt(
            round(t_s, 2), round(self._sign * float(held[at]), 1), round(float(error_deg), 1)
        )

    @property
    def _sign(self) -> float:
        return 1.0 if self.towards == "larger" else -1.0

    def _all_held(self) -> Floats:
        """What was held at each moment, further as larger; the last moments as far as they are known."""
        latest = [self._held_at(index) for index in range(len(self._held), len(self._rows))]
        return self._sign * np.array(self._held + latest)

    def _held_at(self, index: int) -> float:
        """The median of the moments within HELD_S, this one in the middle."""
        t_s = self._rows[index][0]
        first = last = index
        while first > 0 and self._rows[first - 1][0] >= t_s - HELD_S / 2:
            first -= 1
        while last + 1 < len(self._rows) and self._rows[last + 1][0] <= t_s + HELD_S / 2:
            last += 1
        return float(np.median([row[1] for row in self._rows[first : last + 1]]))


def attempts(t_s: Floats, deg: Floats, error_deg: Floats, towards: Towards) -> tuple[Attempt, ...]:
    """The attempts in a series of `(N,)` times, degrees and errors."""
    course = Course(towards)
    for row in zip(t_s, deg, error_deg, strict=True):
        course.add(*map(float, row))
    return course.attempts()
