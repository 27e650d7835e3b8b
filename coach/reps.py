"""Repetitions from one progress signal: 0 in the start position, 1 at a full movement.

A cycle is an excursion from the person's own start level and back (or several, up and down, for exercises that
pass their start position in between). It is counted on return, with its depth stored at the turn. All thresholds
are shares of the movement or of this excursion, so they hold for every person, camera and frame rate.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec

from coach.events import Tempo
from coach.exercise import Counting

_SETTLED: Final = 0.02
"""Smaller steps back than this share of the excursion are sway, not movement."""

_AT_REST_S: Final = 0.15
"""No further back for this long: the person has arrived."""

_AT_MOST_S: Final = 0.25
"""Who is all but back and still sinking is not kept waiting: a repetition is announced within 0.3 s of its end."""

_STAYED_S: Final = 0.5
"""Who went most of the way back and stays there has arrived: not everybody stands up as straight as at first."""

_NEAR: Final = 0.1
"""Within this share of the excursion the person is still (or again) in the start position, or at the turn."""

_OWN: Final = 5
"""Repetitions that make up the person's own range."""

_LEFT: Final = 0.2
"""Beyond this share of the smallest excursion the start position has been left."""

_RESTART_SHARE: Final = 0.6
"""A return this far that turns into the next excursion was a repetition too: not everybody stands up fully. So was one
at which a recording ends (live, the return itself is awaited)."""


class Cycle(msgspec.Struct, frozen=True):
    """One completed cycle: when it started, turned and ended (s), its peak and travel (progress)."""

    start_s: float
    peak_s: float
    end_s: float
    leave_peak_s: float
    reach_peak_s: float
    peak: float
    travel: float


