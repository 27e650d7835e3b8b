"""Held gestures: what counts as one, and that no exercise makes its own by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exercise import Gesture
from coach.exercise_rules import problems
from coach.frame import PoseFrame
from coach.gestures import GESTURES, HELD_S, longest_s, shows, within
from coach.landmarks import COUNT, Landmark, of
from poses import catalogue

SEEN = np.ones(COUNT)


def body(**moved: tuple[float, float]) -> np.ndarray:
    """Someone who stands and faces the camera, 200 pixels from shoulder to hip; `moved` moves landmarks."""
    points = np.full((COUNT, 2), 300.0)
    for side, sign in (("left", 1), ("right", -1)):
        for part, y in (("shoulder", 200), ("elbow", 290), ("wrist", 370), ("hip", 400)):
            points[of(side, part)] = 300 + 65 * sign, y  # type: ignore[arg-type]
    points[Landmark.NOSE] = 300, 130
    for name, place in moved.items():
        points[Landmark[name.upper()]] = place
    return points


UP = {"left_elbow": (370.0, 110.0), "left_wrist": (372.0, 30.0)}
BOTH_UP = {**UP, "right_elbow": (230.0, 110.0), "right_wrist": (228.0, 30.0)}
CROSSED = {"left_wrist": (250.0, 210.0), "right_wrist": (350.0, 210.0)}


@pytest.mark.parametrize(
    ("moved", "gesture"),
    [({}, None), (UP, "hand_up"), (BOTH_UP, "hands_up"), (CROSSED, "arms_crossed")],
)
def test_each_gesture_is_itself_and_no_other(
    moved: dict[str, tuple[float, float]], gesture: Gesture | None
) -> None:
    found = [one for one in GESTURES if shows(one, body(**moved), SEEN)]
    assert found == ([gesture] if gesture else [])


@given(st.floats(0.1, 5.0), st.floats(-500, 500), st.booleans())
def test_neither_distance_nor_place_nor_mirror_matters(
    scale: float, shift: float, mirrored: bool
) -> None:
    for moved in ({}, UP, BOTH_UP, CROSSED):
        points = body(**moved)
        other = points * scale + shift
        if mirrored:
            other[:, 0] *= -1
        assert [shows(one, other, SEEN) for one in GESTURES] == [
            shows(one, points, SEEN) for one in GESTURES
        ]


def test_a_hand_that_is_not_seen_says_nothing() -> None:
    hidden = SEEN.copy()
    hidden[Landmark.LEFT_WRIST] = 0.2
    assert not shows("hand_up", body(**UP), hidden)


def frames(flags: Iterable[bool], fps: float = 10.0) -> list[PoseFrame]:
    one = PoseFrame(0.0, body(), np.zeros((COUNT, 3)), SEEN, (640, 480))
    return [
        dataclasses.replace(one, t_s=i / fps, image_px=body(**(UP if up else {})))
        for i, up in enumerate(flags)
    ]


def test_a_gesture_is_held_without_a_break() -> None:
    assert longest_s("hand_up", frames([True] * 8 + [False] + [True] * 5)) == pytest.approx(0.7)
    assert longest_s("hand_up", frames([True] * 15)) > HELD_S


@pytest.mark.parametrize("exercise_id", catalogue.ids())
def test_no_exercise_makes_its_own_gesture(exercise_id: str) -> None:
    exercise = catalogue.load(exercise_id)
    assert not within(exercise, catalogue.reference(exercise_id), exercise.gesture)


def test_a_gesture_within_the_movement_is_found() -> None:
    assert within(catalogue.load("bench_press"), catalogue.reference("bench_press"), "hands_up")
    assert within(
        catalogue.load("shoulder_press"), catalogue.reference("shoulder_press"), "hand_up"
    )


def test_who_raises_the_arms_to_exercise_cannot_raise_one_to_pause() -> None:
    wrong = msgspec.structs.replace(catalogue.load("shoulder_flexion"), gesture="hand_up")
    assert "$.gesture" in [problem.place for problem in problems(wrong)]
