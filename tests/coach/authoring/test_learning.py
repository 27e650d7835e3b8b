"""Learning an exercise from a demonstration: found, described, and counted again, also when others do it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from coach.authoring.learning import Learned, learn
from coach.errors import MovementError
from coach.exercise_rules import problems
from coach.frame import PoseFrame
from coach.io.exercise_file import parse, text_of
from coach.stream import Gap
from tests.builders import Camera, Timing, judge, load, movement, still

FPS = 15.0
SHOWN = {
    "squat": [1.0, 1.0, 1.0],
    "push_up": [1.0, 1.0, 1.0],
    "biceps_curl": [1.0, 1.0, 1.0],
    "hip_abduction": [1.0, -1.0, 1.0, -1.0],
    "shoulder_abduction": [1.0, 1.0],
    "sit_to_stand": [1.0, 1.0, 1.0],
}


def demonstration(exercise_id: str, seed: int = 7, **how: object) -> list[PoseFrame]:
    return movement(exercise_id, SHOWN[exercise_id], fps=FPS, seed=seed, **how)  # type: ignore[arg-type]


@cache
def learned(exercise_id: str) -> Learned:
    return learn(demonstration(exercise_id), f"my_{exercise_id}")


@pytest.mark.parametrize("exercise_id", SHOWN)
def test_what_was_shown_is_counted_by_what_was_learned(exercise_id: str) -> None:
    made = learned(exercise_id)
    assert made.count == len(SHOWN[exercise_id])
    assert len(judge(made.exercise, demonstration(exercise_id)).reps) == made.count


@pytest.mark.parametrize("exercise_id", SHOWN)
def test_the_definition_is_sound_and_survives_its_file(exercise_id: str) -> None:
    exercise = learned(exercise_id).exercise
    assert not list(problems(exercise))
    assert parse(text_of(exercise), "learned.toml") == exercise


@pytest.mark.parametrize("exercise_id", ["squat", "push_up", "biceps_curl", "hip_abduction"])
def test_somebody_else_at_another_pace_is_counted_too(exercise_id: str) -> None:
    depths = SHOWN[exercise_id] + SHOWN[exercise_id]
    slower = movement(exercise_id, depths, fps=FPS, seed=3, timing=Timing.lasting(4.0))
    assert len(judge(learned(exercise_id).exercise, slower).reps) == len(depths)


@pytest.mark.parametrize(
    ("exercise_id", "position", "sides"),
    [
        ("squat", "standing", "both"),
        ("push_up", "prone", "both"),
        ("hip_abduction", "standing", "alternating"),
        ("sit_to_stand", "seated", "both"),
    ],
)
def test_posture_and_sides_are_recognised(exercise_id: str, position: str, sides: str) -> None:
    exercise = learned(exercise_id).exercise
    assert (exercise.position, exercise.sides) == (position, sides)
    assert exercise.camera.views == (load(exercise_id).camera.views[0],)


def test_one_side_alone_is_recognised() -> None:
    made = learn(movement("hip_abduction", [1.0, 1.0, 1.0], fps=FPS), "left_leg")
    assert made.exercise.sides == "left"
    assert made.exercise.other_sides == ("right", "alternating")


def test_the_target_is_what_was_shown() -> None:
    target = learned("biceps_curl").exercise.targets["elbow_flexion"]
    shown = judge("biceps_curl", demonstration("biceps_curl")).reps[0].rom_deg["elbow_flexion"][1]
    assert target.default == pytest.approx(shown, abs=8)
    assert target.default % 5 == 0
    assert target.min < target.default < target.max


def test_half_a_repetition_is_incomplete_and_standing_still_is_nothing() -> None:
    exercise = learned("squat").exercise
    assert "incomplete" in judge(exercise, movement("squat", [1.0, 0.6], fps=FPS)).verdicts
    assert not judge(exercise, still(6.0, fps=FPS)).reps


def test_another_posture_is_not_counted() -> None:
    assert not judge(learned("push_up").exercise, demonstration("squat")).reps
    assert not judge(learned("squat").exercise, demonstration("push_up")).reps


def test_the_tempo_is_the_demonstrations_as_a_session_measures_it() -> None:
    timing = Timing(out_s=2.0, hold_s=1.0, back_s=1.5)
    frames = demonstration("squat", timing=timing)
    made = learn(frames, "slow").exercise
    measured = judge(made, frames).reps[1].tempo_s
    assert made.tempo.out_s == pytest.approx(measured.out, abs=0.4)
    assert made.tempo.hold_s == pytest.approx(measured.hold, abs=0.5)
    assert made.tempo.back_s == pytest.approx(measured.back, abs=0.4)
    assert made.tempo.hold_s > learned("squat").exercise.tempo.hold_s + 0.5


def test_like_another_exercise_it_has_its_words_and_checks() -> None:
    like = load("squat")
    exercise = learn(demonstration("squat"), "my_squat", like).exercise
    assert (exercise.id, exercise.words, exercise.dose) == ("my_squat", like.words, like.dose)
    assert [check.id for check in exercise.checks] == ["trunk_forward"]
    leaning = movement("squat", [1.0, 1.0], fps=FPS, lean_deg=62)
    assert "faulty" in judge(exercise, leaning).verdicts


def test_the_reference_shows_one_repetition_from_where_it_was_filmed() -> None:
    made = learned("squat").reference
    assert made.exercise == "my_squat"
    assert made.yaw_deg == pytest.approx(90, abs=12)
    hips = made.world_m[:, 23:25, 1].mean(1)
    assert np.ptp(hips) > 0.25
    assert abs(hips[0] - hips[-1]) < 0.12


def test_a_reference_of_alternating_sides_shows_both() -> None:
    made = learned("hip_abduction").reference
    ankles = made.world_m[:, 27:29, 1]
    half = len(ankles) // 2
    assert ankles[:half].min(0)[0] < ankles[:half].min(0)[1]
    assert ankles[half:].min(0)[1] < ankles[half:].min(0)[0]


@pytest.mark.parametrize("depths", [[], [1.0]])
def test_fewer_than_two_repetitions_are_said(depths: list[float]) -> None:
    frames = movement("squat", depths, fps=FPS, until_s=6.0)
    with pytest.raises(MovementError, match="at least twice"):
        learn(frames, "nothing")


def test_nobody_is_said() -> None:
    with pytest.raises(MovementError, match="Nobody"):
        learn([Gap(0.0), Gap(0.1)], "nobody")


def test_gaps_in_between_do_not_matter() -> None:
    frames: list[PoseFrame | Gap] = list(demonstration("squat"))
    frames[20] = Gap(frames[20].t_s)
    assert learn(frames, "with_a_gap").count == 3


def test_the_other_side_to_the_camera_is_learned_as_well() -> None:
    made = learn(demonstration("squat", camera=Camera(yaw_deg=-90)), "from_the_right")
    assert made.count == 3
    assert made.reference.yaw_deg == pytest.approx(-90, abs=12)
