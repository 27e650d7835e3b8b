"""A video file through landmarker and session, with the files written on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from coach.commands.catalogue import CueWords
from coach.commands.exerciser import seen_exerciser
from coach.commands.judge import Judge
from coach.commands.outputs import Sink, angle_csv, annotated_video, landmark_recording
from coach.commands.progress import watched
from coach.errors import MediaError
from coach.exercise import Exercise
from coach.io.landmarker import Landmarker
from coach.io.video import Video, open_video
from coach.summary import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Files to write beside the result: angles (CSV), annotated video, landmark recording."""

    angles: Path | None = None
    annotate: Path | None = None
    record: Path | None = None

    def check(self, source: Path) -> None:
        """Say before the long work what could not be written after it. Raises MediaError."""
        for path in filter(None, (self.angles, self.annotate, self.record)):
            if not path.parent.is_dir():
                raise MediaError(f"{path} cannot be written: there is no folder {path.parent}.")
            if path.is_dir():
                raise MediaError(f"{path} is a folder; name a file in it.")
            if path.exists() and source.exists() and path.samefile(source):
                raise MediaError(f"{path} is the video itself; write to another file.")


def analyze_file(
    path: Path,
    exercise: Exercise,
    landmarker: Landmarker,
    wanted: Wanted,
    cues: Mapping[str, CueWords],
) -> Result:
    """Judge a video file and write what is wanted. Raises MediaError and ModelError."""
    wanted.check(path)
    with open_video(path) as video, ExitStack() as files:
        sinks: list[Sink] = []
        if wanted.angles:
            sinks.append(files.enter_context(angle_csv(wanted.angles, exercise)))
        if wanted.annotate:
            sinks.append(
                files.enter_context(annotated_video(wanted.annotate, video, exercise, cues))
            )
        if wanted.record:
            keep = landmark_recording(wanted.record, video, landmarker.variant)
            sinks.append(files.enter_context(keep))
        return analyze_video(video, exercise, landmarker, sinks, progress=True)


def analyze_video(
    video: Video,
    exercise: Exercise,
    landmarker: Landmarker,
    sinks: Iterable[Sink] = (),
    *,
    progress: bool = False,
) -> Result:
    """Judge a whole video. Raises MediaError (nobody in it) and ModelError."""
    judge = Judge(exercise)
    pictures = watched(video, video.frame_count, video.path.name) if progress else video
    for picture, frame in seen_exerciser(video, pictures, landmarker, exercise):
        step = judge.take(frame)
        for sink in sinks:
            sink(picture, frame, step)
    return judge.result(str(video.path), (*video.notes, *landmarker.notes))
