"""A repetition as features: degrees of leans and bends, whoever does it, however turned and however fast."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.comparing.features import (
    BY_NAME,
    FEATURES,
    STEPS,
    Motion,
    depth_shares,
    mirrored,
    motion,
)
from coach.errors import MovementError
from coach.frame import PoseFrame
from tests.builders import EXACT, Camera, Timing, movement, stick_figure
from tests.builders import mirrored as in_a_mirror

COLUMN = {name: column for column, name in enumerate(BY_NAME)}


def posture(view: str = "front", **angles: float) -> dict[str, float]:
    """The features of somebody who holds a posture."""
    camera = Camera(yaw_deg={"front": 0.0, "side": 90.0}[view], perspective=False)
    frame = stick_figure(camera=camera, **angles)
    held = motion([replace(frame, t_s=index / 30) for index in range(30)])
    return {name: float(held.deg[:, column].mean()) for name, column in COLUMN.items()}


@pytest.mark.parametrize("view", ["front", "side"])
@pytest.mark.parametrize(
    ("angles", "name", "deg"),
    [
        ({"trunk_lean": 30}, "trunk_forward", 30),
        ({"knee_flexion": 70}, "left_knee_flexion", 70),
        ({"knee_flexion": 70}, "right_knee_flexion", 70),
        ({"hip_flexion": 50}, "left_thigh_forward", 50),
        ({"hip_flexion": 50}, "right_thigh_forward", 50),
        ({"elbow_flexion": 80}, "left_elbow_flexion", 80),
        ({"shoulder_abduction": 60}, "left_upper_arm_outward", 60),
        ({"shoulder_abduction": 60}, "right_upper_arm_outward", 60),
    ],
)
def test_a_posture_reads_as_it_was_posed(
    view: str, angles: dict[str, float], name: str, deg: float
) -> None:
    assert posture(view, **angles)[name] == pytest.approx(deg, abs=6)


def rep(**how: object) -> list[PoseFrame]:
    """One squat."""
    options: dict[str, object] = {"timing": Timing(lead_s=0.3, tail_s=0.3), "model": EXACT, **how}
    return movement("squat", [1.0], **options)  # type: ignore[arg-type]


def test_a_motion_has_equal_steps_and_all_features() -> None:
    made = motion(rep())
    assert made.deg.shape == (STEPS, len(FEATURES))
    assert np.isfinite(made.deg).all()
    assert ((made.seen >= 0) & (made.seen <= 1)).all()


def test_a_person_twice_as_tall_moves_alike() -> None:
    tall = motion(rep(camera=Camera(person_m=3.4, distance_m=7.0)))
    np.testing.assert_allclose(tall.deg, motion(rep()).deg, atol=0.1)


@pytest.mark.parametrize("fps", [12, 60])
def test_the_frame_rate_does_not_matter(fps: float) -> None:
    assert np.abs(motion(rep(fps=fps)).deg - motion(rep()).deg).mean() < 1.5


def test_waiting_before_and_after_is_left_out() -> None:
    patient = motion(rep(timing=Timing(lead_s=3.0, tail_s=2.0)))
    assert np.abs(patient.deg - motion(rep()).deg).mean() < 2.0


def test_the_mirror_exchanges_left_and_right() -> None:
    frames = movement("hip_abduction", [1.0], timing=Timing(lead_s=0.3, tail_s=0.3), model=EXACT)
    np.testing.assert_allclose(
        motion(frames).mirrored().deg, motion(in_a_mirror(frames)).deg, atol=1e-6
    )


def test_the_mirror_of_the_mirror_is_the_thing_itself() -> None:
    columns = np.random.default_rng(1).normal(size=(3, len(FEATURES)))
    np.testing.assert_array_equal(mirrored(mirrored(columns)), columns)


def test_limbs_that_are_not_seen_have_no_weight() -> None:
    hidden = [
        replace(frame, visibility=np.where(np.arange(33) == 15, 0.0, frame.visibility))
        for frame in rep()
    ]
    seen = motion(hidden).seen
    assert seen[COLUMN["left_forearm_up"]] == 0.0
    assert seen[COLUMN["left_elbow_flexion"]] == 0.0
    assert seen[COLUMN["right_forearm_up"]] > 0.9


def test_depth_is_where_the_camera_looks() -> None:
    forward, outward = COLUMN["trunk_forward"], COLUMN["trunk_outward"]
    front, side = depth_shares(0.0), depth_shares(90.0)
    assert (front[forward], front[outward]) == (1.0, 0.0)
    assert (side[forward], side[outward]) == pytest.approx((0.0, 1.0))


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_frames_are_said(count: int) -> None:
    with pytest.raises(MovementError, match=f"has {count} over"):
        motion(rep()[:count])


def test_the_yaw_is_how_the_person_is_turned() -> None:
    side: Motion = motion(rep(camera=Camera(yaw_deg=90)))
    assert abs(abs(side.yaw_deg) - 90) < 6
