"""Watching without knowing the exercise: what is measured, and that it is measured as a session would."""

from __future__ import annotations

import numpy as np
import pytest

from coach.authoring.watching import METHODS, Watched, measures, steadied, unit
from coach.exercise import Measure
from coach.joints import ANGLES
from tests.builders import movement

KNEE = Measure(measure="knee_flexion")


@pytest.mark.parametrize("view", ["side", "oblique", "front"])
def test_only_what_the_view_shows_is_watched(view: str) -> None:
    names = [one.measure for one in measures(view) if one.of is None]
    assert len(names) == len(set(names))
    assert all(view in ANGLES[name].views for name in names)
    assert ("shoulder_abduction" in names) == (view == "front")


def test_methods_name_only_views_that_show_the_angle() -> None:
    assert all(set(by_view) <= ANGLES[name].views for name, by_view in METHODS.items())


def test_a_squat_moves_the_knees_and_not_the_ankles() -> None:
    watched = Watched(movement("squat", [1.0, 1.0], fps=15))
    assert watched.view == "side"
    knees = watched.series(KNEE, "both")
    feet = watched.series(Measure(measure="height", of="ankle", base="low_ankle"), "both")
    assert knees.travel > 1.0
    assert feet.travel < 0.2
    assert knees.seen > 0.8
    assert knees.value[np.isclose(watched.t_s, 2.3, atol=0.1)].mean() > 60


def test_units_are_those_of_the_measure() -> None:
    assert unit(KNEE) > 10 > unit(Measure(measure="gap", of="wrist", base="hip"))


def test_the_running_mean_has_no_delay() -> None:
    t_s = np.arange(0.0, 2.0, 0.02)
    ramp = 3.0 * t_s
    middle = slice(10, -10)
    np.testing.assert_allclose(steadied(t_s, ramp)[middle], ramp[middle], atol=1e-9)
