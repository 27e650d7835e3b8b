"""Sets: what was counted or held adds up to the prescribed dose, with rests in between."""

from __future__ import annotations

from typing import Final

import msgspec

from coach.events import (
    Counts,
    Event,
    HoldEnded,
    Rejection,
    Rep,
    RepCompleted,
    RepRejected,
    SetCompleted,
)
from coach.goals import Goals
from coach.holds import Held
from coach.state import SessionState

_IN_VAIN: Final = 2
"""Movements in a row that count for nothing until the patient is told why: anyone shifts their feet once."""

_WHY: Final[dict[Rejection, str]] = {
    "start": "begin_at_the_start",
    "moved_away": "stay_on_the_spot",
    "posture": "move_as_shown",
}


def add_rep(state: SessionState, rep: Rep, t_s: float, log: list[Event]) -> None:
    """Count a repetition. One done while resting opens the next set: it is never lost."""
    if state.rest_until_s is not None:
        next_set(state, t_s, log)
        rep = msgspec.structs.replace(rep, set_index=state.set_index)
    state.counts = _with(state.counts, rep)
    state.set_reps += 1
    state.in_vain = {}
    log.append(RepCompleted(t_s, rep))


def add_vain(state: SessionState, rejected: RepRejected, log: list[Event]) -> str | None:
    """Log a movement that counts for nothing; the cue to give when it was not the first in a row."""
    log.append(rejected)
    if state.rest_until_s is not None:
        return None
    state.in_vain[rejected.side] = state.in_vain.get(rejected.side, 0) + 1
    if state.in_vain[rejected.side] < _IN_VAIN:
        return None
    state.in_vain = {}
    return _WHY[rejected.reason]


def add_hold(state: SessionState, held: Held, goals: Goals, t_s: float, log: list[Event]) -> None:
    """Log a hold that ended; several together make up a set's time."""
    state.set_hold_s += held.held_s
    target_s = goals.dose.hold_s
    log.append(HoldEnded(t_s, state.active, state.set_index, held.start_s, held.held_s, target_s))


def complete_set(state: SessionState, goals: Goals, t_s: float, log: list[Event]) -> None:
    """Close the set; then rest, or be done after the last."""
    log.append(SetCompleted(t_s, state.set_index, state.set_reps, round(state.set_hold_s, 2)))
    if state.set_index >= goals.dose.sets:
        state.enter("done", t_s, log)
        return
    state.rest_until_s = t_s + goals.dose.rest_s
    state.enter("resting", t_s, log)


def next_set(state: SessionState, t_s: float, log: list[Event]) -> None:
    """The rest is over."""
    state.rest_until_s = None
    state.set_index += 1
    state.set_reps, state.set_hold_s = 0, 0.0
    state.enter("exercising", t_s, log)


def _with(counts: Counts, rep: Rep) -> Counts:
    more = {name: getattr(counts, name) + 1 for name in ("reps", rep.verdict, rep.side)}
    return msgspec.structs.replace(counts, **more)
