"""Timed holds: seconds in position, a grace for a wobble, nothing counted out of position."""

from __future__ import annotations

import pytest

from coach.holds import Held, HoldState, end, step


def played(pattern: str, grace_s: float = 1.0, dt_s: float = 0.2) -> tuple[list[Held], HoldState]:
    """One character a frame: `#` in position, `.` out of it."""
    state, found = HoldState(), []
    for i, mark in enumerate(pattern):
        held = step(state, round(i * dt_s, 3), grace_s, in_position=mark == "#")
        if held:
            found.append(held)
    return found, state


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        ("..........", []),
        ("##########", []),  # still holding
        ("###########.......", [2.0]),
        ("######..######.......", [2.0]),  # a wobble within the grace is forgiven, and not counted
        ("######.......######.......", [1.0, 1.0]),
        ("#####.......###.......", []),  # who passes through is not holding
    ],
)
def test_holds(pattern: str, held: list[float]) -> None:
    assert [hold.held_s for hold in played(pattern)[0]] == pytest.approx(held)


def test_it_starts_when_the_position_is_taken() -> None:
    (hold,), _ = played("..########.......")
    assert hold.start_s == pytest.approx(0.4)


def test_without_grace_the_first_lost_frame_but_one_ends_it() -> None:
    found, _ = played("#######..####", grace_s=0.0)
    assert [hold.held_s for hold in found] == pytest.approx([1.2])


@pytest.mark.parametrize("dt_s", [1 / 60, 1 / 10, 0.13])
def test_the_frame_rate_does_not_matter(dt_s: float) -> None:
    frames = round(4.0 / dt_s)
    _, state = played("#" * (frames + 1), dt_s=dt_s)
    assert state.held_s == pytest.approx(4.0, abs=2 * dt_s)


def test_closing_an_open_hold() -> None:
    _, state = played("###########")
    assert end(state) == Held(0.0, 2.0)
    assert end(state) is None
    assert state.held_s == 0.0
