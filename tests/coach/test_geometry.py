"""Plane and space geometry: known values, signs, and that bad points poison only their own result."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.geometry import Vec, angle_deg, midpoint, turn_deg, wrap_deg

RIGHT, DOWN, LEFT, UP = Vec(1, 0), Vec(0, 1), Vec(-1, 0), Vec(0, -1)
coordinate = st.floats(-1e3, 1e3, allow_nan=False)
direction = st.builds(Vec, coordinate, coordinate).filter(lambda v: v.length() > 1e-3)


@pytest.mark.parametrize(
    ("u", "v", "deg"),
    [
        (RIGHT, RIGHT, 0),
        (
            RIGHT,
            DOWN,
            90,
        ),  # y points down, so a turn from right to down is clockwise in the picture
        (RIGHT, UP, -90),
        (DOWN, LEFT, 90),
        (RIGHT, Vec(1, 1), 45),
        (Vec(3, 0), Vec(-1, math.sqrt(3)), 120),
        (RIGHT, LEFT, 180),
    ],
)
def test_turn(u: Vec, v: Vec, deg: float) -> None:
    assert turn_deg(u, v) == pytest.approx(deg)


def test_turn_of_nothing_is_zero() -> None:
    assert turn_deg(Vec(0, 0), RIGHT) == 0.0


def test_turn_keeps_its_precision_where_acos_loses_it() -> None:
    tiny = 1e-9
    assert turn_deg(RIGHT, Vec(1, tiny)) == pytest.approx(math.degrees(tiny), rel=1e-6)
    assert 180 - turn_deg(RIGHT, Vec(-1, tiny)) == pytest.approx(math.degrees(tiny), rel=1e-3)


@given(direction, direction)
def test_turning_back_is_the_opposite(u: Vec, v: Vec) -> None:
    there, back = turn_deg(u, v), turn_deg(v, u)
    assert there == pytest.approx(-back) or abs(there) == pytest.approx(180)


@given(direction, direction, st.floats(0.1, 50), st.floats(-180, 180))
def test_size_and_rotation_of_the_picture_change_no_angle(
    u: Vec, v: Vec, scale: float, by: float
) -> None:
    cos, sin = math.cos(math.radians(by)), math.sin(math.radians(by))

    def moved(w: Vec) -> Vec:
        return Vec(scale * (w.x * cos - w.y * sin), scale * (w.x * sin + w.y * cos))

    difference = wrap_deg(turn_deg(moved(u), moved(v)) - turn_deg(u, v))
    assert difference == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("u", "v", "deg"),
    [
        ((1.0, 0.0), (0.0, 5.0), 90),
        ((1.0, 0.0, 0.0), (0.0, 0.0, -2.0), 90),
        ((0.0, 1.0, 0.0), (0.0, -1.0, 0.0), 180),
        ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 0),
        ((1.0, 0.0, 0.0), (-0.5, math.sqrt(3) / 2, 0.0), 120),
    ],
)
def test_angle_in_the_plane_and_in_space(
    u: tuple[float, ...], v: tuple[float, ...], deg: float
) -> None:
    assert angle_deg(np.array(u), np.array(v)) == pytest.approx(deg, abs=1e-5)


def test_angles_of_many_at_once_and_nan_stays_alone() -> None:
    u = np.array([[1.0, 0.0], [np.nan, 0.0], [0.0, 2.0]])
    v = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 3.0]])
    deg = angle_deg(u, v)
    assert deg[[0, 2]] == pytest.approx([90, 0])
    assert np.isnan(deg[1])


@pytest.mark.parametrize(
    ("deg", "wrapped"), [(0, 0), (190, -170), (-190, 170), (540, -180), (359, -1), (720, 0)]
)
def test_wrap(deg: float, wrapped: float) -> None:
    assert wrap_deg(deg) == wrapped


def test_midpoint_and_length() -> None:
    assert midpoint(Vec(0, 0), Vec(6, 8)) == Vec(3, 4)
    assert Vec(0, 0).to(Vec(3, 4)).length() == 5
