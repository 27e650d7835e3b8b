"""Where and when: phases of a movement, and which deviations are told."""

from __future__ import annotations

import numpy as np

from coach.comparing.deviations import PHASES, phases, worst
from coach.comparing.features import BY_NAME, FEATURES, STEPS, Motion

COLUMN = {name: column for column, name in enumerate(BY_NAME)}
EVERY_PHASE = np.repeat(np.arange(4), STEPS // 4)


def there_and_back() -> Motion:
    deg = np.zeros((STEPS, len(FEATURES)))
    deg[:, COLUMN["left_knee_flexion"]] = 80 * np.sin(np.linspace(0, np.pi, STEPS))
    return Motion(deg, np.ones(len(FEATURES)), 0.0)


def told(**deg_at_turn: float) -> dict[str, tuple[str, float]]:
    """What is told of deviations that there are at the turn only, of which 10 degrees are forgiven."""
    deg = np.zeros((STEPS, len(FEATURES)))
    for name, value in deg_at_turn.items():
        deg[EVERY_PHASE == 2, COLUMN[name]] = value
    ten = np.full(len(FEATURES), 10.0)
    found = worst(deg, ten, np.ones(len(FEATURES)), EVERY_PHASE)
    return {one.angle: (one.phase, one.deviation_deg) for one in found}


def test_a_movement_starts_goes_out_turns_and_comes_back() -> None:
    order = [PHASES[index] for index in phases(there_and_back())]
    changes = [name for i, name in enumerate(order) if i == 0 or name != order[i - 1]]
    assert changes == ["start", "out", "turn", "back", "start"]


def test_the_largest_comes_first_with_its_sign() -> None:
    found = told(trunk_forward=14.0, left_knee_flexion=-30.0)
    assert list(found.items()) == [
        ("left_knee_flexion", ("turn", -30.0)),
        ("trunk_forward", ("turn", 14.0)),
    ]


def test_what_is_forgiven_is_not_told() -> None:
    assert not told(trunk_forward=9.0)


def test_of_each_part_only_the_largest_is_told() -> None:
    assert list(told(left_thigh_up=30.0, left_thigh_forward=40.0)) == ["left_thigh_forward"]


def test_a_consequence_is_left_to_its_cause() -> None:
    assert not told(left_hip_flexion=40.0)


def test_what_is_hardly_seen_is_not_told() -> None:
    deg, ten = np.full((STEPS, len(FEATURES)), 50.0), np.full(len(FEATURES), 10.0)
    assert not worst(deg, ten, np.full(len(FEATURES), 0.3), EVERY_PHASE)
