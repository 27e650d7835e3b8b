"""Posture gates: what must hold of the body for a movement to be this exercise at all."""

from __future__ import annotations

from typing import Any

import pytest

from coach.body import Body, frame_scale_px
from coach.exercise import Gate
from coach.gates import Gates, GateState, all_hold, holds
from coach.landmarks import Landmark
from coach.measures import Sight
from tests.builders import Camera, PoseModel, stick_figure

UNSEEN = PoseModel(hidden=tuple(Landmark(i) for i in (11, 12, 23, 24)))


def sight(lean_deg: float, model: PoseModel | None = None) -> Sight:
    frame = stick_figure(
        camera=Camera(90.0, perspective=False), model=model or PoseModel(), trunk_lean=lean_deg
    )
    return Sight(Body(frame, frame_scale_px(frame)), "side", {}, {})


def gate(**changed: Any) -> Gate:
    return Gate(measure="trunk_lean", **changed)


@pytest.mark.parametrize(
    ("bounds", "lean_deg", "result"),
    [
        ({"max": 45.0}, 30, True),
        ({"max": 45.0}, 50, False),
        ({"min": 50.0}, 85, True),
        ({"min": 50.0}, 10, False),
        ({"min": 10.0, "max": 20.0}, 15, True),
        ({"min": 10.0, "max": 20.0}, 25, False),
    ],
)
def test_bounds(bounds: dict[str, float], lean_deg: float, *, result: bool) -> None:
    assert holds(gate(**bounds), sight(lean_deg), "both") is result


def test_what_is_not_seen_forbids_nothing_unless_it_is_essential() -> None:
    assert holds(gate(max=45.0), sight(80, UNSEEN), "both") is None
    assert holds(gate(max=45.0, essential=True), sight(0, UNSEEN), "both") is False


def test_relative_gates_count_from_the_start_position() -> None:
    relative = gate(relative=True, min=-10.0, max=10.0)
    base = {"trunk_lean None None same": 30.0}
    assert holds(relative, sight(35), "both", base) is True
    assert holds(relative, sight(55), "both", base) is False
    assert (
        holds(relative, sight(55), "both") is True
    )  # no start position was seen: nothing to compare with


def test_all_hold() -> None:
    gates = (gate(max=45.0), gate(min=5.0))
    assert all_hold(gates, sight(20), "both")
    assert not all_hold(gates, sight(2), "both")
    assert all_hold(gates, sight(80, UNSEEN), "both")
    assert all_hold((), sight(80), "both")


def turned(leans_deg: list[float], turn: int, fps: float = 30.0) -> bool:
    """Whether a movement through these leans, furthest at frame `turn`, passes a turn gate of 45 degrees at most."""
    gates = Gates((gate(max=45.0, when="turn"),), drift_m=0.3)
    state = GateState()
    for i, lean_deg in enumerate(leans_deg[: turn + 1]):
        gates.move(state, sight(lean_deg), "both", i / fps, 1 / fps, at_turn=i == turn)
    return gates.objection(state) is None


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_the_turn_is_judged_over_a_tenth_of_a_second(fps: float) -> None:
    frames = round(0.2 * fps)
    assert turned([20.0] * frames + [60.0], frames, fps)  # one trembling frame
    assert not turned([60.0] * frames, frames - 1, fps)
    assert turned([60.0] * frames + [20.0] * frames, 2 * frames - 1, fps)
