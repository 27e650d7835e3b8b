"""Finding repetitions without a definition: whatever moves most is counted, and the majority is right.

Each measure is turned into a progress signal of its own and counted by the engine's counter. Those that follow the
movement agree on a count; those that do not (a limb that is hidden, a step aside) are outvoted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from coach.authoring.watching import CREDIBLE_DEG, Floats, Series, Watched
from coach.errors import MovementError
from coach.exercise import Counting, Sides
from coach.landmarks import SIDES
from coach.measures import Channel, is_sided
from coach.reps import Counter, CounterState, Cycle
from coach.smoothing import FilterState, smooth

_LEAST_TRAVEL: Final = 0.25
"""Units: what moves by less than 15 degrees or 9 cm is sway."""

_OF_THE_MOST: Final = 0.35
"""What moves by less than this share of the most is carried along."""

_ONE_SIDE: Final = 0.4
"""A side that moves by less than this share of the other stays where it is."""

_SEEN: Final = 0.5
_ENDS_S: Final = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Follower:
    """A measure that follows the movement: its series and cycles per channel, `rest` and `full`, and its vote."""

    series: tuple[Series, ...]
    cycles: tuple[tuple[Cycle, ...], ...]
    rest: float
    full: float
    vote: float

    @property
    def count(self) -> int:
        """Repetitions of all channels."""
        return sum(map(len, self.cycles))

    def progress(self) -> Floats:
        """Progress of all channels, one after the other."""
        value = np.concatenate([series.value for series in self.series])
        progress: Floats = (value - self.rest) / (self.full - self.rest)
        return progress


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a recording shows: who moves, how often, and the measures that say so, the strongest first."""

    sides: Sides
    count: int
    followers: tuple[Follower, ...]


def find(watched: Watched) -> Found:
    """The repetitions of a recording. Raises MovementError when there are not two that measures agree on."""
    sides = who_moves(watched)
    channels: tuple[Channel, ...] = SIDES if sides == "alternating" else (sides,)
    followers = [_follower(watched, channels, i) for i in range(len(watched.measures))]
    moving = [one for one in followers if one is not None]
    most = max((one.vote for one in moving), default=0.0)
    votes: defaultdict[int, float] = defaultdict(float)
    for one in moving:
        if one.vote >= _OF_THE_MOST * most and one.count >= 2:
            votes[one.count] += one.vote
    if not votes:
        raise MovementError(
            "No movement is repeated in it at least twice; film 2 to 5 whole repetitions with the whole body in view, "
            "and a moment of stillness before and after."
        )
    count = max(votes, key=lambda number: votes[number])
    agree = [one for one in moving if one.count == count and one.vote >= _OF_THE_MOST * most]
    return Found(sides, count, tuple(sorted(agree, key=lambda one: -_weight(one, agree))))


def _weight(follower: Follower, others: list[Follower]) -> float:
    """A measure's own vote times those of all that go with it: the leader is in the middle of the crowd."""
    own = follower.progress()
    together = [(float(np.corrcoef(own, one.progress())[0, 1]), one.vote) for one in others]
    return follower.vote * sum(max(0.0, alike) * vote for alike, vote in together)


def who_moves(watched: Watched) -> Sides:
    """Both sides together, one alone, or the two in turn: by the limbs' measures that move most."""
    pairs = [
        tuple(watched.series(measure, side) for side in SIDES)
        for measure in watched.measures
        if is_sided(measure)
    ]
    left, right = max(pairs, key=lambda pair: max(_vote(series) for series in pair))
    if min(left.seen, right.seen) < _SEEN:
        return "both"  # whether the hidden side moves cannot be told, and need not be
    if min(left.travel, right.travel) < _ONE_SIDE * max(left.travel, right.travel):
        return "left" if left.travel > right.travel else "right"
    return "alternating" if float(np.corrcoef(left.value, right.value)[0, 1]) < 0.0 else "both"


def _follower(watched: Watched, channels: tuple[Channel, ...], index: int) -> Follower | None:
    measure = watched.measures[index]
    if "both" not in channels and not is_sided(measure):
        return None
    series = tuple(watched.series(measure, channel) for channel in channels)
    if min(one.seen for one in series) < _SEEN or min(one.travel for one in series) < _LEAST_TRAVEL:
        return None
    value = np.concatenate([one.value for one in series])
    low, high = np.percentile(value, [5.0, 95.0])
    if high > CREDIBLE_DEG.get(measure.measure, np.inf):
        return None
    rest, full = (low, high) if _starts_low(watched.t_s, series, low, high) else (high, low)
    cycles = tuple(_cycles(watched.t_s, (one.value - rest) / (full - rest)) for one in series)
    vote = sum(_vote(one) for one in series) / len(series) * _regularity(cycles)
    return Follower(series, cycles, float(rest), float(full), vote)


def _regularity(cycles: tuple[tuple[Cycle, ...], ...]) -> float:
    """0..1: repetitions are alike in length and travel, fidgeting is not."""
    found = [cycle for channel in cycles for cycle in channel]
    if not found:
        return 0.0
    lengths = np.array([(cycle.end_s - cycle.start_s, cycle.travel) for cycle in found])
    spread = lengths.std(0) / lengths.mean(0)
    return float(1.0 / (1.0 + spread.sum()))


def _vote(series: Series) -> float:
    return min(series.travel, 2.0) * series.seen**2


def _starts_low(t_s: Floats, series: tuple[Series, ...], low: float, high: float) -> bool:
    """Whether the person starts and ends at the low value; where that is not clear, where they stay longer."""
    ends = (t_s <= t_s[0] + _ENDS_S) | (t_s >= t_s[-1] - _ENDS_S)
    share = float(np.mean([(one.value[ends].mean() - low) / (high - low) for one in series]))
    if abs(share - 0.5) > 0.15:
        return share < 0.5
    value = np.concatenate([one.value for one in series])
    return float(np.median(value) - low) < 0.5 * (high - low)


def _cycles(t_s: Floats, progress: Floats) -> tuple[Cycle, ...]:
    """The engine's own counter on one signal."""
    counter, state, filtered, found = Counter(Counting()), CounterState(), FilterState(), []
    for at_s, value in zip(t_s.tolist(), progress.tolist(), strict=True):
        cycle = counter.step(state, at_s, smooth(filtered, at_s, value))
        if cycle is not None:
            counter.accept(state, cycle)
            found.append(cycle)
    last = counter.finish(state)
    return (*found, last) if last is not None else tuple(found)
