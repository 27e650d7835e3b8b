"""Posture rows: the same for who stands elsewhere, is larger, or moves the other side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.body import frame_scale_px
from coach.landmarks import Landmark
from coach.recognising.motion import WIDTH, explained, posture
from tests.builders import mirrored, stick_figure

FIGURE = stick_figure(view="oblique", knee_flexion=(80.0, 20.0), shoulder_flexion=40.0)
SCALE_PX = frame_scale_px(FIGURE)


def test_place_and_size_do_not_matter() -> None:
    row = posture(FIGURE, SCALE_PX).row
    assert row.shape == (WIDTH,)
    elsewhere = replace(FIGURE, image_px=2.0 * FIGURE.image_px + (300.0, -40.0))
    np.testing.assert_allclose(posture(elsewhere, 2.0 * SCALE_PX).row, row, atol=1e-9)


def test_the_mirror_image_is_the_same_posture() -> None:
    row = posture(FIGURE, SCALE_PX).row
    other = posture(mirrored([FIGURE])[0], SCALE_PX).row
    np.testing.assert_allclose(other, row, atol=1e-9)


def test_what_is_not_seen_has_no_weight() -> None:
    visibility = FIGURE.visibility.copy()
    visibility[[Landmark.NOSE, Landmark.LEFT_WRIST]] = 0.05
    trusted = posture(replace(FIGURE, visibility=visibility), SCALE_PX).trust
    assert (trusted[:2] == 0.0).all()
    assert np.count_nonzero(trusted == 0.0) == 2 + 4


def test_a_signal_explains_what_goes_along_with_it() -> None:
    time = np.linspace(0.0, 6.28, 50)
    rows = np.zeros((50, WIDTH))
    rows[:, 0], rows[:, 1] = np.sin(time), np.cos(time)
    weights = np.ones(WIDTH)
    assert explained(rows, weights, np.sin(time)[:, None]) == pytest.approx(0.5, abs=0.02)
    both = np.stack([np.sin(time), np.cos(time)], axis=1)
    assert explained(rows, weights, both) == pytest.approx(1.0)
    weights[1] = 0.0
    assert explained(rows, weights, np.sin(time)[:, None]) == pytest.approx(1.0)
    assert explained(np.zeros((50, WIDTH)), weights, both) == 0.0
