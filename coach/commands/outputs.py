"""The files that an analysis writes on the way: each takes every frame, and appears only when all went well."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from coach.commands.angle_table import AngleTable
from coach.commands.catalogue import CueWords
from coach.commands.screen import Screen
from coach.events import Step
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.io import recording
from coach.io.annotated_video import AnnotatedVideo
from coach.io.overlay import annotate
from coach.io.picture import Picture
from coach.io.video import Video
from coach.stream import Gap

Sink = Callable[[Picture, PoseFrame | Gap, Step], None]
"""Takes every frame with what was found in it and what the session made of it."""


@contextmanager
def angle_csv(path: Path, exercise: Exercise) -> Iterator[Sink]:
    """The angles of every frame. Raises MediaError."""
    table = AngleTable(exercise)
    yield lambda _, frame, step: table.add(frame.t_s, step)
    table.write(path)


@contextmanager
def landmark_recording(path: Path, video: Video, model: str) -> Iterator[Sink]:
    """The landmarks of every frame. Raises MediaError."""
    frames: list[PoseFrame | Gap] = []
    yield lambda _, frame, __: frames.append(frame)
    meta: recording.Meta = {"model": model, "source": video.path.name}
    recording.write(path, recording.record(frames, video.size_px, meta))


@contextmanager
def annotated_video(
    path: Path, video: Video, exercise: Exercise, cues: Mapping[str, CueWords]
) -> Iterator[Sink]:
    """The video with skeleton, count and cues. Raises MediaError."""
    screen = Screen(exercise, cues)
    with AnnotatedVideo(path, video.size_px, video.fps) as out:

        def draw(picture: Picture, frame: PoseFrame | Gap, step: Step) -> None:
            person = frame if isinstance(frame, PoseFrame) else None
            out.write(picture.t_s, annotate(out.fit(picture), person, screen.hud(step)))

        yield draw
