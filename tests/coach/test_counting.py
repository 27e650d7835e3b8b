"""The same movement gives the same counts, whatever the camera, the frame rate, the person's size and the tempo."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from coach.exercise import Prescription
from coach.frame import PoseFrame
from coach.stream import Gap
from scripts.references.figure import Floats, Pose, figure
from scripts.references.recipes import RECIPES
from tests.builders import (
    EXACT,
    NOISY,
    Camera,
    PoseModel,
    Timing,
    first_view,
    judge,
    load,
    mirrored,
    movement,
    photograph,
    shifted,
    still,
)

CYCLES = (
    "biceps_curl",
    "glute_bridge",
    "hip_abduction",
    "push_up",
    "seated_knee_extension",
    "shoulder_abduction",
    "sit_to_stand",
    "squat",
)


BRISK = Timing(lead_s=0.6, pause_s=0.4, tail_s=0.6)
TWO_CORRECT = ["correct", "correct"]


@cache
def twice(exercise_id: str) -> tuple[float, float]:
    """Two good repetitions, or one of each side."""
    return (1.0, -1.0) if load(exercise_id).sides == "alternating" else (1.0, 1.0)


def verdicts(
    exercise_id: str, *, timing: Timing = BRISK, fps: float = 15, **changed: Any
) -> list[str]:
    frames = movement(exercise_id, twice(exercise_id), timing=timing, fps=fps, **changed)
    return judge(exercise_id, frames).verdicts


@cache
def filmed(exercise_id: str) -> list[PoseFrame]:
    return movement(exercise_id, twice(exercise_id), timing=BRISK, fps=12)


@pytest.mark.parametrize("exercise_id", CYCLES)
@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_frame_rates(exercise_id: str, fps: float) -> None:
    assert verdicts(exercise_id, fps=fps) == TWO_CORRECT


@pytest.mark.parametrize("exercise_id", CYCLES)
@pytest.mark.parametrize("fps", [12, 24])
def test_jittered_time_stamps(exercise_id: str, fps: float) -> None:
    assert verdicts(exercise_id, fps=fps, jitter=0.8) == TWO_CORRECT


@pytest.mark.parametrize("exercise_id", CYCLES)
@pytest.mark.parametrize("rep_s", [0.9, 5.0, 15.0])
def test_brisk_and_slow(exercise_id: str, rep_s: float) -> None:
    timing = Timing.lasting(rep_s)
    assert verdicts(exercise_id, timing=timing, fps=30 if rep_s < 2 else 10) == TWO_CORRECT


@pytest.mark.parametrize("exercise_id", CYCLES)
@pytest.mark.parametrize("pause_s", [0.0, 6.0])
def test_without_pause_and_with_long_ones(exercise_id: str, pause_s: float) -> None:
    assert verdicts(exercise_id, timing=Timing(pause_s=pause_s)) == TWO_CORRECT


@pytest.mark.parametrize("exercise_id", CYCLES)
@pytest.mark.parametrize(
    "seen",
    [
        {"yaw_deg": 12.0},
        {"yaw_deg": -12.0},
        {"distance_m": 2.7},
        {"distance_m": 5.0},
        {"person_m": 1.5},
        {"person_m": 1.95},
        {"pitch_deg": 15.0},
        {"pitch_deg": -8.0},
        {"roll_deg": 4.0},
        {"shift_m": (0.4, 0.1), "distance_m": 4.0},
        {"size_px": (640, 480), "distance_m": 4.0},
        {"size_px": (720, 1280), "distance_m": 5.0},
    ],
    ids=str,
)
def test_where_the_camera_stands(exercise_id: str, seen: dict[str, Any]) -> None:
    camera = first_view(exercise_id)
    turned = camera.yaw_deg + seen.get("yaw_deg", 0.0)
    found = verdicts(exercise_id, camera=replace(camera, **{**seen, "yaw_deg": turned}))
    assert found == TWO_CORRECT


@pytest.mark.parametrize("exercise_id", CYCLES)
def test_the_other_way_round_and_mirrored(exercise_id: str) -> None:
    camera = first_view(exercise_id)
    around = replace(camera, yaw_deg=camera.yaw_deg - 180.0)
    assert verdicts(exercise_id, camera=around) == TWO_CORRECT
    assert judge(exercise_id, mirrored(filmed(exercise_id))).verdicts == TWO_CORRECT


def test_a_mirrored_repetition_is_of_the_other_side() -> None:
    frames = movement("hip_abduction", [1, 1, -1], fps=15)
    assert [rep.side for rep in judge("hip_abduction", frames).reps] == ["left", "left", "right"]
    assert [rep.side for rep in judge("hip_abduction", mirrored(frames)).reps] == [
        "right",
        "right",
        "left",
    ]


@pytest.mark.parametrize("exercise_id", CYCLES)
@pytest.mark.parametrize(
    "model", [EXACT, PoseModel(noise_px=4.0, noise_m=0.04)], ids=["exact", "noisy"]
)
def test_noise(exercise_id: str, model: PoseModel) -> None:
    assert verdicts(exercise_id, model=model) == TWO_CORRECT


@pytest.mark.parametrize("exercise_id", CYCLES)
def test_doing_nothing_is_no_repetition(exercise_id: str) -> None:
    noisy = PoseModel(noise_px=4.0, noise_m=0.04)
    frames = movement(exercise_id, [], until_s=8, model=noisy, fps=20)
    assert judge(exercise_id, frames).reps == []


@pytest.mark.parametrize("exercise_id", CYCLES)
def test_half_a_repetition_at_the_end_is_not_counted(exercise_id: str) -> None:
    timing = Timing()
    turn_s = timing.lead_s + timing.rep_s + timing.pause_s + timing.out_s
    frames = movement(exercise_id, twice(exercise_id), timing=timing, until_s=turn_s, fps=15)
    assert len(judge(exercise_id, frames).reps) == 1


@pytest.mark.parametrize("exercise_id", CYCLES)
def test_a_recording_that_begins_in_the_middle(exercise_id: str) -> None:
    """The rest of a movement whose beginning was not filmed is none; the next ones count."""
    timing = Timing()
    middle_s = timing.lead_s + timing.out_s + timing.hold_s / 2
    frames = [
        frame
        for frame in movement(exercise_id, twice(exercise_id), timing=timing)
        if frame.t_s > middle_s
    ]
    assert len(judge(exercise_id, frames).reps) == len(twice(exercise_id)) - 1


def test_a_first_repetition_that_begins_at_once_counts_in_a_recording() -> None:
    timing = Timing(lead_s=0.0)
    assert judge("squat", movement("squat", [1, 1], timing=timing)).verdicts == ["correct"] * 2


def test_a_movement_nobody_saw_is_not_counted_and_the_next_ones_are() -> None:
    timing = Timing(out_s=1.5, hold_s=0.2, back_s=1.5)
    starts = timing.starts_s(3)
    frames = [
        Gap(frame.t_s) if starts[1] + 0.5 < frame.t_s < starts[1] + 2.5 else frame
        for frame in movement("squat", [1, 1, 1], timing=timing)
    ]
    assert len(judge("squat", frames).reps) == 2


@pytest.mark.parametrize("lost_s", [0.1, 0.4])
def test_short_gaps_are_bridged(lost_s: float) -> None:
    frames = [
        Gap(frame.t_s) if frame.t_s % 1.1 < lost_s else frame
        for frame in movement("squat", [1, 1, 1])
    ]
    assert len(judge("squat", frames).reps) == 3


@pytest.mark.parametrize("start_s", [0.0, 3.0, 86_400.0])
def test_when_the_clock_starts_does_not_matter(start_s: float) -> None:
    assert (
        judge("squat", shifted(movement("squat", [1, 1], fps=15), start_s)).verdicts
        == ["correct"] * 2
    )


@pytest.mark.parametrize(
    ("exercise_id", "target", "depth"),
    [
        ("squat", {"knee_flexion": 60.0}, 0.65),
        ("squat", {"knee_flexion": 40.0}, 0.45),
        ("hip_abduction", {"hip_abduction": 15.0}, 0.5),
        ("glute_bridge", {"hip_flexion": 30.0}, 0.45),
        ("seated_knee_extension", {"knee_flexion": 50.0}, 0.5),
        ("shoulder_abduction", {"shoulder_abduction": 45.0}, 0.5),
        ("biceps_curl", {"elbow_flexion": 60.0}, 0.45),
    ],
)
def test_a_small_movement_that_reaches_the_therapists_target_is_correct(
    exercise_id: str, target: dict[str, float], depth: float
) -> None:
    frames = movement(exercise_id, [depth] * 3, fps=15)
    assert judge(exercise_id, frames, Prescription(targets=target)).verdicts == ["correct"] * 3


@pytest.mark.parametrize("moved", CYCLES)
@pytest.mark.parametrize("judged", CYCLES)
def test_another_exercise_is_not_this_one(moved: str, judged: str) -> None:
    if moved == judged or {moved, judged} == {"squat", "sit_to_stand"}:
        return  # the lower half of a squat is a chair's, without the chair
    assert judge(judged, filmed(moved)).reps == []


def _press(depth: float) -> Floats:
    """From bent elbows beside the shoulders to straight arms overhead."""
    pose = Pose(shoulder_abduction=40 + 120 * depth, elbow_flexion=130 - 120 * depth, arm_turn=-90)
    return figure(pose) + np.array((0.0, -0.85, 0.0))


def test_a_press_starts_with_bent_elbows_and_is_no_abduction() -> None:
    frames = movement(
        _press, [1, 1, 1], camera=first_view("shoulder_abduction"), timing=BRISK, fps=15
    )
    assert judge("shoulder_abduction", frames).reps == []


def _bend_down(depth: float) -> Floats:
    """Straight knees, hands to the floor."""
    pose = Pose(
        trunk_lean=80 * depth, hip_flexion=80 * depth, shoulder_flexion=70 * depth, knee_flexion=5
    )
    points = figure(pose)
    return points - points[[27, 28]].mean(0) - np.array((0.0, 0.06, 0.0))


@pytest.mark.parametrize("judged", [i for i in CYCLES if i != "push_up"])
def test_bending_down_is_none_of_them(judged: str) -> None:
    frames = movement(_bend_down, [1, 1, 1], timing=BRISK, fps=15)
    assert judge(judged, frames).reps == []


def _walk_by(depth: float) -> Floats:
    """A stride while passing: knees bend in turn, the hips go on."""
    bent = max(0.0, np.sin(12 * np.pi * depth)) * 60, max(0.0, -np.sin(12 * np.pi * depth)) * 60
    pose = Pose(hip_flexion=(0.6 * bent[0], 0.6 * bent[1]), knee_flexion=bent, elbow_flexion=80)
    return figure(pose) + np.array((0.0, -0.85, 3.0 * depth - 1.5))


@pytest.mark.parametrize("judged", CYCLES)
def test_who_walks_by_does_not_exercise(judged: str) -> None:
    timing = Timing(out_s=3.0, hold_s=0.0, back_s=3.0, pause_s=0.0, lead_s=0.0, tail_s=0.0)
    frames = movement(_walk_by, [1], timing=timing, camera=Camera(90.0, distance_m=6.0), fps=20)
    assert judge(judged, frames).reps == []


def _sidling(depth: float, *, by_m: float) -> Floats:
    """Arms out and back while stepping sideways."""
    return RECIPES["shoulder_abduction"](1.0 - abs(2.0 * depth - 1.0)) + np.array(
        (by_m * depth, 0.0, 0.0)
    )


@pytest.mark.parametrize(("by_m", "count"), [(0.1, 1), (1.2, 0)])
def test_it_is_done_on_the_spot(by_m: float, count: int) -> None:
    timing = Timing(out_s=4.0, hold_s=1.0, back_s=0.1, pause_s=0.0, tail_s=0.0)
    camera = Camera(0.0, distance_m=4.5)
    frames = movement(_sidling, [1], timing=timing, camera=camera, until_s=5.8, fps=15, by_m=by_m)
    assert len(judge("shoulder_abduction", frames).reps) == count


def test_standing_about_is_no_sit_to_stand() -> None:
    assert judge("sit_to_stand", still(8.0)).reps == []


def larger(frames: list[PoseFrame], times: float) -> list[PoseFrame]:
    """The same body so many times larger in the picture, about its middle."""
    middle = np.array((640.0, 360.0))
    return [replace(f, image_px=(f.image_px - middle) * times + middle) for f in frames]


@pytest.mark.parametrize("times", [1.4, 1 / 1.4])
@pytest.mark.parametrize("live", [False, True])
def test_a_camera_that_zooms_between_repetitions_loses_none(times: float, *, live: bool) -> None:
    frames = movement("squat", [1, 1, 0, 1, 1], timing=Timing(lead_s=1.6))
    half_s = Timing(lead_s=1.6).starts_s(3)[-1]
    before = [frame for frame in frames if frame.t_s < half_s]
    after = larger([frame for frame in frames if frame.t_s >= half_s], times)
    assert len(judge("squat", [*before, *after], live=live).reps) == 4


def test_a_person_who_steps_a_metre_closer_is_counted_before_and_after() -> None:
    far, near = Camera(90.0, distance_m=3.5), Camera(90.0, distance_m=2.5)
    first = movement("squat", [1, 1], camera=far)
    step_s = first[-1].t_s + 1 / 30
    steps = [
        photograph(
            RECIPES["squat"](0.0), Camera(90.0, distance_m=3.5 - i / 30), step_s + i / 30, NOISY
        )
        for i in range(30)
    ]
    then = [replace(f, t_s=f.t_s + step_s + 1.0) for f in movement("squat", [1, 1], camera=near)]
    assert len(judge("squat", [*first, *steps, *then]).reps) == 4
