"""Counting many clips, several at a time, each worker with a pose model of its own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from coach.commands.catalogue import Catalogue
from coach.commands.evaluating.causes import cause_of
from coach.commands.evaluating.counts import Label, Outcome, outcome_of
from coach.commands.exerciser import seen_exerciser, seen_streams
from coach.commands.judge import judge_stream, replay_recording
from coach.commands.progress import watched
from coach.commands.request import Request
from coach.errors import CoachError
from coach.frame import PoseFrame
from coach.io.landmarker import Landmarker
from coach.io.model_files import Variant
from coach.io.recording import read
from coach.io.video import open_video
from coach.stream import Gap
from coach.summary import Result


class ClipCounter:
    """Counts clips from several threads; a pose model is started at a thread's first video, and kept."""

    def __init__(self, catalogue: Catalogue, model: Variant) -> None:
        self._catalogue, self._model = catalogue, model
        self._mine = threading.local()
        self._started = ExitStack()

    def count(self, folder: Path, label: Label) -> Outcome:
        """Count one clip, and say what went wrong if it did; a clip that fails counts as nothing found."""
        path = folder / label.file
        try:
            request = Request(label.exercise, self._catalogue)
            frames = self.frames(path, request)
            outcome = outcome_of(label, _judge(path, frames, request))
        except CoachError as error:
            return Outcome(label, 0, error=str(error))
        if outcome.exact or request.exercise is None:
            return outcome
        return cause_of(outcome, frames, request.exercise)

    def frames(self, path: Path, request: Request) -> list[PoseFrame | Gap]:
        """All frames of one clip: a recording's rows, or a video's through the pose model. Raises CoachError."""
        if path.suffix == ".npz":
            return list(read(path).frames())
        with open_video(path) as video:
            if request.exercise is None:
                streams = seen_streams(video, video, self._landmarker())
                return streams[request.most_likely(streams, str(path))]
            seen = seen_exerciser(video, video, self._landmarker(), request.exercise)
            return [frame for _, frame in seen]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all pose models."""
        self._started.close()

    def _landmarker(self) -> Landmarker:
        if not hasattr(self._mine, "landmarker"):
            self._mine.landmarker = self._started.enter_context(Landmarker(self._model))
        landmarker: Landmarker = self._mine.landmarker
        return landmarker


def _judge(path: Path, frames: list[PoseFrame | Gap], request: Request) -> Result:
    """A recording of a live session is judged as it was then."""
    if path.suffix == ".npz":
        return replay_recording(read(path), path, request)
    return judge_stream(frames, path, request)


def count_all(
    labels: Sequence[Label], folder: Path, counter: ClipCounter, jobs: int
) -> list[Outcome]:
    """What is counted in each clip of a folder, in the order of the labels."""
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = pool.map(lambda label: counter.count(folder, label), labels)
        return list(watched(outcomes, len(labels), "clips"))
