"""Why a clip was not counted exactly."""

from __future__ import annotations

import msgspec
import pytest

from coach.commands.evaluating.causes import CAUSES, cause_of
from coach.commands.evaluating.counts import Label, Outcome
from coach.exercise import Exercise, Gate
from coach.frame import PoseFrame
from coach.stream import Gap
from tests.builders import load, movement

SQUAT = load("squat")


def cause(
    frames: list[PoseFrame | Gap], true: int, counted: int, exercise: Exercise = SQUAT
) -> str:
    return cause_of(Outcome(Label("a", "squat", true), counted), frames, exercise).cause


def squats(*depths: float) -> list[PoseFrame | Gap]:
    return list(movement("squat", depths, fps=15))


def test_more_than_labelled_is_extra() -> None:
    assert cause(squats(1, 1), 1, 2) == "extra"


def test_a_gate_that_forbids_is_posture() -> None:
    strict = msgspec.structs.replace(
        SQUAT, gates=(Gate(measure="trunk_lean", max=1.0, when="turn"),)
    )
    assert cause(squats(1, 1), 2, 0, strict) == "posture"


def test_a_movement_that_is_too_small_is_shallow() -> None:
    assert cause(squats(0.28, 0.28), 2, 0) == "shallow"


def test_nobody_to_be_seen_is_unseen_and_nothing_moving_is_signal() -> None:
    nobody: list[PoseFrame | Gap] = [Gap(i / 15) for i in range(90)]
    assert cause([*squats(), *nobody], 2, 0) == "unseen"
    assert cause(squats(), 2, 0) == "signal"


@pytest.mark.parametrize("name", CAUSES)
def test_every_cause_is_named_once(name: str) -> None:
    assert CAUSES.count(name) == 1
