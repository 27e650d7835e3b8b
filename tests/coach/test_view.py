"""From where the person is seen: three classes, slow to change, the same at every frame rate."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pytest

from coach.frame import PoseFrame
from coach.view import ViewState, observe, turned_deg
from scripts.references.figure import Pose, figure
from tests.builders import EXACT, NOISY, Camera, PoseModel, photograph

BODY = figure(Pose())


def facing(
    yaw_deg: float,
    seconds: float,
    *,
    from_s: float = 0.0,
    fps: float = 30.0,
    model: PoseModel = EXACT,
) -> list[PoseFrame]:
    rng = np.random.default_rng(3)
    times = [from_s + i / fps for i in range(round(seconds * fps))]
    return [photograph(BODY, Camera(yaw_deg), t_s, model, rng=rng) for t_s in times]


def seen(frames: Iterable[PoseFrame], state: ViewState | None = None) -> ViewState:
    state = state or ViewState()
    for frame in frames:
        observe(state, frame)
    return state


@pytest.mark.parametrize(
    ("yaw_deg", "view"),
    [
        (0, "front"),
        (15, "front"),
        (-20, "front"),
        (180, "front"),
        (165, "front"),
        (40, "oblique"),
        (-45, "oblique"),
        (135, "oblique"),
        (70, "side"),
        (90, "side"),
        (-90, "side"),
        (100, "side"),
    ],
)
def test_classes(yaw_deg: float, view: str) -> None:
    assert seen(facing(yaw_deg, 1.0)).view == view


@pytest.mark.parametrize(
    ("yaw_deg", "turned"),
    [
        (0, 0),
        (180, 0),
        (-180, 0),
        (90, 90),
        (-90, 90),
        (30, 30),
        (150, 30),
        (-150, 30),
        (270, 90),
        (-225, 45),
    ],
)
def test_turned(yaw_deg: float, turned: float) -> None:
    assert turned_deg(yaw_deg) == pytest.approx(turned)


def test_before_the_first_frame_it_is_unknown() -> None:
    assert ViewState().view == "unknown"
    assert math.isnan(ViewState().scale_px)


@pytest.mark.parametrize(
    ("first", "then", "view"),
    [(20, 33, "front"), (70, 52, "side"), (45, 28, "oblique"), (45, 58, "oblique")],
)
def test_a_view_once_seen_is_kept_a_little_beyond_its_border(
    first: float, then: float, view: str
) -> None:
    state = seen(facing(first, 8.0))
    assert seen(facing(then, 8.0, from_s=8.0), state).view == view


def test_one_wild_second_changes_nothing() -> None:
    state = seen(facing(90, 6.0))
    assert seen(facing(0, 1.0, from_s=6.0), state).view == "side"


def test_who_turns_for_good_is_followed() -> None:
    state = seen(facing(90, 6.0))
    assert seen(facing(0, 8.0, from_s=6.0), state).view == "front"


@pytest.mark.parametrize("fps", [10, 15, 60])
def test_the_frame_rate_does_not_matter(fps: float) -> None:
    slow, fast = (seen(facing(42, 4.0, fps=rate, model=NOISY)) for rate in (30, fps))
    assert slow.view == fast.view
    assert fast.scale_px == pytest.approx(slow.scale_px, rel=0.02)
    assert len(fast.scales) <= 60


def test_memory_is_bounded() -> None:
    state = seen(facing(0, 20.0, fps=20))
    assert len(state.scales) == len(state.yaw_x) == len(state.yaw_z) == 60


def test_a_body_without_extent_is_passed_over() -> None:
    frame = PoseFrame.checked(0.0, np.zeros((33, 2)), np.zeros((33, 3)), np.ones(33), (640, 480))
    assert seen([frame]).view == "unknown"
