"""The frames of a file: a recording's rows, or a video's pictures through the pose model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coach.commands.progress import watched
from coach.frame import PoseFrame
from coach.io.model_files import Variant
from coach.stream import Gap


def frames_of(path: Path, model: Variant) -> Iterator[PoseFrame | Gap]:
    """Every decoded frame in order. Raises MediaError and ModelError."""
    if path.suffix == ".npz":
        from coach.io.recording import read

        yield from read(path).frames()
        return
    from coach.io.landmarker import Landmarker
    from coach.io.video import open_video

    with Landmarker(model) as landmarker, open_video(path) as video:
        for _, frame in landmarker.stream(watched(video, video.frame_count, path.name)):
            yield frame
