"""One progress signal from several cues, each measured from the person's own rest.

Landmarks lie: limbs are invented behind a plate, knees foreshortened, hands leave the picture. So an exercise names
several terms (angles, heights) and the signal is their mean, weighted by how well each is seen just now. Each term
counts from the person's own level at rest: a term that fades out then leaves no jump behind.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import msgspec

from coach.exercise import Term
from coach.measures import Channel, Sight
from coach.smoothing import FilterState, smooth

REST_CREEP_S: Final = 8.0
"""Time constant by which the rest level follows a slow change of stance; slower than a 15 s repetition rises."""

MIN_SEEN: Final = 0.15
"""Share of the terms' weight that must be seen for the signal to have a value."""

_MOST: Final = 2.0

_STILL_PER_S: Final = 0.05
"""Progress per second below which the person stands still; a repetition of 15 s moves by 0.14."""


class SignalState(msgspec.Struct):
    """Plain state: each term's level at rest (progress), and the filter."""

    lows: list[float | None] = []
    t_s: float | None = None
    filter: FilterState = msgspec.field(default_factory=FilterState)


class Progress(NamedTuple):
    """`moved`: from the person's own rest, smoothed, for counting. `reached`: on the exercise's own scale,
    unsmoothed. `still`: hardly any movement just now."""

    moved: float
    reached: float
    still: bool


class Signal:
    """Evaluates the terms of one exercise for one channel."""

    def __init__(self, terms: tuple[Term, ...], *, from_rest: bool = True) -> None:
        """`from_rest` is off for cycles that swing to both sides of their start position: they have no lowest
        level."""
        self._terms = terms
        self._from_rest = from_rest
        self._total = sum(term.weight for term in terms)

    def value(
        self, state: SignalState, sight: Sight, channel: Channel, t_s: float, *, resting: bool
    ) -> Progress | None:
        """The progress at `t_s`; None when too little is seen. `resting`: the counter waits in the start position."""
        if len(state.lows) != len(self._terms):
            state.lows = [None] * len(self._terms)
        creep = self._creep(state, t_s) if resting else 0.0
        moved = reached = seen = 0.0
        for i, term in enumerate(self._terms):
            reading = sight.read(term, channel)
            if reading.weight <= 0.0:
                continue
            progress = (reading.value - term.rest) / (term.full - term.rest)
            weight = term.weight * reading.weight
            seen += weight
            reached += weight * min(_MOST, max(-_MOST, progress))
            moved += weight * min(
                _MOST, max(-_MOST, progress - self._low(state, i, progress, creep))
            )
        if seen < MIN_SEEN * self._total:
            return None
        moved = smooth(state.filter, t_s, moved / seen)
        return Progress(moved, reached / seen, abs(state.filter.speed) < _STILL_PER_S)

    def _creep(self, state: SignalState, t_s: float) -> float:
        step_s = 0.0 if state.t_s is None else max(0.0, t_s - state.t_s)
        state.t_s = t_s
        return 1.0 - math.exp(-step_s / REST_CREEP_S)

    def _low(self, state: SignalState, i: int, progress: float, creep: float) -> float:
        if not self._from_rest:
            return 0.0
        low = state.lows[i]
        low = progress if low is None or progress < low else low + creep * (progress - low)
        state.lows[i] = low
        return low
