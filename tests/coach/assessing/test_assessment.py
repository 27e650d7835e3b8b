"""A range of motion: the best held peak of the attempts, its band, the norm, and a change that is real."""

from __future__ import annotations

import numpy as np
import pytest

from coach.assessing.assessment import Measurement, Person
from coach.assessing.attempts import attempts
from coach.assessing.session import measure
from coach.errors import MediaError
from coach.frame import PoseFrame
from poses import catalogue
from scripts.references.figure import Floats, Pose, figure
from tests.builders import Camera, Timing, movement

SLOW = Timing(out_s=1.0, hold_s=1.2, back_s=1.0, pause_s=0.8, lead_s=1.0, tail_s=0.8)
BEND = catalogue.motions()["knee_flexion"]


def bend(depth: float) -> Floats:
    """Standing, the left heel towards the bottom: 0 to 120 degrees."""
    return figure(Pose(knee_flexion=(120.0 * depth, 2.0)))


def bending(*depths: float, yaw_deg: float = 90.0, hold_s: float = 1.2) -> list[PoseFrame]:
    timing = Timing(out_s=1.0, hold_s=hold_s, back_s=1.0, pause_s=0.8)
    return movement(bend, depths, timing=timing, camera=Camera(yaw_deg))


def measured(*depths: float, person: Person | None = None) -> Measurement:
    return measure(BEND, "left", bending(*depths), person or Person())


def test_the_best_of_three_held_peaks() -> None:
    found = measured(0.8, 1.0, 0.9)
    assert found.deg == pytest.approx(120, abs=5)
    assert [one.deg for one in found.attempts] == pytest.approx([96, 120, 108], abs=5)
    assert found.error_deg > 0
    assert found.notes == ()


def test_a_swing_that_is_not_held_is_no_range() -> None:
    t_s = np.arange(0.0, 6.0, 1 / 30)
    deg = np.where((t_s > 2) & (t_s < 4), 90.0, 10.0)
    deg[(t_s > 2.9) & (t_s < 3.05)] = 130.0
    (only,) = attempts(t_s, deg, np.full(len(t_s), 5.0), "larger")
    assert only.deg == 90.0


def test_towards_smaller_takes_the_straightest() -> None:
    t_s = np.arange(0.0, 9.0, 1 / 30)
    deg = 90.0 - 40.0 * (1 - np.cos(2 * np.pi * t_s / 3)) - 5.0 * (t_s > 3) * (t_s < 6)
    tries = attempts(t_s, deg, np.full(len(t_s), 5.0), "smaller")
    assert [one.deg for one in tries] == pytest.approx([10, 5, 10], abs=3)


def test_one_attempt_is_measured_and_said() -> None:
    assert measured(1.0).notes == ("fewer_than_three_attempts",)


@pytest.mark.parametrize(
    ("person", "norm_deg", "norm_of", "compared"),
    [
        (Person(age=63, sex="female"), 137.8, "age and sex", "lower"),
        (Person(age=63), 135, "adults", "lower"),
        (Person(age=95, sex="male"), 135, "adults", "lower"),
    ],
)
def test_the_norm_is_of_the_same_age_and_sex_where_it_is_known(
    person: Person, norm_deg: float, norm_of: str, compared: str
) -> None:
    found = measured(1.0, person=person)
    assert (found.norm_deg, found.norm_of, found.compared) == (norm_deg, norm_of, compared)


@pytest.mark.parametrize(("last_deg", "real"), [(118.0, False), (100.0, True), (140.0, True)])
def test_only_more_than_the_detectable_change_is_real(last_deg: float, real: bool) -> None:
    found = measured(1.0, person=Person(last=last_deg))
    assert found.change_deg == pytest.approx(120 - last_deg, abs=6)
    assert found.real is real


def test_from_the_front_it_says_to_turn() -> None:
    with pytest.raises(MediaError, match="should be seen from the side"):
        measure(BEND, "left", bending(1.0, yaw_deg=0.0), Person())


def test_who_hardly_moves_is_told_how() -> None:
    with pytest.raises(MediaError, match="three times"):
        measured(0.03)


@pytest.mark.parametrize("name", catalogue.motions())
def test_every_motion_is_seen_from_somewhere_and_names_its_sources(name: str) -> None:
    motion = catalogue.motions()[name]
    assert set(motion.methods) == set(motion.camera.views)
    assert motion.exercise.methods == {motion.angle: motion.methods}
    assert {source.for_ for source in motion.sources} >= {"mdc_deg", "usual_deg"}
    for norm in motion.norms:
        assert norm.age[0] < norm.age[1]
