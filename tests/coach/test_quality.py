"""What is still missing before the exercise may start, as keys of hints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from coach.body import Body, frame_scale_px
from coach.events import Angle
from coach.landmarks import Landmark
from coach.level import LevelState
from coach.quality import ADVICE, guide
from coach.view import ViewState
from tests.builders import EXACT, PoseModel, first_view, load, movement, stick_figure


def hints(
    exercise_id: str, view: str = "side", model: PoseModel = EXACT, **seen: Any
) -> tuple[str, ...]:
    camera = replace(first_view(exercise_id), **seen)
    frame = stick_figure(camera=camera, model=model)
    return guide(load(exercise_id), Body(frame, frame_scale_px(frame)), ViewState(view=view))


@pytest.mark.parametrize("exercise_id", ["squat", "biceps_curl"])
def test_in_place_there_is_nothing_to_say(exercise_id: str) -> None:
    assert hints(exercise_id) == ()


@pytest.mark.parametrize(
    "exercise_id",
    [
        "squat",
        "sit_to_stand",
        "hip_abduction",
        "glute_bridge",
        "seated_knee_extension",
        "shoulder_abduction",
        "push_up",
        "plank",
    ],
)
def test_every_exercise_can_be_set_up_where_its_file_says(exercise_id: str) -> None:
    exercise = load(exercise_id)
    frame = movement(exercise_id, [], until_s=0.1)[0]
    view = ViewState(view=exercise.camera.views[0])
    assert guide(exercise, Body(frame, frame_scale_px(frame)), view) == ()


@pytest.mark.parametrize(
    ("seen", "hint"),
    [
        ({"distance_m": 1.2}, "step_back"),
        ({"distance_m": 14.0}, "step_closer"),
        ({"shift_m": (2.0, 0.0)}, "move_to_middle"),
        ({"shift_m": (-2.0, 0.0)}, "move_to_middle"),
    ],
)
def test_distance_and_place(seen: dict[str, Any], hint: str) -> None:
    assert hints("squat", **seen)[0] == hint


def test_hidden_parts_are_named() -> None:
    legs = (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE, Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)
    assert hints("squat", model=PoseModel(hidden=legs)) == ("show_knee", "show_ankle")


def test_one_hidden_side_is_enough_seen_from_the_side() -> None:
    assert hints("squat", model=PoseModel(hidden=(Landmark.RIGHT_ANKLE, Landmark.RIGHT_KNEE))) == ()


@pytest.mark.parametrize(
    ("exercise_id", "view", "turn"),
    [
        ("glute_bridge", "front", "turn_side"),
        ("plank", "oblique", "turn_side"),
        ("hip_abduction", "side", "turn_front"),
        ("sit_to_stand", "front", "turn_side"),
    ],
)
def test_which_way_to_turn(exercise_id: str, view: str, turn: str) -> None:
    assert turn in hints(exercise_id, view)


@pytest.mark.parametrize(
    ("exercise_id", "roll_deg", "said"),
    [("squat", 6, False), ("squat", 9, True), ("squat", -9, True), ("plank", 9, False)],
)
def test_a_tilted_camera_is_to_be_set_straight(
    exercise_id: str, roll_deg: float, said: bool
) -> None:
    exercise, frame = load(exercise_id), movement(exercise_id, [], until_s=0.1)[0]
    view = ViewState(view=exercise.camera.views[0], level=LevelState(roll_deg=roll_deg))
    hints = guide(exercise, Body(frame, frame_scale_px(frame)), view)
    assert hints == (("level_camera",) if said else ())


@pytest.mark.parametrize(
    ("exercise_id", "pitch", "said"),
    [
        ("squat", None, ()),
        ("squat", Angle(20.0, 9.0), ()),
        ("squat", Angle(26.0, 9.0), ("lower_camera",)),
        ("squat", Angle(26.0, 14.0), ()),
        ("squat", Angle(-26.0, 9.0), ("raise_camera",)),
        ("plank", Angle(26.0, 9.0), ()),
    ],
)
def test_a_camera_far_above_or_below_is_said_only_where_it_is_sure(
    exercise_id: str, pitch: Angle | None, said: tuple[str, ...]
) -> None:
    exercise, frame = load(exercise_id), movement(exercise_id, [], until_s=0.1)[0]
    view = ViewState(view=exercise.camera.views[0], level=LevelState(pitch=pitch))
    assert guide(exercise, Body(frame, frame_scale_px(frame)), view) == said
    assert ADVICE.issuperset(said)
