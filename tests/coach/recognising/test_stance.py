"""Where a body rests, and which positions that suits."""

from __future__ import annotations

import math

import pytest

from coach.body import Body, frame_scale_px
from coach.frame import PoseFrame
from coach.measures import Sight
from coach.recognising.stance import Stance, stance, suits, usual
from tests.builders import load, movement, stick_figure

UNKNOWN = Stance(math.nan, math.nan)


def _stance(frame: PoseFrame) -> Stance:
    return stance(Sight(Body(frame, frame_scale_px(frame)), "side", {}, {}))


@pytest.mark.parametrize(
    ("what", "lying", "sitting"),
    [("squat", 0.0, 0.0), ("sit_to_stand", 0.0, 1.0), ("glute_bridge", 1.0, 1.0)],
)
def test_the_start_positions(what: str, lying: float, sitting: float) -> None:
    assert _stance(movement(what, [])[0]) == Stance(lying, sitting)


def test_what_is_not_seen_says_nothing() -> None:
    assert math.isnan(usual([]).lying)
    assert usual([UNKNOWN, Stance(1.0, math.nan)]).lying == 1.0
    assert suits(load("squat"), UNKNOWN, "side") == 1.0


def test_leaning_is_some_of_both() -> None:
    assert 0.0 < _stance(stick_figure(view="side", trunk_lean=45.0)).lying < 1.0


def test_the_position_and_view_that_were_asked_for_suit_best() -> None:
    sitting = Stance(0.0, 1.0)
    assert suits(load("sit_to_stand"), sitting, "side") == 1.0
    assert suits(load("sit_to_stand"), sitting, "front") < 1.0
    assert suits(load("squat"), sitting, "side") < suits(load("sit_to_stand"), sitting, "front")
    assert suits(load("push_up"), sitting, "side") < 0.5
