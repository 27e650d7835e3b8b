"""Which sentence to say now: one at a time, never hurried, never nagging."""

from __future__ import annotations

import math
from typing import Final

import msgspec

from coach.events import CueGiven

PAUSE_S: Final = 5.0
"""Between any two cues."""

REPEAT_S: Final = 10.0
"""Between two of the same cue, once it has been said three times."""

_OFTEN: Final = 3


class PrompterState(msgspec.Struct):
    """Plain state: when anything was last said, and per cue when and how often."""

    last_s: float = -math.inf
    said_s: dict[str, float] = {}
    times: dict[str, int] = {}


def say(
    state: PrompterState, t_s: float, cue: str, params: dict[str, str | float]
) -> CueGiven | None:
    """The cue as an event, or None when it is not its time. The caller asks in order of importance."""
    pause = REPEAT_S if state.times.get(cue, 0) >= _OFTEN else PAUSE_S
    if t_s - state.last_s < PAUSE_S or t_s - state.said_s.get(cue, -math.inf) < pause:
        return None
    state.last_s = state.said_s[cue] = t_s
    state.times[cue] = state.times.get(cue, 0) + 1
    return CueGiven(t_s, cue, params)
