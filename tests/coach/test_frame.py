"""A frame dies where it is born when it is wrong, with a sentence that says how."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from coach.errors import FrameError
from coach.frame import PoseFrame

GOOD: dict[str, Any] = {
    "t_s": 1.5,
    "image_px": np.zeros((33, 2)),
    "world_m": np.zeros((33, 3)),
    "visibility": np.ones(33),
    "size_px": (640, 480),
}


def _with(array: np.ndarray[Any, Any], value: float) -> np.ndarray[Any, Any]:
    spoilt = array.copy()
    spoilt.flat[7] = value
    return spoilt


def test_plain_lists_and_other_number_types_are_welcome() -> None:
    frame = PoseFrame.checked(
        1,
        [[1, 2]] * 33,
        np.ones((33, 3), np.float32),
        [1] * 33,
        (640.0, 480.0),  # type: ignore[arg-type]
    )
    assert frame.image_px.dtype == frame.world_m.dtype == frame.visibility.dtype == np.float64
    assert frame.image_px[32].tolist() == [1, 2]
    assert frame.size_px == (640, 480)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("image_px", np.zeros((32, 2)), r"image_px should have shape \(33, 2\), but has \(32, 2\)"),
        ("image_px", np.zeros((33, 3)), r"image_px should have shape \(33, 2\), but has \(33, 3\)"),
        ("world_m", np.zeros((33, 2)), r"world_m should have shape \(33, 3\)"),
        ("world_m", [], r"world_m should have shape \(33, 3\), but has \(0,\)"),
        ("visibility", np.zeros(34), r"visibility should have shape \(33,\)"),
        ("visibility", "seen", "visibility should hold numbers"),
        ("world_m", [[1], [1, 2]], "world_m should hold numbers"),
        ("image_px", _with(np.zeros((33, 2)), np.nan), "image_px should hold finite numbers only"),
        ("world_m", _with(np.zeros((33, 3)), np.inf), "world_m should hold finite numbers only"),
        ("visibility", _with(np.ones(33), -np.inf), "visibility should hold finite numbers only"),
        ("t_s", np.nan, "t_s should be a finite number of seconds"),
        ("t_s", np.inf, "t_s should be a finite number of seconds"),
        ("size_px", (0, 480), "size_px should be a positive width and height"),
    ],
)
def test_what_is_wrong_is_said(field: str, value: object, message: str) -> None:
    with pytest.raises(FrameError, match=message):
        PoseFrame.checked(**{**GOOD, field: value})


def test_infinities_that_cancel_are_found() -> None:
    world = np.zeros((33, 3))
    world[0, 0], world[1, 0] = np.inf, -np.inf
    with pytest.raises(FrameError, match="world_m"):
        PoseFrame.checked(**{**GOOD, "world_m": world})
