"""Timed holds: the seconds in position, with a grace for a wobble. Time out of position is never counted."""

from __future__ import annotations

from typing import Final

import msgspec

LEAST_S: Final = 1.0
"""Who passes through a position in less is not holding it."""


class HoldState(msgspec.Struct):
    """Plain state of one hold. `out_since_s`: out of position since, within the grace."""

    start_s: float | None = None
    held_s: float = 0.0
    out_since_s: float | None = None
    t_s: float | None = None


class Held(msgspec.Struct, frozen=True):
    """A hold that ended: when it began, and for how long the position was kept (s)."""

    start_s: float
    held_s: float


def step(state: HoldState, t_s: float, grace_s: float, *, in_position: bool) -> Held | None:
    """Take one frame; the hold when it has just ended because the position was lost for longer than the grace."""
    step_s = 0.0 if state.t_s is None else t_s - state.t_s
    state.t_s = t_s
    if in_position:
        if state.start_s is None:
            state.start_s = t_s
        elif state.out_since_s is None:
            state.held_s += step_s
        state.out_since_s = None
        return None
    if state.start_s is None:
        return None
    if state.out_since_s is None:
        state.out_since_s = t_s
    return end(state) if t_s - state.out_since_s > grace_s else None


def end(state: HoldState) -> Held | None:
    """Close the hold that is open; the hold, if it was one."""
    if state.start_s is None:
        return None
    held = Held(state.start_s, round(state.held_s, 2))
    state.start_s, state.held_s, state.out_since_s = None, 0.0, None
    return held if held.held_s >= LEAST_S else None
