"""Tiny clips made on the spot, and skeletons for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from coach.frame import PoseFrame
from coach.io.opencv import cv2
from coach.io.picture import Picture, Pixels
from coach.landmarks import COUNT

SAMPLE = Path(__file__).parents[3] / "webapp" / "static" / "samples" / "squat_side.mp4"
"""The rendered clip of the demo: one person, from the side."""


def numbered_pictures(count: int, size_px: tuple[int, int] = (96, 64)) -> Iterator[Pixels]:
    """Grey pictures that grow brighter; the left half is darker, so that turning and mirroring show."""
    width, height = size_px
    for index in range(count):
        bgr = np.full((height, width, 3), 40 + 4 * index, np.uint8)
        bgr[:, : width // 2] = 10
        yield bgr


def write_clip(
    path: Path,
    count: int = 12,
    size_px: tuple[int, int] = (96, 64),
    fps: float = 25.0,
    codec: str = "mp4v",
) -> Path:
    """A video file of `count` numbered pictures."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), fps, size_px)
    assert writer.isOpened()
    for bgr in numbered_pictures(count, size_px):
        writer.write(bgr)
    writer.release()
    return path


def blank_picture(t_s: float = 0.0, size_px: tuple[int, int] = (96, 64)) -> Picture:
    """A picture with nobody in it."""
    return Picture(t_s, np.full((size_px[1], size_px[0], 3), 127, np.uint8))


def standing(t_s: float = 0.0, size_px: tuple[int, int] = (640, 480)) -> PoseFrame:
    """A frame with plausible numbers: what they mean does not matter here."""
    image = np.linspace((100.0, 50.0), (300.0, 450.0), COUNT)
    world = np.linspace((-0.3, -0.7, 0.0), (0.3, 0.9, 0.1), COUNT)
    return PoseFrame.checked(t_s, image, world, np.full(COUNT, 0.9), size_px)
