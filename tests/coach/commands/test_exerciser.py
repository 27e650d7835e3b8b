"""The one who exercises, among several people."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.commands.exerciser import most_exercise, seen_exerciser
from coach.frame import PoseFrame
from coach.io.annotated_video import AnnotatedVideo
from coach.io.landmarker import Landmarker
from coach.io.video import open_video
from coach.landmarks import Landmark
from coach.stream import Gap
from poses import catalogue
from tests.coach.io.clips import SAMPLE, standing


def test_among_equals_the_first_is_taken() -> None:
    one: list[PoseFrame | Gap] = [standing(index / 10) for index in range(5)]
    two: list[PoseFrame | Gap] = [Gap(0.0), *(standing(index / 10) for index in range(1, 5))]
    assert most_exercise(catalogue.load("squat"), [one, two]) is one


@pytest.fixture(scope="module")
def lite() -> Iterator[Landmarker]:
    with Landmarker("lite") as landmarker:
        yield landmarker


def _duo(path: Path, *, squats_right: bool) -> Path:
    """The sample's first squat on one side; on the other somebody who only stands there."""
    with open_video(SAMPLE) as video:
        pictures = [picture.bgr for picture in itertools.islice(video, 80, 170, 2)]
    height, width = pictures[0].shape[:2]
    with AnnotatedVideo(path, (2 * width, height), 15.0) as out:
        for index, bgr in enumerate(pictures):
            both = [pictures[0], bgr] if squats_right else [bgr, pictures[0]]
            out.write(index / 15, np.hstack(both))
    return path


@pytest.mark.parametrize("squats_right", [True, False])
def test_the_one_who_squats_is_followed_not_the_one_who_stands(
    tmp_path: Path, lite: Landmarker, *, squats_right: bool
) -> None:
    """The model by itself follows the same place in both pictures, so it is wrong in one of them."""
    with open_video(_duo(tmp_path / "duo.mp4", squats_right=squats_right)) as video:
        seen = list(seen_exerciser(video, video, lite, catalogue.load("squat")))
        assert lite.notes == ("several_people",)
    assert len(seen) == 45
    hips = [frame.image_px[Landmark.LEFT_HIP] for _, frame in seen if isinstance(frame, PoseFrame)]
    assert len(hips) > 40
    assert (np.median([x for x, _ in hips]) > video.size_px[0] / 2) == squats_right
    assert np.ptp([y for _, y in hips]) > 0.08 * video.size_px[1]
