"""Judge a recording again, exactly as it was judged when it was made.

A recording of a live session says in its `meta` how it was judged: `start` (`live` or `file`), and as JSON text the
`prescription` and the `controls` (`[[row, t_s, "pause" | "resume" | "finish"], ...]`, each before that row). One of a
video has none of these: it is judged from its first frame on, by the exercise's own targets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal, TypeVar

import msgspec
from msgspec.structs import replace

from coach.errors import MediaError
from coach.events import Step
from coach.exercise import AS_IT_STANDS, Exercise, Prescription
from coach.frame import PoseFrame
from coach.io.recording import Meta, Recording
from coach.session import ExerciseSession
from coach.stream import Gap

T = TypeVar("T")
Control = Literal["pause", "resume", "finish"]
Controls = list[tuple[int, float, Control]]


def live_meta(exercise_id: str, prescription: Prescription, controls: Controls) -> Meta:
    """What a recording of a live session must say so that it can be judged again."""
    return {
        "start": "live",
        "exercise": exercise_id,
        "prescription": msgspec.json.encode(prescription).decode(),
        "controls": json.dumps(controls),
    }


def file_meta(exercise_id: str, prescription: Prescription) -> Meta:
    """What a recording of a video must say so that it can be judged again by what was prescribed."""
    return {
        "start": "file",
        "exercise": exercise_id,
        "prescription": msgspec.json.encode(prescription).decode(),
    }


def session_for(
    recording: Recording, exercise: Exercise, wish: Prescription = AS_IT_STANDS
) -> ExerciseSession:
    """A new session that judges as the recording was judged; of another exercise, by that one's own targets.

    What `wish` says of variant and absent parts of the body comes before what the recording says.

    Raises MediaError when the recording's `meta` is malformed, DoseError when its prescription leaves the ranges.
    """
    meta = recording.meta
    start: Literal["live", "file"] = "live" if meta.get("start") == "live" else "file"
    same = meta.get("exercise", exercise.id) == exercise.id
    kept = (_read(meta, "prescription", Prescription) if same else None) or AS_IT_STANDS
    prescription = replace(
        kept, variant=wish.variant or kept.variant, absent=wish.absent or kept.absent
    )
    return ExerciseSession(exercise, prescription, start=start)


def in_order(recording: Recording) -> Iterator[tuple[float, PoseFrame | Gap | Control]]:
    """Rows and controls as they came, each with its time. Raises MediaError when the controls are malformed."""
    waiting = list(reversed(_read(recording.meta, "controls", Controls) or []))
    for row, frame in enumerate(recording.frames()):
        while waiting and waiting[-1][0] <= row:
            _, t_s, what = waiting.pop()
            yield t_s, what
        yield frame.t_s, frame
    for _, t_s, what in reversed(waiting):
        yield t_s, what


def judge(session: ExerciseSession, t_s: float, what: PoseFrame | Gap | Control) -> Step:
    """The session's answer to one row or control."""
    if isinstance(what, PoseFrame):
        return session.step(what)
    if isinstance(what, Gap):
        return session.miss(t_s)
    return {"pause": session.pause, "resume": session.resume, "finish": session.finish}[what](t_s)


def replay(recording: Recording, exercise: Exercise) -> Iterator[Step]:
    """The answer to each row and control, then to the end of the recording. Raises MediaError, DoseError."""
    session = session_for(recording, exercise)
    t_s = 0.0
    for t_s, what in in_order(recording):
        yield judge(session, t_s, what)
    yield session.finish(t_s)


def _read(meta: Meta, name: str, kind: type[T]) -> T | None:
    text = meta.get(name)
    if text is None:
        return None
    try:
        return msgspec.json.decode(str(text), type=kind)
    except msgspec.DecodeError as error:
        raise MediaError(f"The recording's meta {name} is malformed: {error}.") from None
