"""One stream through one session, keeping what the public result needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from coach.commands.request import Request, nobody
from coach.events import Event, Step
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.io.recording import Recording
from coach.io.replay import Control, in_order, judge, session_for
from coach.quality import TILTED_DEG, is_steep
from coach.session import ExerciseSession
from coach.stream import Gap
from coach.summary import Extent, Result, result


class Judge:
    """Give it every decoded frame in order, then ask for the `result`."""

    def __init__(self, exercise: Exercise, session: ExerciseSession | None = None) -> None:
        self.exercise = exercise
        self._session = session or ExerciseSession(exercise, start="file")
        self._events: list[Event] = []
        self._frames = 0
        self._empty = 0
        self._first_s: float | None = None
        self._last_s = 0.0

    def take(self, frame: PoseFrame | Gap) -> Step:
        """What the session makes of one frame."""
        self._frames += 1
        self._last_s = max(self._last_s, frame.t_s)  # a clock may have been set back
        self._first_s = frame.t_s if self._first_s is None else self._first_s
        if isinstance(frame, Gap):
            self._empty += 1
            return self._keep(self._session.miss(frame.t_s))
        return self._keep(self._session.step(frame))

    def control(self, t_s: float, what: Control) -> Step:
        """A pause, resume or finish of a live session."""
        self._last_s = t_s
        return self._keep(judge(self._session, t_s, what))

    def result(self, source: str, notes: Iterable[str] = ()) -> Result:
        """Close the session. Raises MediaError when nobody was ever seen in `source`."""
        self._keep(self._session.finish(self._last_s))
        if self._empty == self._frames:
            raise nobody(source)
        return result(
            self.exercise.id,
            self._events,
            Extent(self._frames, self._empty, self._duration_s(), self._session.view),
            self._session.ranges,
            [*notes, *self._camera_notes()],
        )

    def _keep(self, step: Step) -> Step:
        self._events.extend(step.events)
        return step

    def _duration_s(self) -> float:
        """From the first frame's start to the last one's end: the last is shown as long as the mean one."""
        span_s = self._last_s - (self._first_s or 0.0)
        return span_s * self._frames / max(1, self._frames - 1)

    def _camera_notes(self) -> tuple[str, ...]:
        """What is wrong with where the camera stood."""
        wrong = {
            "view_not_supported": self._session.view not in self.exercise.camera.views,
            "camera_tilted": abs(self._session.roll_deg) > TILTED_DEG,
            "camera_steep": is_steep(self._session.pitch),
        }
        return tuple(note for note, holds in wrong.items() if holds)


def judge_stream(stream: Sequence[PoseFrame | Gap], path: Path, request: Request) -> Result:
    """Judge a whole stream from its first frame on.

    Raises MediaError when nobody is in it, UnknownExerciseError when nothing is recognised.
    """
    chosen = request.choose(stream, str(path))
    session = chosen.session or ExerciseSession(chosen.exercise, request.wish)
    judging = Judge(session.exercise, session)
    for frame in stream:
        judging.take(frame)
    return judging.result(str(path), chosen.notes)


def replay_recording(recording: Recording, path: Path, request: Request) -> Result:
    """Judge a whole recording as it was judged when it was made.

    Raises MediaError when nobody is in it, UnknownExerciseError when nothing is recognised.
    """
    chosen = request.choose([] if request.exercise else list(recording.frames()), str(path))
    session = chosen.session or session_for(recording, chosen.exercise, request.wish)
    judging = Judge(session.exercise, session)
    for t_s, what in in_order(recording):
        if isinstance(what, str):
            judging.control(t_s, what)
        else:
            judging.take(what)
    return judging.result(str(path), chosen.notes)
