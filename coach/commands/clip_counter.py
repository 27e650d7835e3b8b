"""Counting many clips, several at a time, each worker with a pose model of its own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from coach.commands.analysis import analyze_video
from coach.commands.catalogue import Catalogue
from coach.commands.evaluation import Label, Outcome, judge
from coach.commands.judge import replay_recording
from coach.commands.progress import watched
from coach.commands.request import Request
from coach.io.landmarker import Landmarker
from coach.io.model_files import Variant
from coach.io.recording import read
from coach.io.video import open_video
from coach.summary import Result


class ClipCounter:
    """Counts clips from several threads; a pose model is started at a thread's first video, and kept."""

    def __init__(self, folder: Path, catalogue: Catalogue, model: Variant) -> None:
        self._folder, self._catalogue, self._model = folder, catalogue, model
        self._mine = threading.local()
        self._started = ExitStack()

    def count(self, label: Label) -> Result:
        """Count one clip. Raises CoachError."""
        request = Request(label.exercise, self._catalogue)
        path = self._folder / label.file
        if path.suffix == ".npz":
            return replay_recording(read(path), path, request)
        with open_video(path) as video:
            return analyze_video(video, request, self._landmarker())

    def close(self) -> None:
        """End all pose models."""
        self._started.close()

    def _landmarker(self) -> Landmarker:
        if not hasattr(self._mine, "landmarker"):
            self._mine.landmarker = self._started.enter_context(Landmarker(self._model))
        landmarker: Landmarker = self._mine.landmarker
        return landmarker


def count_all(
    labels: Sequence[Label], folder: Path, catalogue: Catalogue, model: Variant, jobs: int
) -> list[Outcome]:
    """What is counted in each clip, in the order of the labels."""
    with ExitStack() as stack:
        counter = ClipCounter(folder, catalogue, model)
        stack.callback(counter.close)
        pool = stack.enter_context(ThreadPoolExecutor(jobs))
        outcomes = pool.map(lambda label: judge(label, counter.count), labels)
        return list(watched(outcomes, len(labels), "clips"))
