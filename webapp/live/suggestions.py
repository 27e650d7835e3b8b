"""Is the patient doing another exercise of the program than the one this page is about? It is asked, never decided.

Stands beside the engine: what is said here changes no count and no snapshot, and after a restart it simply looks
again. So a replay of the stored series, which knows nothing of the program, differs in these events only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from coach.events import HoldEnded, LooksLike, RepCompleted, Step
from coach.exercise import Exercise
from coach.recognising.recognition import Recogniser
from webapp.live.messages import Item, Moment

QUIET_S: Final = 10.0
"""The chosen exercise has counted nothing for so long."""

REPEAT_S: Final = 30.0
"""The same question is not asked again before."""

_WINDOW_S: Final = 20.0
_LOOK_EVERY_S: Final = 1.0
_WATCHED: Final = frozenset({"positioning", "ready", "exercising"})


class Suggestions:
    """Watches one session. `others`: what else is in the program; with none there is nothing to suggest."""

    def __init__(self, exercise: Exercise, others: Sequence[Exercise]) -> None:
        self._recogniser = (
            Recogniser([exercise, *others], _WINDOW_S, chosen=exercise.id) if others else None
        )
        self._next_s = math.nan

    def look(self, item: Item, step: Step) -> tuple[LooksLike, ...]:
        """Take what came, and what the engine made of it; an event when it is time to ask."""
        if self._recogniser is None or not isinstance(item, Moment) or item.frame is None:
            return ()
        self._recogniser.step(item.frame)
        if _busy(step) or math.isnan(self._next_s):
            # the quiet starts anew; a question asked shortly before still counts (max passes a NaN over)
            self._next_s = max(step.t_s + QUIET_S, self._next_s)
        if step.t_s < self._next_s:
            return ()
        found = self._recogniser.suggestion()
        self._next_s = step.t_s + (REPEAT_S if found else _LOOK_EVERY_S)
        return (LooksLike(step.t_s, found),) if found else ()


def _busy(step: Step) -> bool:
    """Whether the chosen exercise is under way, or nothing is expected now."""
    counted = any(isinstance(event, RepCompleted | HoldEnded) for event in step.events)
    return counted or step.phase == "holding" or step.state not in _WATCHED
