"""Form checks: outside the bounds for long enough, in the right phase and view, and never about what is not seen."""

from __future__ import annotations

from typing import Any

import pytest

from coach.body import Body, frame_scale_px
from coach.checks import Checks, CheckState
from coach.events import FaultSeen
from coach.exercise import Check
from coach.landmarks import Landmark
from coach.measures import Sight
from tests.builders import Camera, PoseModel, stick_figure

LEAN: dict[str, Any] = {
    "id": "trunk_forward",
    "cue": "chest_up",
    "measure": "trunk_lean",
    "max": 40.0,
    "for_s": 0.3,
}
UNSEEN = PoseModel(hidden=tuple(Landmark(i) for i in (11, 12, 23, 24)))


def sight(lean_deg: float, view: str = "side", model: PoseModel | None = None) -> Sight:
    frame = stick_figure(
        camera=Camera(90.0, perspective=False), model=model or PoseModel(), trunk_lean=lean_deg
    )
    return Sight(Body(frame, frame_scale_px(frame)), view, {}, {})


def faults(
    leans: list[float],
    phase: str = "lower",
    view: str = "side",
    base: float | None = None,
    dt_s: float = 0.1,
    **changed: Any,
) -> list[FaultSeen]:
    checks = Checks((Check(**{**LEAN, **changed}),))
    states: list[CheckState] = checks.fresh()
    if base is not None:
        checks.rest(states, sight(base, view), "both")
    return [
        fault
        for i, lean in enumerate(leans)
        for fault in checks.step(states, sight(lean, view), "both", phase, i * dt_s)
    ]


def test_within_the_bounds_is_silence() -> None:
    assert faults([0, 20, 39, 39, 39, 39]) == []


def test_it_fails_once_after_its_time() -> None:
    (fault,) = faults([0, 50, 50, 50, 50, 50, 50])
    assert fault == FaultSeen(pytest.approx(0.4), "trunk_forward", "both", "lower", 50.0, 40.0)


def test_a_moment_is_no_fault() -> None:
    assert faults([0, 50, 50, 0, 50, 50, 0]) == []


def test_recovering_needs_some_slack_and_then_it_may_fail_again() -> None:
    assert len(faults([50] * 5 + [39] * 3 + [50] * 5)) == 1
    assert len(faults([50] * 5 + [30] * 3 + [50] * 5)) == 2


def test_who_starts_the_next_repetition_still_leaning_has_a_fault_in_that_one_too() -> None:
    checks = Checks((Check(**LEAN),))
    states = checks.fresh()
    found = []
    for i in range(12):
        if i == 6:
            checks.rest(states, sight(50), "both")
        found += [
            fault.t_s
            for fault in checks.step(states, sight(50), "both", "lower", round(i * 0.1, 1))
        ]
    assert found == pytest.approx([0.3, 0.9])


@pytest.mark.parametrize("dt_s", [1 / 60, 1 / 10])
def test_its_time_is_seconds_not_frames(dt_s: float) -> None:
    assert len(faults([50] * round(0.6 / dt_s), dt_s=dt_s)) == 1
    assert faults([50] * round(0.2 / dt_s), dt_s=dt_s) == []


def test_other_phases_and_views_are_not_judged() -> None:
    assert faults([50] * 6, phase="stand", phases=("lower", "bottom")) == []
    assert faults([50] * 6, view="front", views=("side",)) == []
    assert len(faults([50] * 6, phase="bottom", phases=("lower", "bottom"))) == 1


def test_too_little_fails_as_well() -> None:
    (fault,) = faults([50, 5, 5, 5, 5], min=10.0, max=None)
    assert (fault.value, fault.bound) == (5.0, 10.0)


def test_relative_to_the_start_position() -> None:
    assert faults([50] * 6, base=30.0, relative=True) == []
    assert len(faults([50] * 6, base=5.0, relative=True)) == 1
    assert faults([50] * 6, relative=True) == []  # the start position was never seen


def test_no_check_speaks_about_what_the_camera_cannot_see() -> None:
    checks = Checks((Check(**LEAN),))
    states = checks.fresh()
    assert [
        f
        for i in range(9)
        for f in checks.step(states, sight(60, model=UNSEEN), "both", "lower", i / 10)
    ] == []


def test_each_check_has_its_cue() -> None:
    assert Checks((Check(**LEAN),)).cues == {"trunk_forward": "chest_up"}


def test_speed_is_that_of_the_movement_and_needs_no_limb() -> None:
    drop = Checks((Check(id="drop", cue="slowly", measure="speed", max=1.5, for_s=0.1),))
    states = drop.fresh()
    unseen = sight(0, model=UNSEEN)
    found = [
        fault
        for i, speed in enumerate([0.5, -2.0, -2.0, -2.0])
        for fault in drop.step(states, unseen, "both", "lower", i * 0.1, speed)
    ]
    assert [(fault.check, fault.t_s) for fault in found] == [("drop", pytest.approx(0.2))]
