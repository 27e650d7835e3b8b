"""Any movement, by name `any`: repetitions are counted (`periodicity`), but there is no form to judge.

For files only: what is repeated shows when it has been repeated. Everything else (who is seen, from where, the joint
angles) is a session's like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from coach.events import Event, Rep, Step
from coach.exercise import Camera, Exercise, Method, View, Words
from coach.frame import PoseFrame
from coach.lift import JOINTS
from coach.recognising.periodicity import repetitions
from coach.reps import Cycle, tempo_of
from coach.session import ExerciseSession
from coach.sets import add_rep

_LIFTED: Final[dict[View, Method]] = {"side": "lift", "oblique": "lift", "front": "lift"}

ANY: Final = Exercise(
    schema_version=1,
    id="any",
    kind="cycle",
    tier="C",
    regions=(),
    position="standing",
    sides="both",
    words=Words(
        name="Any movement",
        short="Whatever is repeated is counted; form is not judged.",
        steps=("Repeat a movement, with the camera standing still.",),
    ),
    camera=Camera(views=("side", "oblique", "front"), see=("shoulder", "hip")),
    methods=dict.fromkeys(JOINTS, _LIFTED),
)
"""What the session measures meanwhile: the four joint angles that can be had from every side, in space."""


class FreeSession(ExerciseSession):
    """A session of whatever is repeated in these frames, which it must then be given one by one."""

    def __init__(self, frames: Sequence[PoseFrame]) -> None:
        super().__init__(ANY, start="file")
        cycles = repetitions(frames)
        self._due = [_rep(index, cycle) for index, cycle in enumerate(cycles, 1)]

    @property
    def due(self) -> int:
        """Repetitions still to come."""
        return len(self._due)

    def step(self, frame: PoseFrame) -> Step:
        """Take one frame in which a person was found."""
        return self._counted(super().step(frame), frame.t_s)

    def miss(self, t_s: float, reason: str | None = None) -> Step:
        """Take a decoded frame with nobody in it."""
        return self._counted(super().miss(t_s, reason), t_s)

    def finish(self, t_s: float) -> Step:
        """The recording ends."""
        return self._counted(super().finish(t_s), float("inf"))

    def _counted(self, step: Step, t_s: float) -> Step:
        """The step with the repetitions that have ended by now."""
        log: list[Event] = []
        while self._due and self._due[0].end_s <= t_s:
            add_rep(self._state, self._due.pop(0), step.t_s, log)
        return msgspec.structs.replace(step, counts=self.counts, events=(*step.events, *log))


def _rep(index: int, cycle: Cycle) -> Rep:
    """A repetition as it stands in every result. Nothing was wrong with it, for nothing is known of it."""
    return Rep(
        index=index,
        side="both",
        set_index=1,
        start_s=round(cycle.start_s, 3),
        peak_s=round(cycle.peak_s, 3),
        end_s=round(cycle.end_s, 3),
        verdict="correct",
        rom_deg={},
        faults=(),
        score=1.0,
        tempo_s=tempo_of(cycle),
    )
