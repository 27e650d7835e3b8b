"""One-Euro filter with true time steps, for counting. Reported degrees are never smoothed.

Casiez, Roussel, Vogel: 1 euro filter, CHI 2012. At rest it is a slow low-pass (no jitter round a threshold), in
motion a fast one (no lag). The cut-offs are in hertz and the steps in seconds, so 10 and 60 frames a second behave
alike.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec

MIN_CUTOFF_HZ: Final = 2.0
BETA: Final = 1.5
SPEED_CUTOFF_HZ: Final = 1.5


class FilterState(msgspec.Struct):
    """Plain state of one filtered value; `t_s` is None before the first.

    `speed` steers the filter: it runs ahead of the true one, and the more so the more frames a second. `pace` is the
    true one, in values a second, a tenth of a second late.
    """

    t_s: float | None = None
    value: float = 0.0
    speed: float = 0.0
    pace: float = 0.0


def _share(cutoff_hz: float, dt_s: float) -> float:
    """Weight of a new sample in an exponential filter of this cut-off after this step."""
    return 1.0 / (1.0 + 1.0 / (2.0 * math.pi * cutoff_hz * dt_s))


def smooth(state: FilterState, t_s: float, value: float) -> float:
    """The filtered value at `t_s` (seconds, later than the last). A step of no time changes nothing."""
    if state.t_s is None:
        state.t_s, state.value, state.speed, state.pace = t_s, value, 0.0, 0.0
        return value
    dt_s = t_s - state.t_s
    if dt_s <= 0.0:
        return state.value
    speed = (value - state.value) / dt_s
    state.speed += _share(SPEED_CUTOFF_HZ, dt_s) * (speed - state.speed)
    step = _share(MIN_CUTOFF_HZ + BETA * abs(state.speed), dt_s) * (value - state.value)
    state.value += step
    state.pace += _share(SPEED_CUTOFF_HZ, dt_s) * (step / dt_s - state.pace)
    state.t_s = t_s
    return state.value


def reset(state: FilterState) -> None:
    """Forget everything, after a gap too long to bridge."""
    state.t_s, state.value, state.speed, state.pace = None, 0.0, 0.0, 0.0
