"""Landmarks of a video or camera into a recording."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from coach.commands.progress import watched
from coach.errors import MediaError
from coach.exercise import AS_IT_STANDS, Prescription
from coach.frame import PoseFrame
from coach.io import recording
from coach.io.camera import open_camera
from coach.io.landmarker import Landmarker
from coach.io.model_files import Variant
from coach.io.picture import Picture
from coach.io.recording import Recording
from coach.io.video import open_video
from coach.stream import Gap


def record_video(
    path: Path,
    out: Path,
    model: Variant,
    seconds: float | None,
    wish: Prescription = AS_IT_STANDS,
) -> Recording:
    """The landmarks of a video file, whole or its first `seconds`, to be judged by `wish`.

    Raises MediaError and ModelError.
    """
    _check_place(out)
    with Landmarker(model) as landmarker, open_video(path) as video:
        seen = landmarker.stream(_first(seconds, video))
        frames = [frame for _, frame in watched(seen, video.frame_count, path.name)]
        return _written(
            out, frames, video.size_px, {"model": model, "source": path.name, **_judged_by(wish)}
        )


def record_camera(
    index: int,
    out: Path,
    model: Variant,
    seconds: float | None,
    wish: Prescription = AS_IT_STANDS,
) -> Recording:
    """The landmarks of a camera until Ctrl+C or for `seconds`, to be judged by `wish`.

    Raises MediaError and ModelError.
    """
    _check_place(out)
    frames: list[PoseFrame | Gap] = []
    with open_camera(index) as camera, Landmarker(model) as landmarker:
        landmarker.begin()
        with contextlib.suppress(KeyboardInterrupt):
            for picture in _first(seconds, camera):
                frames.append(landmarker.detect(picture))  # noqa: PERF401 - an interrupt keeps what is there
        return _written(
            out,
            frames,
            camera.size_px,
            {"model": model, "source": f"camera {index}", **_judged_by(wish)},
        )


def _judged_by(wish: Prescription) -> recording.Meta:
    """As `coach.io.replay` reads it back."""
    if wish == AS_IT_STANDS:
        return {}
    return {"prescription": msgspec.json.encode(wish).decode()}


def _first(seconds: float | None, pictures: Iterable[Picture]) -> Iterator[Picture]:
    return itertools.takewhile(lambda picture: seconds is None or picture.t_s <= seconds, pictures)


def _check_place(out: Path) -> None:
    if not out.parent.is_dir():
        raise MediaError(f"{out} cannot be written: there is no folder {out.parent}.")


def _written(
    out: Path, frames: list[PoseFrame | Gap], size_px: tuple[int, int], meta: recording.Meta
) -> Recording:
    if not frames:
        raise MediaError("Nothing was recorded: no picture came before the end.")
    if all(isinstance(frame, Gap) for frame in frames):
        raise MediaError(
            f"Nothing was recorded: nobody was found in {meta['source']}. The whole body should be in the picture."
        )
    made = recording.record(frames, size_px, meta)
    recording.write(out, made)
    return made
