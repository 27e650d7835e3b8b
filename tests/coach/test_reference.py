"""Reference movements: bad ones are refused, and they can be seen from anywhere."""

from __future__ import annotations

import numpy as np
import pytest

from coach.errors import MediaError
from coach.reference import ReferenceMovement
from scripts.references.figure import Pose, figure


def movement(
    world_m: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    duration_s: float = 3.0,
    yaw_deg: float = 90.0,
) -> ReferenceMovement:
    return ReferenceMovement("squat", world_m, duration_s, yaw_deg)


TWO = np.stack([figure(Pose()), figure(Pose(knee_flexion=60))])


def test_from_the_side_the_left_is_near_and_they_look_to_the_left() -> None:
    side = movement(TWO).seen_from()
    assert side[0, 11, 2] < side[0, 12, 2]
    assert side[0, 0, 0] < side[0, 11, 0] - 0.05


def test_from_the_front_it_is_as_stored() -> None:
    assert np.allclose(movement(TWO).seen_from(0.0), TWO)


@pytest.mark.parametrize("yaw_deg", [30.0, 180.0, -90.0])
def test_turning_changes_no_length_and_no_height(yaw_deg: float) -> None:
    seen = movement(TWO).seen_from(yaw_deg)
    assert np.allclose(seen[..., 1], TWO[..., 1])
    assert np.allclose(np.linalg.norm(seen, axis=-1), np.linalg.norm(TWO, axis=-1))


@pytest.mark.parametrize(
    ("world_m", "duration_s", "message"),
    [
        (TWO[0], 3.0, "should have shape"),
        (TWO[:1], 3.0, "F at least 2"),
        (TWO[:, :32], 3.0, "should have shape"),
        (TWO * np.nan, 3.0, "not finite"),
        (TWO, 0.0, "not finite"),
    ],
)
def test_bad_ones(
    world_m: np.ndarray[tuple[int, ...], np.dtype[np.float64]], duration_s: float, message: str
) -> None:
    with pytest.raises(MediaError, match=message):
        movement(world_m, duration_s)
