"""From the engine's answer to what is drawn over the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coach.commands import words
from coach.commands.catalogue import CueWords
from coach.events import CueGiven, RepCompleted, Step
from coach.exercise import Exercise
from coach.io.overlay import Hud, Tone

_CUE_S: Final = 2.5
"""How long a cue stays to be read."""


class Screen:
    """Remembers the last cue until it has been read."""

    def __init__(self, exercise: Exercise, cues: Mapping[str, CueWords]) -> None:
        self._hold = exercise.kind != "cycle"
        self._cues = cues
        self._cue, self._until_s = "", 0.0
        self._tone: Tone = "calm"

    def hud(self, step: Step) -> Hud:
        """What to show after this step."""
        self._listen(step)
        hint = words.guide(step.guide[0]) if step.guide else ""
        cue = hint or (self._cue if step.t_s < self._until_s else "")
        return Hud(
            count=_clock(step.hold_s) if self._hold else str(step.counts.reps),
            progress=step.progress,
            status=words.STATES.get(step.state, step.state),
            cue=cue,
            tone="short" if cue else self._tone,
        )

    def _listen(self, step: Step) -> None:
        for event in step.events:
            if isinstance(event, CueGiven):
                known = self._cues.get(event.cue)
                self._cue = known.show if known else event.cue.replace("_", " ")
                self._until_s = step.t_s + _CUE_S
            elif isinstance(event, RepCompleted):
                self._tone = "good" if event.rep.verdict == "correct" else "short"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
