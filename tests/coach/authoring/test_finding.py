"""Finding repetitions without a definition: the majority counts, and who moves is seen."""

from __future__ import annotations

import pytest

from coach.authoring.finding import find, who_moves
from coach.authoring.watching import Watched
from coach.errors import MovementError
from tests.builders import Timing, mirrored, movement, still


@pytest.mark.parametrize("count", [2, 3, 5])
def test_the_measures_agree_on_the_count(count: int) -> None:
    found = find(Watched(movement("squat", [1.0] * count, fps=15, timing=Timing.lasting(2.0))))
    assert found.count == count
    assert all(follower.count == count for follower in found.followers)
    assert len(found.followers) >= 3


def test_the_leader_goes_from_rest_to_full() -> None:
    lead = find(Watched(movement("biceps_curl", [1.0, 1.0], fps=15))).followers[0]
    progress = lead.progress()
    assert progress[:5].mean() < 0.2
    assert progress.max() > 0.9


@pytest.mark.parametrize(
    ("depths", "sides"),
    [([1.0, 1.0], "left"), ([-1.0, -1.0], "right"), ([1.0, -1.0, 1.0, -1.0], "alternating")],
)
def test_one_leg_or_the_two_in_turn(depths: list[float], sides: str) -> None:
    frames = movement("hip_abduction", depths, fps=15)
    assert who_moves(Watched(frames)) == sides
    opposite = {"left": "right", "right": "left"}.get(sides, sides)
    assert who_moves(Watched(mirrored(frames))) == opposite


def test_both_arms_together_are_both() -> None:
    assert who_moves(Watched(movement("shoulder_abduction", [1.0, 1.0], fps=15))) == "both"


def test_somebody_who_stands_still_repeats_nothing() -> None:
    with pytest.raises(MovementError, match="at least twice"):
        find(Watched(still(4.0, fps=15)))
