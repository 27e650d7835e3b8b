"""One-Euro with true time steps: steady at rest, quick in motion, the same at every frame rate."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from coach.smoothing import FilterState, reset, smooth


def filtered(signal: Callable[[float], float], times: list[float]) -> list[float]:
    state = FilterState()
    return [smooth(state, t_s, signal(t_s)) for t_s in times]


def every(fps: float, seconds: float) -> list[float]:
    return [i / fps for i in range(round(fps * seconds) + 1)]


def test_the_first_value_passes_and_time_zero_is_a_time() -> None:
    state = FilterState()
    assert smooth(state, 0.0, 0.7) == 0.7
    assert state.t_s == 0.0
    assert 0.7 < smooth(state, 0.1, 1.0) < 1.0


def test_a_constant_stays_itself() -> None:
    assert filtered(lambda _: 0.3, every(30, 2)) == pytest.approx([0.3] * 61)


def test_noise_at_rest_shrinks() -> None:
    rng = np.random.default_rng(1)
    noise = {
        t_s: float(value)
        for t_s, value in zip(every(30, 10), rng.normal(0, 0.05, 301), strict=True)
    }
    out = filtered(noise.__getitem__, list(noise))
    assert np.std(out[30:]) < 0.6 * np.std(list(noise.values()))


@pytest.mark.parametrize("fps", [10, 15, 60])
def test_frame_rates_agree(fps: float) -> None:
    def rep(t_s: float) -> float:
        return 0.5 - 0.5 * math.cos(math.pi * t_s)

    at_30 = dict(zip(every(30, 4), filtered(rep, every(30, 4)), strict=True))
    for t_s, value in zip(every(fps, 4), filtered(rep, every(fps, 4)), strict=True):
        if t_s in at_30:
            assert value == pytest.approx(at_30[t_s], abs=0.06)


def test_a_brisk_movement_lags_little() -> None:
    times = every(30, 2)
    out = filtered(lambda t_s: 0.5 - 0.5 * math.cos(2 * math.pi * t_s), times)
    assert max(out) > 0.96
    assert abs(times[out.index(max(out[:45]))] - 0.5) <= 0.1


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_the_pace_is_the_true_speed_at_every_frame_rate(fps: float) -> None:
    state = FilterState()
    for t_s in every(fps, 1):
        smooth(state, t_s, 0.8 * t_s)
    assert state.pace == pytest.approx(0.8, rel=0.05)


def test_no_time_changes_nothing() -> None:
    state = FilterState()
    smooth(state, 1.0, 0.2)
    assert smooth(state, 1.0, 9.0) == smooth(state, 0.5, 9.0) == 0.2
    assert state.t_s == 1.0


def test_reset_forgets_value_and_speed() -> None:
    state = FilterState()
    for i in range(10):
        smooth(state, i / 10, i * 1.0)
    reset(state)
    assert state == FilterState()
    assert smooth(state, 50.0, 0.1) == 0.1
