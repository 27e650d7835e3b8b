"""The position in which a movement starts, and gates that hold for its own repetitions and not for other postures."""

from __future__ import annotations

import pytest

from coach.authoring.demonstration import shown_in
from coach.authoring.posture import gates, position
from coach.authoring.watching import Watched
from tests.builders import first_view, movement, stick_figure


@pytest.mark.parametrize(
    ("exercise_id", "expected"),
    [
        ("squat", "standing"),
        ("sit_to_stand", "seated"),
        ("push_up", "prone"),
        ("glute_bridge", "supine"),
        ("seated_knee_extension", "seated"),
    ],
)
def test_the_position_is_recognised(exercise_id: str, expected: str) -> None:
    watched = Watched(movement(exercise_id, [], until_s=0.5, fps=15))
    assert position(watched, [0.2]) == expected


def test_it_does_not_matter_to_which_side_the_head_lies() -> None:
    camera = first_view("glute_bridge")
    turned = type(camera)(yaw_deg=camera.yaw_deg + 180.0)
    watched = Watched(movement("glute_bridge", [], until_s=0.5, fps=15, camera=turned))
    assert position(watched, [0.2]) == "supine"


def test_gates_are_wide_and_name_start_and_turn() -> None:
    shown = shown_in(Watched(movement("squat", [1.0, 1.0], fps=15)))
    found = {(gate.measure, gate.when): gate for gate in gates(shown.watched, shown.cycles)}
    trunk = found["trunk_lean", "start"]
    assert trunk.min is None
    assert trunk.max is not None
    assert 30 <= trunk.max <= 50
    knee = found["knee_flexion", "turn"]
    assert knee.min is None
    assert knee.max is None or knee.max > 110


def test_what_is_hidden_has_no_gate() -> None:
    frames = movement("biceps_curl", [1.0, 1.0], fps=15)
    low = [
        type(frame)(
            frame.t_s,
            frame.image_px,
            frame.world_m,
            frame.visibility * [0.0 if i >= 25 else 1.0 for i in range(33)],
            frame.size_px,
        )
        for frame in frames
    ]
    shown = shown_in(Watched(low))
    assert {gate.measure for gate in gates(shown.watched, shown.cycles)} <= {"trunk_lean"}


def test_one_still_figure_stands() -> None:
    assert position(Watched([stick_figure(view="side")]), [0.0]) == "standing"
