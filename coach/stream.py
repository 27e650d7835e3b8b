"""From a source of frames to a session: the loop that every door shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.events import Step
from coach.frame import PoseFrame
from coach.session import ExerciseSession


@dataclass(frozen=True, slots=True)
class Gap:
    """A decoded frame in which nobody was found, at `t_s` seconds."""

    t_s: float


def run(session: ExerciseSession, frames: Iterable[PoseFrame | Gap]) -> Iterator[Step]:
    """One step a frame, and a last one that closes what is open when the frames end."""
    t_s = 0.0
    for frame in frames:
        t_s = frame.t_s
        yield session.miss(t_s) if isinstance(frame, Gap) else session.step(frame)
    yield session.finish(t_s)
