"""A webcam for tests: Chromium plays a file of JPEG pictures, one after the other, for ever."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

SIZE_PX = (640, 480)


def film(clip: Path, target: Path) -> Path:
    """The pictures of a clip, fitted into 640 x 480, as the file that `--use-file-for-fake-video-capture` takes."""
    capture = cv2.VideoCapture(str(clip))
    with target.open("wb") as file:
        while True:
            ok, picture = capture.read()
            if not ok:
                break
            file.write(cv2.imencode(".jpg", _fit(picture))[1].tobytes())
    capture.release()
    return target


def _fit(picture: np.ndarray) -> np.ndarray:
    height, width = picture.shape[:2]
    scale = min(SIZE_PX[0] / width, SIZE_PX[1] / height)
    small = cv2.resize(picture, (round(width * scale), round(height * scale)))
    whole = np.full((SIZE_PX[1], SIZE_PX[0], 3), 40, np.uint8)
    top, left = (SIZE_PX[1] - small.shape[0]) // 2, (SIZE_PX[0] - small.shape[1]) // 2
    whole[top : top + small.shape[0], left : left + small.shape[1]] = small
    return whole
