"""Form checks: a measure outside its bounds for long enough, in the phases and views where it means something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from coach.events import FaultSeen, Side
from coach.exercise import Check
from coach.measures import Sight

SPEED: Final = "speed"
"""What a check measures beside angles and distances: full movements a second, unsigned."""

_SURE: Final = 0.6
"""Weight below which a check keeps silent: no check speaks about what the camera cannot see."""


class CheckState(msgspec.Struct):
    """Plain state of one check on one channel. `since_s`: outside since; `base`: value in the start position."""

    since_s: float | None = None
    failing: bool = False
    base: float | None = None


class Checks:
    """Evaluates the checks of one exercise, one channel at a time."""

    def __init__(self, checks: tuple[Check, ...]) -> None:
        self._checks = checks
        self.cues = {check.id: check.cue for check in checks}

    def fresh(self) -> list[CheckState]:
        """One state per check."""
        return [CheckState() for _ in self._checks]

    def rest(self, states: list[CheckState], sight: Sight, channel: Side) -> None:
        """In the start position: what failed before is over, and relative checks count from the values there."""
        for check, state in zip(self._checks, states, strict=True):
            state.since_s, state.failing = None, False
            if check.relative:
                reading = sight.read(check, channel)
                state.base = reading.value if reading.weight >= _SURE else None

    def step(
        self,
        states: list[CheckState],
        sight: Sight,
        channel: Side,
        phase: str,
        t_s: float,
        speed: float = 0.0,
    ) -> Iterator[FaultSeen]:
        """The checks that fail as of this frame (each once, until it has recovered).

        `phase` is empty in a hold; `speed` is that of the movement, full movements a second.
        """
        for check, state in zip(self._checks, states, strict=True):
            if sight.view not in check.views or (check.phases and phase not in check.phases):
                value = None
            elif check.measure == SPEED:
                value = abs(speed)
            else:
                value = _value(check, state, sight, channel)
            if value is None:
                state.since_s, state.failing = None, False
                continue
            bound = _broken(check, value, check.slack if state.failing else 0.0)
            if bound is None:
                state.since_s, state.failing = None, False
                continue
            state.since_s = t_s if state.since_s is None else state.since_s
            if not state.failing and t_s - state.since_s >= check.for_s:
                state.failing = True
                yield FaultSeen(t_s, check.id, channel, phase, round(value, 2), bound)


def _value(check: Check, state: CheckState, sight: Sight, channel: Side) -> float | None:
    """The measure, or its change since the start position; None when it cannot be seen well enough."""
    reading = sight.read(check, channel)
    if reading.weight < _SURE or (check.relative and state.base is None):
        return None
    return reading.value - (state.base or 0.0) if check.relative else reading.value


def _broken(check: Check, value: float, slack: float) -> float | None:
    """The bound that the value is outside of, if any; while failing it must come `slack` inside to recover."""
    if check.max is not None and value > check.max - slack:
        return check.max
    if check.min is not None and value < check.min + slack:
        return check.min
    return None
