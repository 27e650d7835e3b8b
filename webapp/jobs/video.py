"""A recorded video, judged as `coach analyze` judges it. Runs in the child process of a job, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from coach.commands.exerciser import seen_exerciser
from coach.errors import CoachError, MediaError, ModelError
from coach.events import Event
from coach.exercise import Exercise, Prescription
from coach.frame import PoseFrame
from coach.io import recording
from coach.io.landmarker import Landmarker
from coach.io.picture import Picture
from coach.io.replay import file_meta
from coach.io.video import Video, open_video
from coach.session import ENGINE_VERSION, ExerciseSession
from coach.stream import Gap
from poses import catalogue
from webapp.jobs.child import Report
from webapp.jobs.refusal import RefusedError

_MODEL: Final = "full"


class VideoTask(msgspec.Struct, frozen=True):
    """Which file, judged by what; `series`: where to write the landmarks, if they are to be kept."""

    file: str
    exercise: str
    prescription: Prescription
    most_minutes: float
    series: str | None = None
    own: Exercise | None = None


class Judged(msgspec.Struct, frozen=True):
    """What came of it: the events with the number of their frame, and how long and how large the video is."""

    events: list[tuple[int, Event]]
    duration_s: float
    frames: int
    engine: str
    series: bool


def analyse(args: dict[str, Any], report: Report) -> dict[str, Any]:
    """Judge the file. Raises RefusedError with what is wrong with it."""
    task = msgspec.convert(args, VideoTask)
    exercise = task.own or catalogue.load(task.exercise)
    with _opened(task) as video:
        frames = list(_frames(video, exercise, task, report))
        judged = _judge(frames, exercise, task)
        if task.series is not None:
            meta = {"source": "upload", "model": _MODEL, "engine": ENGINE_VERSION}
            kept = meta | file_meta(exercise.id, task.prescription)
            recording.write(Path(task.series), recording.record(frames, video.size_px, kept))
    report(1.0)
    found: dict[str, Any] = msgspec.to_builtins(judged)
    return found


def _opened(task: VideoTask) -> Video:
    try:
        video = open_video(Path(task.file))
    except MediaError:
        raise RefusedError("unreadable") from None
    if video.frame_count / video.fps > 60 * task.most_minutes:
        video.close()
        raise RefusedError("too_long")
    return video


def _frames(
    video: Video, exercise: Exercise, task: VideoTask, report: Report
) -> Iterator[PoseFrame | Gap]:
    """The one who exercises, in every picture."""
    try:
        with Landmarker(_MODEL, group=None) as landmarker:
            pictures = _watched(video, task, report)
            for _, frame in seen_exerciser(video, pictures, landmarker, exercise):
                yield frame
    except ModelError:
        raise RefusedError("no_model", again=True) from None
    except CoachError:
        raise RefusedError("unreadable") from None


def _watched(video: Video, task: VideoTask, report: Report) -> Iterator[Picture]:
    """The pictures, with a word on how far it is; a file may be longer than it says."""
    for number, picture in enumerate(video):
        if picture.t_s > 60 * task.most_minutes:
            raise RefusedError("too_long")
        report(min(0.99, number / max(1, video.frame_count)))
        yield picture


def _judge(frames: list[PoseFrame | Gap], exercise: Exercise, task: VideoTask) -> Judged:
    if not any(isinstance(frame, PoseFrame) for frame in frames):
        raise RefusedError("nobody")
    session = ExerciseSession(exercise, task.prescription, start="file")
    events: list[tuple[int, Event]] = []
    for seq, frame in enumerate(frames, start=1):
        step = session.miss(frame.t_s) if isinstance(frame, Gap) else session.step(frame)
        events += [(seq, event) for event in step.events]
    last_s = frames[-1].t_s
    events += [(len(frames), event) for event in session.finish(last_s).events]
    return Judged(events, last_s, len(frames), ENGINE_VERSION, task.series is not None)
