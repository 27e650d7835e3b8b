"""Is it still the same person? Somebody who walks by is not followed, who stays is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.frame import PoseFrame
from coach.person import PersonState, Who, follow
from scripts.references.figure import Pose, figure
from tests.builders import Camera, movement, photograph, still


def at(t_s: float, right_m: float, distance_m: float = 3.5) -> PoseFrame:
    camera = Camera(0.0, distance_m=distance_m, shift_m=(right_m, 0.0), size_px=(1920, 1080))
    return photograph(figure(Pose()), camera, t_s)


def followed(frames: list[PoseFrame]) -> list[Who]:
    state = PersonState()
    return [follow(state, frame) for frame in frames]


def test_who_stays_is_the_patient() -> None:
    assert set(followed(still(3.0))) == {"patient"}


@pytest.mark.parametrize("exercise_id", ["squat", "push_up", "sit_to_stand", "glute_bridge"])
def test_exercising_makes_nobody_a_stranger(exercise_id: str) -> None:
    assert set(followed(movement(exercise_id, [1, 1], fps=15))) == {"patient"}


def test_walking_is_no_jump() -> None:
    walk = [at(i / 15, -1.0 + 1.5 * i / 15) for i in range(20)]
    assert set(followed(walk)) == {"patient"}


def test_who_walks_by_behind_is_somebody_else_until_the_patient_is_seen_again() -> None:
    patient = [at(i / 15, -0.6) for i in range(30)]
    stranger = [at((30 + i) / 15, 1.5, 6.0) for i in range(10)]
    again = [at((40 + i) / 15, -0.6) for i in range(10)]
    assert (
        followed([*patient, *stranger, *again])
        == ["patient"] * 30 + ["other"] * 10 + ["patient"] * 10
    )


def test_who_stays_at_the_new_place_is_accepted_once() -> None:
    patient = [at(i / 15, -0.6) for i in range(30)]
    newcomer = [at((30 + i) / 15, 1.5, 6.0) for i in range(30)]
    answers = followed([*patient, *newcomer])[30:]
    assert answers.count("accepted") == 1
    assert answers.index("accepted") == pytest.approx(15, abs=1)
    assert set(answers[answers.index("accepted") + 1 :]) == {"patient"}


def test_after_a_pause_the_patient_may_stand_elsewhere() -> None:
    patient = [at(i / 15, -0.6) for i in range(30)]
    moved = [replace(at(0.0, 1.0, 4.5), t_s=4.0 + i / 15) for i in range(5)]
    assert followed([*patient, *moved])[30:] == ["patient"] * 5