class CounterState(msgspec.Struct):
    """Plain state of one counter. `mode` is `rest` or `out`; `leg` which excursion of the cycle is awaited;
    `base_s` when the person last set out: who sways before that, or lifts a knee into the next lunge, goes half of that
    way (from `base` to `crest`) back again; `own` the travel of the person's last repetitions, `best` of the largest so
    far."""

    mode: str = "rest"
    leg: int = 0
    low: float = math.inf
    start_s: float = math.nan
    base_s: float = math.nan
    base: float = math.nan
    crest: float = math.nan
    peak: float = -math.inf
    peak_s: float = math.nan
    reach: float = -math.inf
    reach_s: float = math.nan
    leave_s: float = math.nan
    back: float = math.inf
    settled: float = math.inf
    back_s: float = math.nan
    home_s: float = math.nan
    own: list[float] = []
    best: float = 0.0

    def need(self, counting: Counting) -> float:
        """The travel that makes a repetition: the exercise's smallest, or a share of the person's own."""
        own = sorted(self.own)[len(self.own) // 2] if self.own else 0.0
        return max(counting.min_travel, counting.own_share * own)


class Counter:
    """Finds cycles in a progress signal, one value at a time. The configuration is fixed; the state is passed in.

    `legs` are the signs of the excursions that make one cycle: `(1,)` for nearly all, `(1, -1)` for cat and camel.
    """

    def __init__(self, counting: Counting, legs: tuple[int, ...] = (1,)) -> None:
        self._counting = counting
        self._legs = legs

    def step(
        self, state: CounterState, t_s: float, progress: float, *, still: bool = False
    ) -> Cycle | None:
        """Take one value; a Cycle when it completed one. Times must not run backwards.

        `still`: nothing moves just now, so that what follows starts here even if it is not quite the start level.
        """
        value = progress * self._legs[state.leg]
        if state.mode == "rest":
            self._rest(state, t_s, value, still=still)
            return None
        return self._out(state, t_s, value)

    def finish(self, state: CounterState) -> Cycle | None:
        """The cycle that the end of the stream cut off shortly before its end, if any."""
        travel = state.peak - state.low
        last_leg = state.leg == len(self._legs) - 1
        if state.mode != "out" or not last_leg or state.peak - state.back < _RESTART_SHARE * travel:
            return None
        cycle = self._cycle(state, state.back_s, travel)
        restart(state, state.back)
        return cycle if self._credible(cycle) else None

    def _rest(self, state: CounterState, t_s: float, value: float, *, still: bool) -> None:
        state.low = min(state.low, value)
        need = state.need(self._counting)
        if still or value - state.low < _LEFT * need or math.isnan(state.start_s):
            state.start_s = t_s
        if state.start_s == t_s or value < state.base or _went_back(state, value, need):
            state.base_s, state.base, state.crest = t_s, value, value
        state.crest = max(state.crest, value)
        if value - state.low >= need:
            state.mode = "out"
            state.peak, state.peak_s, state.leave_s = value, t_s, t_s
            state.reach, state.reach_s = value, t_s
            state.back, state.settled, state.back_s = value, value, t_s
            state.home_s = math.nan

    def _out(self, state: CounterState, t_s: float, value: float) -> Cycle | None:
        self._track_turn(state, t_s, value)
        travel = state.peak - state.low
        if t_s - state.start_s > self._counting.max_s:
            restart(state, value)
            return None
        if not self._returned(state, t_s, travel) and not self._turned_early(state, value, travel):
            return None
        cycle = self._cycle(state, state.back_s, travel)
        back = state.back
        state.leg = (state.leg + 1) % len(self._legs)
        restart(state, back * self._legs[state.leg] * self._legs[state.leg - 1])
        if state.leg != 0 or not self._credible(cycle):
            return None
        return cycle

    def accept(self, state: CounterState, cycle: Cycle) -> None:
        """Take a counted cycle into the person's own range."""
        state.own = [*state.own, cycle.travel][-_OWN:]
        state.best = max(state.best, cycle.travel)

    def _track_turn(self, state: CounterState, t_s: float, value: float) -> None:
        near = _NEAR * (state.peak - state.low)
        if value > state.peak:
            state.peak, state.peak_s = value, t_s
            state.back, state.settled, state.back_s = value, value, t_s
            state.home_s = math.nan
        if state.reach < state.peak - near:
            state.reach, state.reach_s = value, t_s
        if value >= state.peak - near:
            state.leave_s = t_s
        if value < state.back:
            sinking = value < state.settled - _SETTLED * (state.peak - state.low)
            state.settled = value if sinking else state.settled
            state.back_s = t_s if sinking else state.back_s
            state.back = value

    def _returned(self, state: CounterState, t_s: float, travel: float) -> bool:
        """Most of the way back and come to rest there: the count comes with the end, not before it, and not long
        after."""
        back = state.peak - state.back
        if back < self._counting.return_share * travel:
            return back >= _RESTART_SHARE * travel and t_s - state.back_s >= _STAYED_S
        if back >= (1 - _NEAR) * travel and math.isnan(state.home_s):
            state.home_s = t_s
        return t_s - state.back_s >= _AT_REST_S or t_s - state.home_s >= _AT_MOST_S

    def _turned_early(self, state: CounterState, value: float, travel: float) -> bool:
        """The person went most of the way back and then set out again."""
        went_back = state.peak - state.back >= _RESTART_SHARE * travel
        return went_back and value - state.back >= 0.5 * (state.peak - state.back)

    def _cycle(self, state: CounterState, end_s: float, travel: float) -> Cycle:
        return Cycle(
            state.start_s, state.peak_s, end_s, state.leave_s, state.reach_s, state.peak, travel
        )

    def _credible(self, cycle: Cycle) -> bool:
        return self._counting.min_s <= cycle.end_s - cycle.start_s <= self._counting.max_s


def _went_back(state: CounterState, value: float, need: float) -> bool:
    """Whether the person, before a repetition was made of it, went half of the way back, and by more than a tremor."""
    back = state.crest - value
    return back >= _NEAR * need and back >= (state.crest - state.base) / 2


def restart(state: CounterState, low: float) -> None:
    """Wait in the start position, at this level, for the next excursion."""
    state.mode, state.low, state.start_s = "rest", low, math.nan
    state.peak, state.back = -math.inf, math.inf


def tempo_of(cycle: Cycle) -> Tempo:
    """Seconds of a cycle: towards the turn, at the turn, and back."""
    return Tempo(
        out=round(max(0.0, cycle.reach_peak_s - cycle.start_s), 2),
        hold=round(max(0.0, cycle.leave_peak_s - cycle.reach_peak_s), 2),
        back=round(max(0.0, cycle.end_s - cycle.leave_peak_s), 2),
    )
