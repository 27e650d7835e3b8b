"""Packed pictures: looked at like any other, unpacked with suspicion, and by a process that can be replaced."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.errors import ModelError
from coach.io.jpeg_landmarker import MAX_BYTES, JpegLandmarker, Seen
from coach.io.jpeg_process import unpack
from coach.io.landmarker import Landmarker
from coach.io.opencv import cv2
from coach.io.picture import Picture
from coach.io.video import open_video
from coach.landmarks import COUNT
from tests.coach.io.clips import SAMPLE


@pytest.fixture(scope="module")
def pictures() -> list[Picture]:
    with open_video(SAMPLE) as video:
        return list(itertools.islice(video, 4))


@pytest.fixture(scope="module")
def eye() -> Iterator[JpegLandmarker]:
    made = JpegLandmarker("lite")
    assert made.ready(60.0)
    yield made
    made.close()


def packed(picture: Picture) -> bytes:
    return bytes(cv2.imencode(".jpg", picture.bgr, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes())


def test_the_numbers_are_those_of_the_picture_itself(
    eye: JpegLandmarker, pictures: list[Picture]
) -> None:
    with Landmarker("lite") as landmarker:
        frames = [frame for _, frame in landmarker.stream(pictures)]
    for picture, frame in zip(pictures, frames, strict=True):
        seen = eye.look(packed(picture), round(picture.t_s * 1000))
        assert isinstance(seen, Seen)
        assert (seen.width, seen.height) == picture.size_px
        table = np.frombuffer(seen.landmarks, np.float32).reshape(COUNT, 6)
        apart = np.abs(table[:, :2] * picture.size_px - frame.image_px)  # type: ignore[union-attr]
        assert np.median(apart) < 2.0


def test_nobody_is_an_empty_answer(eye: JpegLandmarker) -> None:
    grey = Picture(0.0, np.full((240, 320, 3), 127, np.uint8))
    assert eye.look(packed(grey), 10**6) == Seen(320, 240, b"")


def test_what_is_no_small_jpeg_is_refused_and_the_next_one_looked_at(
    eye: JpegLandmarker, pictures: list[Picture]
) -> None:
    png = cv2.imencode(".png", np.zeros((64, 64, 3), np.uint8))[1].tobytes()
    for odd in (b"", b"hello", b"\xff\xd8\xff", png, bomb()):
        assert eye.look(odd, 0) is None
    assert eye.look(packed(pictures[0]), 10**7) is not None


def bomb() -> bytes:
    """A few kilobytes that say they are 65500 x 65500 pixels: 12 gigabytes."""
    small = bytearray(cv2.imencode(".jpg", np.zeros((64, 64, 3), np.uint8))[1].tobytes())
    header = small.index(b"\xff\xc0")
    small[header + 5 : header + 9] = b"\xff\xdc\xff\xdc"
    return bytes(small)


@pytest.mark.parametrize("size_px", [(1, 1), (8, 500)])
def test_a_picture_in_which_nobody_can_be_seen_is_none(size_px: tuple[int, int]) -> None:
    width, height = size_px
    jpeg = cv2.imencode(".jpg", np.zeros((height, width, 3), np.uint8))[1].tobytes()
    assert unpack(jpeg) is None


def test_more_bytes_than_agreed_are_not_unpacked() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (640, 640, 3), np.uint8)
    jpeg = cv2.imencode(".jpg", noise, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()
    assert len(jpeg) > MAX_BYTES
    assert unpack(jpeg) is None


def test_a_process_that_died_is_told_at_once(pictures: list[Picture]) -> None:
    eye = JpegLandmarker("lite")
    assert eye.ready(60.0)
    os.kill(eye.process_id, signal.SIGKILL)
    with pytest.raises(ModelError, match="stopped unexpectedly"):
        eye.look(packed(pictures[0]), 0)
    eye.close()
    assert not Path(f"/proc/{eye.process_id}").exists()
