"""One exercise as a guess: what its definition counts in a stream, and how well the body fits it while it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec

from coach.channel import ChannelState
from coach.either_end import channel_of
from coach.events import Rep, Side
from coach.exercise import Exercise, Gate, Prescription
from coach.gates import all_hold
from coach.goals import Goals
from coach.measures import Reading, Sight
from coach.reps import Cycle

_REST_WIDTH: Final = 0.4
_TURN_WIDTH: Final = 0.6
"""How far from an exercise's own rest (0) and full (1) people start and turn: one standard deviation. A patient who
reaches half of a movement still does it; one who starts from half of it hardly does."""

_SURE: Final = 0.5


class Match(NamedTuple):
    """One repetition: when (s), and 0..1 how well its range fitted the definition."""

    start_s: float
    end_s: float
    fit: float


class _Terms(NamedTuple):
    """One moment: the signal's terms, each on its own scale (0 rest, 1 full), with weights; and what the gates read
    that allow a change."""

    progress: tuple[float, ...]
    weights: tuple[float, ...]
    gated: tuple[Reading, ...]


class _Side:
    """One channel of a guess, with what its terms read at rest and at the turn."""

    def __init__(self, exercise: Exercise, goals: Goals, side: Side) -> None:
        bare = msgspec.structs.replace(exercise, checks=(), methods={}, targets={}, limits={})
        self.side: Side = side
        self._exercise = exercise
        self._channel = channel_of(bare, goals, side)
        self.state: ChannelState = self._channel.fresh()
        self._relative = tuple(gate for gate in exercise.gates if gate.relative)
        self._rest = self._turn = _Terms((), (), ())

    def step(self, sight: Sight, t_s: float) -> Match | None:
        """Take one frame; a Match when it ended a repetition of this exercise."""
        for found in self._channel.step(self.state, sight, t_s):
            if isinstance(found, Cycle):
                return self._match(found)
        counter = self.state.counter
        if counter.base_s == t_s and counter.leg == 0:
            self._rest = self._terms(sight)
        elif counter.peak_s == t_s:
            self._turn = self._terms(sight)
        return None

    def finish(self) -> Match | None:
        """The repetition that the end of the recording cut off shortly before its end, if any."""
        cycle = self._channel.finish(self.state)
        return None if cycle is None else self._match(cycle)

    def _match(self, cycle: Cycle) -> Match | None:
        if not isinstance(self._channel.grade(self.state, cycle, 1, 1), Rep):
            return None
        if not self._rest.progress or not self._turn.progress:
            return Match(cycle.start_s, cycle.end_s, 0.0)
        # who begins at the other end rests where the definition turns
        rest, turn = (self._turn, self._rest) if self.state.turned else (self._rest, self._turn)
        fit = _ranged(rest, turn) * _calm(self._relative, self._rest, self._turn)
        return Match(cycle.start_s, cycle.end_s, fit)

    def _terms(self, sight: Sight) -> _Terms:
        pairs = [(term, sight.read(term, self.side)) for term in self._exercise.signal]
        return _Terms(
            tuple((read.value - term.rest) / (term.full - term.rest) for term, read in pairs),
            tuple(term.weight * read.weight for term, read in pairs),
            tuple(sight.read(gate, self.side) for gate in self._relative),
        )


class Candidate:
    """One definition, watching. `matches` are its repetitions."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        goals = Goals(exercise, Prescription())
        sides = goals.channels if exercise.kind == "cycle" else ()
        self._sides = [_Side(exercise, goals, side) for side in sides]
        self.matches: list[Match] = []

    def step(self, sight: Sight, t_s: float) -> tuple[float, ...]:
        """Take one frame; its progress for each side, or for a hold whether the body is in position (0, 1)."""
        if self.exercise.kind == "hold":
            return (float(all_hold(self.exercise.gates, sight, "both")),)
        self._take(side.step(sight, t_s) for side in self._sides)
        return tuple(side.state.moved for side in self._sides)

    def finish(self) -> None:
        """The recording ends."""
        self._take(side.finish() for side in self._sides)

    def _take(self, found: Iterable[Match | None]) -> None:
        self.matches.extend(match for match in found if match is not None)

    @property
    def length_s(self) -> float:
        """Seconds that all its repetitions took."""
        return sum(match.end_s - match.start_s for match in self.matches)

    def forget(self, before_s: float) -> None:
        """Drop repetitions that ended before this time."""
        self.matches = [match for match in self.matches if match.end_s >= before_s]


def _ranged(rest: _Terms, turn: _Terms) -> float:
    """0..1 how well the terms went from their rest to their full. Terms that were not seen say nothing.

    With a wide shoulder: who goes twice as far as the definition's full does it still.
    """
    fits, total = 0.0, 0.0
    for low, high, *weights in zip(
        rest.progress, turn.progress, rest.weights, turn.weights, strict=True
    ):
        # a cycle that swings to both sides turns at -1 as well
        away = (low / _REST_WIDTH) ** 2 + ((abs(high) - 1.0) / _TURN_WIDTH) ** 2
        fits += min(weights) / (1.0 + 0.5 * away)
        total += min(weights)
    return fits / total if total > 0.0 else 0.0


def _calm(gates: tuple[Gate, ...], rest: _Terms, turn: _Terms) -> float:
    """0.5..1 how far what should stay did stay: less the more of their allowance the relative gates use up.

    Somebody who squats and lifts the arms meanwhile keeps an arm raise's gates, but only just.
    """
    used = [0.0]
    for gate, before, after in zip(gates, rest.gated, turn.gated, strict=True):
        change = after.value - before.value
        bound = gate.max if change > 0.0 else gate.min
        if bound and min(before.weight, after.weight) >= _SURE:
            used.append(min(1.0, change / bound))
    return 1.0 - 0.5 * max(used) ** 2


def possible(exercise: Exercise, sights: Iterable[Sight]) -> bool:
    """The cheap filter: whether the gates that must always hold did so in some of these moments."""
    gates = tuple(gate for gate in exercise.gates if gate.when == "always" and not gate.relative)
    held = [all_hold(gates, sight, "both") for sight in sights]
    return sum(held) >= 0.1 * len(held)
