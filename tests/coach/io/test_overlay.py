"""What is drawn over a picture."""

from __future__ import annotations

import numpy as np
import pytest

from coach.frame import PoseFrame
from coach.io.overlay import Hud, annotate
from coach.io.picture import Pixels
from coach.landmarks import COUNT, Landmark
from tests.coach.io.clips import standing


def _grey(width: int = 640, height: int = 480) -> Pixels:
    return np.full((height, width, 3), 120, np.uint8)


def _changed(one: Pixels, two: Pixels) -> np.ndarray:
    changed: np.ndarray = (one != two).any(axis=2)
    return changed


def test_the_picture_handed_in_stays_as_it_was() -> None:
    before = _grey()
    annotate(before, standing(), Hud(count="3", progress=0.5))
    assert (before == 120).all()


def test_joints_and_limbs_are_drawn_where_they_are() -> None:
    frame = standing()
    drawn = _changed(_grey(), annotate(_grey(), frame, Hud(count="", progress=0)))
    for landmark in (Landmark.LEFT_KNEE, Landmark.RIGHT_SHOULDER):
        x, y = frame.image_px[landmark].round().astype(int)
        assert drawn[y, x]
    middle = (
        frame.image_px[[Landmark.LEFT_HIP, Landmark.LEFT_KNEE]].mean(axis=0).round().astype(int)
    )
    assert drawn[middle[1], middle[0]]


def test_limbs_that_the_model_does_not_trust_are_left_out() -> None:
    frame = standing()
    hidden = PoseFrame.checked(0, frame.image_px, frame.world_m, np.full(COUNT, 0.2), frame.size_px)
    hud = Hud(count="1", progress=0)
    np.testing.assert_array_equal(annotate(_grey(), hidden, hud), annotate(_grey(), None, hud))


def test_landmarks_of_a_larger_picture_are_scaled_to_this_one() -> None:
    frame = standing(size_px=(640, 480))
    double = PoseFrame.checked(0, frame.image_px * 2, frame.world_m, frame.visibility, (1280, 960))
    hud = Hud(count="", progress=0)
    np.testing.assert_array_equal(annotate(_grey(), frame, hud), annotate(_grey(), double, hud))


def test_the_count_is_at_least_a_tenth_of_the_picture_high() -> None:
    """The digits alone: from the picture with them to the one without."""
    with_count = annotate(_grey(), None, Hud(count="8", progress=0))
    rows = np.flatnonzero(
        _changed(with_count, annotate(_grey(), None, Hud(count="", progress=0))).any(axis=1)
    )
    assert rows[-1] - rows[0] >= 0.13 * 480


def test_the_ring_fills_with_progress_and_a_full_one_is_marked() -> None:
    def ink(progress: float) -> int:
        drawn = annotate(_grey(), None, Hud(count="", progress=progress))
        empty = annotate(_grey(), None, Hud(count="", progress=0))
        return int(_changed(drawn, empty).sum())

    shares = [ink(progress) for progress in (0.25, 0.5, 0.75, 0.999)]
    assert shares == sorted(shares)
    assert len(set(shares)) == 4
    top = annotate(_grey(), None, Hud(count="", progress=1.0))
    almost = annotate(_grey(), None, Hud(count="", progress=0.999))
    assert _changed(top, almost).sum() > 20


@pytest.mark.parametrize("progress", [-1.0, 3.0, float("nan"), float("inf")])
def test_odd_progress_does_not_break_the_drawing(progress: float) -> None:
    assert annotate(_grey(), None, Hud(count="1", progress=progress)).shape == (480, 640, 3)


def test_a_cue_is_drawn_below_and_only_when_there_is_one() -> None:
    without = annotate(_grey(), None, Hud(count="1", progress=0))
    with_cue = annotate(_grey(), None, Hud(count="1", progress=0, cue="A little deeper"))
    rows = np.flatnonzero(_changed(without, with_cue).any(axis=1))
    assert rows[0] > 480 * 0.75


def test_a_long_cue_is_made_smaller_instead_of_cut() -> None:
    cue = "Keep the elbow at your side, move slowly, and breathe out on the way up"
    plain = annotate(_grey(), None, Hud(count="", progress=0, cue=" "))
    columns = np.flatnonzero(
        _changed(plain, annotate(_grey(), None, Hud(count="", progress=0, cue=cue))).any(axis=0)
    )
    assert columns[0] > 0.03 * 640
    assert columns[-1] < 0.97 * 640


@pytest.mark.parametrize("size", [(32, 32), (33, 241), (1920, 1080)])
def test_any_size_of_picture_can_be_drawn_on(size: tuple[int, int]) -> None:
    hud = Hud(count="12", progress=0.4, status="ready", cue="Stand up tall", tone="good")
    far = PoseFrame.checked(0, np.full((COUNT, 2), 1e9), np.zeros((COUNT, 3)), np.ones(COUNT), size)
    assert annotate(_grey(*size), far, hud).shape == (size[1], size[0], 3)
