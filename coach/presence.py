"""Time and place: is this frame newer than the last, is it the patient, is the patient in place?

Each function takes the session's state and the log of this frame's events, and writes both.
"""

from __future__ import annotations

from typing import Final

from coach.body import Body
from coach.events import Event
from coach.exercise import Exercise
from coach.quality import ADVICE, guide
from coach.state import SessionState
from coach.view import ViewState

GAP_S: Final = 1.0
"""A movement that nobody saw for longer than this is not counted."""

_IN_PLACE_S: Final = 1.0
_CUT_OFF_S: Final = 3.0
_REBASE_S: Final = 1.0
_PATIENCE_S: Final = 8.0
"""So long a hint that is only advice holds up the start."""


def tick(state: SessionState, t_s: float, log: list[Event]) -> float | None:
    """The stream's time, growing; None for a frame from the past. A clock that was set back is followed."""
    now_s = t_s + state.offset_s
    if state.t_s is not None and now_s <= state.t_s:
        state.reject(state.t_s, "clock_backwards", log)
        if state.t_s - now_s > _REBASE_S:
            state.offset_s += state.t_s - now_s
        return None
    state.rejecting = False
    state.t_s = now_s
    return now_s


def arrived(state: SessionState, t_s: float, *, newcomer: bool) -> bool:
    """The patient is seen. True when what was under way is lost: after a gap, or as a newcomer is accepted."""
    seen_s, state.seen_s = state.seen_s, t_s
    if newcomer:
        state.view = ViewState()
    return newcomer or (seen_s is not None and t_s - seen_s > GAP_S)


def gone(state: SessionState, t_s: float) -> bool:
    """Whether the patient has been away for long enough to say so."""
    away = state.seen_s is None or t_s - state.seen_s > GAP_S
    return away and state.state not in {"no_person", "done", "resting", "paused"}


def in_place(
    state: SessionState, exercise: Exercise, body: Body, t_s: float, log: list[Event]
) -> bool:
    """Live: ready after a second in place, positioning again after three of being cut off. True as it changes."""
    state.hints = guide(exercise, body, state.view)
    if state.state == "positioning":
        return _settle(state, t_s, log)
    cut_off = any(hint.startswith("show_") for hint in state.hints)
    state.lost_s = (state.lost_s or t_s) if cut_off else None
    lost = state.lost_s is not None and t_s - state.lost_s > _CUT_OFF_S
    if lost and state.state in {"ready", "exercising"}:
        state.in_place_s = state.lost_s = None
        state.enter("positioning", t_s, log)
        return True
    return False


def _settle(state: SessionState, t_s: float, log: list[Event]) -> bool:
    if state.hints and not _only_advised_for_long(state, t_s):
        state.in_place_s = None
    elif state.in_place_s is None:
        state.in_place_s = t_s
    elif t_s - state.in_place_s >= _IN_PLACE_S:
        state.enter("ready", t_s, log)
        return True
    return False


def _only_advised_for_long(state: SessionState, t_s: float) -> bool:
    """Whether nothing but advice is missing, and has been said for long enough in this session."""
    if not ADVICE.issuperset(state.hints):
        return False
    if state.advised_s is None:
        state.advised_s = t_s
    return t_s - state.advised_s >= _PATIENCE_S
