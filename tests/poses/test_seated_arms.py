"""Arm exercises count for people who sit, who face the other way, who do one side only, at any frame rate."""

from __future__ import annotations

import numpy as np
import pytest

from coach.exercise import Prescription
from coach.landmarks import SIDES, Landmark
from scripts.references.figure import SOLE_M, Floats, outward, plant
from scripts.references.recipes import RECIPES
from scripts.references.recipes.common import SEAT_M
from tests.builders import Camera, first_view, judge, load, mirrored, movement

SEATED = (
    "shoulder_abduction",
    "biceps_curl",
    "shoulder_press",
    "shoulder_flexion",
    "triceps_extension",
    "horizontal_abduction",
    "external_rotation",
    "row",
)
ONE_SIDED = (*SEATED,)
EVERY = (*SEATED, "pull_up", "wall_push_up")


def on_a_chair(exercise_id: str, depth: float) -> Floats:
    """The same arms on somebody who sits."""
    points = RECIPES[exercise_id](depth).copy()
    hips = points[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(0)
    points += np.array((0.0, -SEAT_M, 0.0)) - hips
    for side in SIDES:
        plant(points, side, (outward(side) * 0.12, -SOLE_M, -0.4), (0.0, -0.2, -1.0))
    return points


@pytest.mark.parametrize("exercise_id", SEATED)
def test_seated_people_are_counted(exercise_id: str) -> None:
    frames = movement(
        lambda depth: on_a_chair(exercise_id, depth),
        [1, 1, 1],
        camera=first_view(exercise_id),
        fps=15,
    )
    assert judge(exercise_id, frames).verdicts == ["correct"] * 3


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("exercise_id", ONE_SIDED)
def test_one_side_can_be_prescribed(exercise_id: str, side: str) -> None:
    """The camera stands on the side that moves."""
    camera = first_view(exercise_id)
    near = Camera(yaw_deg=camera.yaw_deg if side == "left" else -camera.yaw_deg)
    frames = movement(exercise_id, [1, 1], camera=near, fps=15)
    outcome = judge(exercise_id, frames, Prescription(sides=side))  # type: ignore[arg-type]
    assert [(rep.side, rep.verdict) for rep in outcome.reps] == [(side, "correct")] * 2


@pytest.mark.parametrize("exercise_id", EVERY)
def test_the_other_way_round_is_the_same(exercise_id: str) -> None:
    frames = movement(exercise_id, [1, 1], fps=15)
    assert judge(exercise_id, mirrored(frames)).verdicts == ["correct"] * 2


@pytest.mark.parametrize("fps", [10, 60])
@pytest.mark.parametrize("exercise_id", EVERY)
def test_any_frame_rate_counts(exercise_id: str, fps: int) -> None:
    frames = movement(exercise_id, [1, 1], fps=fps, jitter=0.3)
    assert judge(exercise_id, frames).session.counts.reps == 2


@pytest.mark.parametrize("exercise_id", EVERY)
def test_standing_still_is_nothing(exercise_id: str) -> None:
    frames = movement(exercise_id, [], until_s=6.0, fps=15)
    assert judge(exercise_id, frames).reps == []
    assert load(exercise_id).gates
