"""A frame as a body: named points, how well they are seen, and the scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.body import Body, frame_scale_px, is_point
from coach.frame import PoseFrame
from coach.geometry import Vec
from coach.landmarks import Landmark
from tests.builders import Camera, PoseModel, stick_figure


def body_of(frame: PoseFrame) -> Body:
    return Body(frame, frame_scale_px(frame))


@given(st.floats(2.0, 6.0), st.floats(1.4, 2.0))
def test_scale_is_pixels_per_metre_of_a_nominal_adult(distance_m: float, person_m: float) -> None:
    camera = Camera(0.0, distance_m=distance_m, person_m=person_m, perspective=False)
    scale = frame_scale_px(stick_figure(camera=camera))
    assert scale == pytest.approx(1280 / distance_m * person_m / 1.7, rel=1e-6)


def test_scale_of_a_single_point_is_nan() -> None:
    frame = PoseFrame.checked(0, np.zeros((33, 2)), np.zeros((33, 3)), np.ones(33), (640, 480))
    assert np.isnan(frame_scale_px(frame))


def test_points_are_where_their_landmarks_are() -> None:
    frame = stick_figure(view="front")
    body = body_of(frame)
    knee = body.point("knee", "right")
    assert (knee.x, knee.y) == pytest.approx(frame.image_px[26] / body.scale_px)
    assert body.point("nose", "left") == body.point("nose", "right")
    hips = frame.image_px[[23, 24]].mean(0) / body.scale_px
    assert body.point("mid_hip", "left") == pytest.approx(Vec(*hips))


def test_the_low_foot_is_the_lower_one_of_two_seen_feet() -> None:
    body = body_of(stick_figure(view="front", hip_abduction=(30.0, 0.0)))
    assert body.point("low_ankle", "left") == body.point("ankle", "right")


def test_of_a_hidden_and_a_seen_foot_the_seen_one_is_the_floor() -> None:
    hidden = PoseModel(hidden=(Landmark.RIGHT_ANKLE,))
    body = body_of(stick_figure(view="front", hip_abduction=(30.0, 0.0), model=hidden))
    assert body.point("low_ankle", "left") == body.point("ankle", "left")


def test_who_rises_goes_up_against_the_picture() -> None:
    low, high = (
        body_of(stick_figure(camera=Camera(0.0, perspective=False, shift_m=(0.0, up_m))))
        for up_m in (-0.1, 0.1)
    )
    rise = low.point("mid_hip", "left").y - high.point("mid_hip", "left").y
    assert rise == pytest.approx(0.2)
    assert low.point("picture", "left") == pytest.approx(high.point("picture", "right"))
    assert low.seen("picture", "left") == 1.0
    assert is_point("picture")


def test_a_point_outside_the_picture_is_not_seen_whatever_the_model_claims() -> None:
    inside = body_of(stick_figure(view="front"))
    near = body_of(stick_figure(camera=Camera(0.0, distance_m=1.5)))
    assert inside.seen("ankle", "left") == pytest.approx(0.98)
    assert near.seen("ankle", "left") == 0.0
    assert near.seen("hip", "left") == pytest.approx(0.98)


def test_just_outside_the_border_trust_fades() -> None:
    frame = stick_figure(view="front")
    moved = frame.image_px.copy()
    moved[Landmark.LEFT_WRIST] = (1280 + 0.03 * 720, 300)
    body = body_of(PoseFrame(0.0, moved, frame.world_m, frame.visibility, frame.size_px))
    assert body.seen("wrist", "left") == pytest.approx(0.49, abs=0.01)


def test_of_a_pair_the_better_half_counts() -> None:
    body = body_of(stick_figure(view="front", model=PoseModel(hidden=(Landmark.LEFT_HIP,))))
    assert body.seen("mid_hip", "left") > 0.9
    assert body.seen("hip", "left") < 0.1


def test_a_limb_is_seen_as_well_as_its_worst_point() -> None:
    body = body_of(stick_figure(view="front", model=PoseModel(hidden=(Landmark.LEFT_KNEE,))))
    assert body.worst(("hip", "knee", "ankle"), "left") == body.seen("knee", "left") < 0.1
    assert body.worst(("hip", "knee", "ankle"), "right") > 0.7
    assert body.worst(("picture", "mid_hip"), "left") == body.seen("mid_hip", "left")


def test_a_limb_lies_in_the_picture_when_all_its_points_do() -> None:
    whole = body_of(stick_figure(view="front"))
    cut = body_of(stick_figure(camera=Camera(0.0, distance_m=1.5)))
    assert whole.inside(("hip", "knee", "ankle"), "left")
    assert not cut.inside(("hip", "knee", "ankle"), "left")
    assert cut.inside(("mid_hip", "picture"), "left")


@pytest.mark.parametrize(
    "name", ["nose", "knee", "mid_hip", "low_ankle", "foot_index", "mid_shoulder"]
)
def test_known_points(name: str) -> None:
    assert is_point(name)


@pytest.mark.parametrize(
    "name", ["", "kne", "mid_", "mid_nose", "low_hipp", "left_knee", "high_ankle"]
)
def test_unknown_points(name: str) -> None:
    assert not is_point(name)
