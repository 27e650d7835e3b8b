"""The inference process: the only place that loads mediapipe. Run as `python -m coach.io.landmarker_process`.

It answers messages on one socket and opens no other (see `coach.io.offline`). It ends when its parent does.
"""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection
from types import ModuleType
from typing import TYPE_CHECKING, Final

import numpy as np

from coach.io.landmarker_wire import (
    COLUMNS,
    Begin,
    Failed,
    Found,
    Look,
    PictureRing,
    Ready,
    decode_question,
    encode,
)
from coach.io.offline import block_outgoing_proxy
from coach.landmarks import COUNT

if TYPE_CHECKING:
    from mediapipe.tasks.python.vision import PoseLandmarker
    from mediapipe.tasks.python.vision.core.image import Image
    from mediapipe.tasks.python.vision.pose_landmarker import PoseLandmarkerResult

_UNUSED: Final = ("matplotlib", "matplotlib.pyplot", "sounddevice")
"""mediapipe loads these for plots and microphones: four fifths of its start-up time."""


class Eyes:
    """Pose models for one process: one follows people through a stream, one looks for a second person."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._follower = self._open(video=True, people=1)
        self._fresh = True
        self._crowd: PoseLandmarker | None = None

    def begin(self, people: int) -> None:
        """Forget who was followed so far; follow up to so many."""
        if self._fresh and people == 1:
            return
        self._follower.close()
        self._follower = self._open(video=True, people=people)

    def look(self, pixels: np.ndarray, question: Look) -> Found:
        """The landmarks of the people in one picture."""
        from mediapipe import Image, ImageFormat

        self._fresh = False
        image = Image(ImageFormat.SRGB, pixels)
        result = self._follower.detect_for_video(image, question.ms)
        return Found(_table(result), self._several(image) if question.crowd else None)

    def _several(self, image: Image) -> bool:
        if self._crowd is None:
            self._crowd = self._open(video=False, people=2)
        return len(self._crowd.detect(image).pose_landmarks) > 1

    def _open(self, *, video: bool, people: int) -> PoseLandmarker:
        from mediapipe.tasks.python import BaseOptions, vision

        mode = vision.RunningMode.VIDEO if video else vision.RunningMode.IMAGE
        options = vision.PoseLandmarkerOptions(
            BaseOptions(model_asset_path=self._model), running_mode=mode, num_poses=people
        )
        return vision.PoseLandmarker.create_from_options(options)


def _table(result: PoseLandmarkerResult) -> bytes:
    """`(people, 33, 6)` float32 as bytes, empty where nobody was found."""
    table = np.empty((len(result.pose_landmarks), COUNT, COLUMNS), np.float32)
    people = zip(result.pose_landmarks, result.pose_world_landmarks, strict=True)
    for row, (image, world) in zip(table, people, strict=True):
        row[:, :2] = [(point.x, point.y) for point in image]
        row[:, 2:5] = [(point.x, point.y, point.z) for point in world]
        row[:, 5] = [point.visibility for point in image]
    return table.tobytes()


def serve(link: Connection, ring: PictureRing, model: str) -> None:
    """Answer until the parent hangs up."""
    try:
        eyes = Eyes(model)
        link.send_bytes(encode(Ready()))
        while True:
            _answer(eyes, link, ring)
    except (EOFError, ConnectionError):
        return
    except (ImportError, OSError, RuntimeError, ValueError) as error:  # what mediapipe raises
        link.send_bytes(encode(Failed(first_line(error))))


def _answer(eyes: Eyes, link: Connection, ring: PictureRing) -> None:
    question = decode_question(link.recv_bytes())
    match question:
        case Begin():
            eyes.begin(question.people)
        case Look():
            pixels = ring.slot(question.slot, question.width, question.height)
            link.send_bytes(encode(eyes.look(pixels, question)))


def first_line(error: Exception) -> str:
    """The first line of what an error says, or its name."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def leave_out_unused() -> None:
    """Put empty modules in the place of what mediapipe loads and poses never need; call before importing it."""
    for name in _UNUSED:
        sys.modules[name] = ModuleType(name)


def main() -> None:
    """Arguments: file descriptor of the socket, file descriptor of the pictures, model file."""
    block_outgoing_proxy(
        os.environ
    )  # the parent has done so already: this process must never depend on it
    leave_out_unused()
    link, pictures, model = sys.argv[1:4]
    serve(Connection(int(link)), PictureRing(int(pictures)), model)


if __name__ == "__main__":
    main()
