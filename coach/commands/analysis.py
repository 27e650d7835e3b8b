"""A video file through landmarker and session, with the files written on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from coach.commands.catalogue import CueWords
from coach.commands.exerciser import seen_exerciser, seen_streams
from coach.commands.judge import Judge
from coach.commands.outputs import Sink, angle_csv, annotated_video, landmark_recording
from coach.commands.progress import watched
from coach.commands.request import Chosen, Request
from coach.errors import MediaError
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.io.landmarker import Landmarker
from coach.io.picture import Picture
from coach.io.video import Video, open_video
from coach.session import ExerciseSession
from coach.stream import Gap
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
    request: Request,
    landmarker: Landmarker,
    wanted: Wanted,
    cues: Mapping[str, CueWords],
) -> Result:
    """Judge a video file and write what is wanted. Raises MediaError, ModelError and UnknownExerciseError."""
    wanted.check(path)
    with open_video(path) as video, ExitStack() as files:

        def sinks(exercise: Exercise) -> Iterator[Sink]:
            if wanted.angles:
                yield files.enter_context(angle_csv(wanted.angles, exercise))
            if wanted.annotate:
                drawn = annotated_video(wanted.annotate, video, exercise, cues)
                yield files.enter_context(drawn)
            if wanted.record:
                keep = landmark_recording(wanted.record, video, landmarker.variant)
                yield files.enter_context(keep)

        return analyze_video(video, request, landmarker, sinks, progress=True)


def analyze_video(
    video: Video,
    request: Request,
    landmarker: Landmarker,
    sinks: Callable[[Exercise], Iterable[Sink]] = lambda _: (),
    *,
    progress: bool = False,
) -> Result:
    """Judge a whole video; `sinks` are opened for the exercise as soon as it is known.

    Raises MediaError (nobody in it), ModelError and UnknownExerciseError (nothing is recognised).
    """
    pictures = watched(video, video.frame_count, video.path.name) if progress else video
    chosen, seen = _chosen(video, pictures, landmarker, request)
    session = chosen.session or ExerciseSession(chosen.exercise, request.wish)
    judge = Judge(session.exercise, session)
    outputs = list(sinks(chosen.exercise))
    for picture, frame in seen:
        step = judge.take(frame)
        for output in outputs:
            output(picture, frame, step)
    return judge.result(str(video.path), (*video.notes, *landmarker.notes, *chosen.notes))


def _chosen(
    video: Video, pictures: Iterable[Picture], landmarker: Landmarker, request: Request
) -> tuple[Chosen, Iterable[tuple[Picture, PoseFrame | Gap]]]:
    """What to judge the video by, and every picture with the one who exercises.

    What only the whole video tells takes a second pass over its pictures, though not of the pose model.
    """
    if request.exercise is not None:
        seen = seen_exerciser(video, pictures, landmarker, request.exercise, request.wish)
        return Chosen(request.exercise), seen
    streams = seen_streams(video, pictures, landmarker)
    stream = streams[request.most_likely(streams, str(video.path))] if streams[1:] else streams[0]
    return request.choose(stream, str(video.path)), zip(video, stream, strict=False)
