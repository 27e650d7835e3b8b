"""Dynamic time warping: the same curve is found again however its time runs, within the band."""

from __future__ import annotations

import numpy as np
import pytest

from coach.comparing.warping import BAND, matched

SIZE = 40
EVEN = np.linspace(0.0, 1.0, SIZE)


def cost(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return ((first[:, None] - second[None, :]) ** 2)[None]


def test_a_movement_matches_itself_moment_by_moment() -> None:
    curve = np.sin(np.pi * EVEN)
    np.testing.assert_allclose(matched(cost(curve, curve))[0], np.arange(SIZE))


@pytest.mark.parametrize("power", [0.7, 1.0, 1.4])
def test_a_movement_with_another_tempo_is_matched_to_its_own_moments(power: float) -> None:
    first, second = np.sin(np.pi * EVEN), np.sin(np.pi * EVEN**power)
    moment = matched(cost(first, second))[0]
    found = np.interp(moment, np.arange(SIZE), second)
    assert np.abs(found - first).max() < 0.1


def test_the_match_never_runs_backwards_and_keeps_to_the_band() -> None:
    rng = np.random.default_rng(1)
    moment = matched(rng.random((5, SIZE, SIZE)))
    assert (np.diff(moment, axis=1) >= 0).all()
    assert (np.abs(moment - np.arange(SIZE)) <= BAND * SIZE).all()


def test_the_ends_belong_together() -> None:
    moment = matched(np.random.default_rng(2).random((3, SIZE, SIZE)))
    assert (moment[:, 0] < BAND * SIZE / 2).all()
    assert (moment[:, -1] > SIZE - 1 - BAND * SIZE / 2).all()


def test_pairs_do_not_depend_on_each_other() -> None:
    costs = np.random.default_rng(3).random((4, SIZE, SIZE))
    together = matched(costs)
    for one, alone in zip(costs, together, strict=True):
        np.testing.assert_array_equal(matched(one[None])[0], alone)
