"""Every clinical angle: its zero, its sign, known values, whichever way the person is turned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.body import Body, frame_scale_px
from coach.joints import ANGLES, LIFTABLE, distance
from coach.landmarks import SIDES, Side
from tests.builders import EXACT, Camera, mirrored, stick_figure

FRONT, BACK, LEFT, RIGHT = 0.0, 180.0, 90.0, -90.0

SAGITTAL = [
    ("knee_flexion", {}, 0),
    ("knee_flexion", {"knee_flexion": 90}, 90),
    ("knee_flexion", {"knee_flexion": 120, "hip_flexion": 40}, 120),
    ("hip_flexion", {}, 0),
    ("hip_flexion", {"hip_flexion": 45}, 45),
    ("hip_flexion", {"hip_flexion": 100, "trunk_lean": 30, "knee_flexion": 95}, 100),
    ("hip_extension", {"hip_flexion": -15}, 15),
    ("hip_extension", {"hip_flexion": 30, "trunk_lean": 10}, -30),
    ("elbow_flexion", {"elbow_flexion": 90}, 90),
    ("elbow_flexion", {"elbow_flexion": 135, "shoulder_flexion": 20}, 135),
    ("shoulder_flexion", {"shoulder_flexion": 60}, 60),
    ("shoulder_flexion", {"shoulder_flexion": 160, "trunk_lean": 10}, 160),
    ("trunk_lean", {"trunk_lean": 40}, 40),
    ("trunk_lean", {"trunk_lean": -20}, 20),
    ("trunk_lean", {"trunk_lean": 90}, 90),
    ("thigh_lean", {"hip_flexion": 30}, 30),
    ("thigh_lean", {"hip_flexion": 90, "knee_flexion": 90}, 90),
    ("shank_lean", {"knee_flexion": 25}, 25),
    ("upper_arm_lean", {"shoulder_flexion": 35}, 35),
    ("body_line", {"trunk_lean": 90}, 0),
    ("body_line", {"trunk_lean": 90, "hip_flexion": 30}, 30),  # hips high
    ("body_line", {"trunk_lean": 75, "hip_flexion": -20}, -20),  # hips low
]
FRONTAL = [
    ("shoulder_abduction", {}, 0),
    ("shoulder_abduction", {"shoulder_abduction": 45}, 45),
    ("shoulder_abduction", {"shoulder_abduction": 150}, 150),
    ("hip_abduction", {}, 0),
    ("hip_abduction", {"hip_abduction": 30}, 30),
    ("hip_abduction", {"hip_abduction": -10}, -10),  # adduction: the legs cross
    ("knee_fppa", {}, 0),
    ("knee_fppa", {"knee_valgus": 12}, 12),  # knock knees
    ("knee_fppa", {"knee_valgus": -8}, -8),
    ("trunk_lean", {"trunk_side": 15}, 15),
    ("shoulder_tilt", {}, 0),
    ("pelvis_tilt", {}, 0),
]


def read(name: str, side: Side, camera: Camera, **angles: float) -> float:
    frame = stick_figure(camera=camera, model=EXACT, **angles)
    return ANGLES[name].read(Body(frame, frame_scale_px(frame)), side)


@pytest.mark.parametrize("yaw_deg", [LEFT, RIGHT])
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("name", "angles", "deg"), SAGITTAL)
def test_from_the_side(
    name: str, angles: dict[str, float], deg: float, side: Side, yaw_deg: float
) -> None:
    assert read(name, side, Camera(yaw_deg=yaw_deg, perspective=False), **angles) == pytest.approx(
        deg, abs=0.01
    )


@pytest.mark.parametrize("yaw_deg", [FRONT, BACK])
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("name", "angles", "deg"), FRONTAL)
def test_from_the_front(
    name: str, angles: dict[str, float], deg: float, side: Side, yaw_deg: float
) -> None:
    assert read(name, side, Camera(yaw_deg=yaw_deg, perspective=False), **angles) == pytest.approx(
        deg, abs=0.01
    )


@pytest.mark.parametrize("yaw_deg", [FRONT, BACK])
@pytest.mark.parametrize("name", ["shoulder_tilt", "pelvis_tilt"])
def test_leaning_left_lowers_the_left_side(name: str, yaw_deg: float) -> None:
    camera = Camera(yaw_deg=yaw_deg, perspective=False)
    assert read(name, "left", camera, trunk_side=12) == pytest.approx(-12, abs=0.01)
    assert read(name, "right", camera, trunk_side=12) == pytest.approx(12, abs=0.01)


def test_leaning_sideways_is_no_abduction() -> None:
    camera = Camera(yaw_deg=FRONT, perspective=False)
    assert read("shoulder_abduction", "left", camera, trunk_side=20) == pytest.approx(0, abs=0.01)
    assert read("hip_abduction", "left", camera, trunk_side=20) == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    "name", ["knee_flexion", "hip_flexion", "elbow_flexion", "shoulder_flexion"]
)
def test_sides_are_told_apart(name: str) -> None:
    camera = Camera(yaw_deg=LEFT, perspective=False)
    frame = stick_figure(camera=camera, **{name: (60.0, 15.0)})
    body = Body(frame, frame_scale_px(frame))
    assert [ANGLES[name].read(body, side) for side in SIDES] == pytest.approx([60, 15], abs=0.01)


@pytest.mark.parametrize("size_px", [(1280, 720), (720, 1280), (640, 480), (1000, 1000)])
def test_pixels_are_not_normalised(size_px: tuple[int, int]) -> None:
    """A true 120 degree knee reads 144 and 88 where coordinates are taken as shares of width and height."""
    camera = Camera(yaw_deg=LEFT, size_px=size_px, distance_m=6.0, perspective=False)
    assert read("knee_flexion", "left", camera, knee_flexion=120, hip_flexion=50) == pytest.approx(
        120, abs=0.01
    )


@given(
    st.floats(2.0, 8.0),
    st.floats(-0.5, 0.5),
    st.floats(-0.3, 0.3),
    st.floats(1.4, 2.1),
    st.floats(0, 130),
)
def test_distance_place_and_height_change_no_angle(
    distance_m: float, right: float, up: float, person_m: float, deg: float
) -> None:
    camera = Camera(
        LEFT, distance_m=distance_m, shift_m=(right, up), person_m=person_m, perspective=False
    )
    assert read("knee_flexion", "left", camera, knee_flexion=deg) == pytest.approx(deg, abs=0.01)


@given(st.floats(0, 130), st.floats(0, 100), st.floats(0, 150))
def test_a_mirror_image_has_the_same_angles_on_the_other_side(
    knee: float, hip: float, elbow: float
) -> None:
    pose = {"knee_flexion": (knee, 5.0), "hip_flexion": (hip, 2.0), "elbow_flexion": (elbow, 10.0)}
    frame = stick_figure(camera=Camera(yaw_deg=70.0), **pose)
    other = mirrored([frame])[0]
    bodies = Body(frame, frame_scale_px(frame)), Body(other, frame_scale_px(other))
    for name in ("knee_flexion", "hip_flexion", "elbow_flexion", "trunk_lean"):
        one, two = ANGLES[name].read(bodies[0], "left"), ANGLES[name].read(bodies[1], "right")
        assert one == pytest.approx(two, abs=1e-6)


@given(st.floats(-30, 30), st.floats(0, 120))
def test_a_tilted_camera_changes_no_joint_angle(roll_deg: float, deg: float) -> None:
    camera = Camera(yaw_deg=LEFT, roll_deg=roll_deg, perspective=False)
    assert read("knee_flexion", "left", camera, knee_flexion=deg) == pytest.approx(deg, abs=0.01)


@pytest.mark.parametrize("perspective_at_m", [2.0, 2.5, 4.0])
def test_perspective_costs_little_in_the_prescribed_view(perspective_at_m: float) -> None:
    camera = Camera(yaw_deg=LEFT, distance_m=perspective_at_m)
    assert read("knee_flexion", "left", camera, knee_flexion=90, hip_flexion=60) == pytest.approx(
        90, abs=4
    )


@pytest.mark.parametrize("kind", ["height", "shift", "gap"])
def test_distances_are_body_metres_whatever_the_picture(kind: str) -> None:
    values = []
    for camera in (
        Camera(LEFT),
        Camera(LEFT, distance_m=6.0),
        Camera(LEFT, person_m=2.0, size_px=(640, 360)),
    ):
        frame = stick_figure(camera=camera, hip_flexion=40)
        body = Body(frame, frame_scale_px(frame))
        values.append(distance(kind, body, "mid_shoulder", "low_ankle", "left"))
    assert values == pytest.approx([values[0]] * 3, rel=0.06)


def test_height_is_positive_upwards() -> None:
    frame = stick_figure(camera=Camera(LEFT, perspective=False))
    body = Body(frame, frame_scale_px(frame))
    assert distance("height", body, "mid_shoulder", "mid_hip", "left") == pytest.approx(
        0.503, abs=0.005
    )
    assert distance("height", body, "ankle", "knee", "right") == pytest.approx(-0.397, abs=0.005)
    assert distance("shift", body, "ankle", "knee", "right") == pytest.approx(0, abs=0.005)


@pytest.mark.parametrize("yaw_deg", [FRONT, 40.0, BACK])
def test_aside_is_towards_the_persons_left_also_with_the_trunk_turned(yaw_deg: float) -> None:
    frame = stick_figure(camera=Camera(yaw_deg), shoulder_abduction=(60.0, 0.0))
    body = Body(frame, frame_scale_px(frame))
    assert distance("aside", body, "wrist", "mid_hip", "left") > 0.3
    assert distance("aside", body, "wrist", "mid_hip", "right") < -0.1


def test_what_can_be_lifted_is_an_angle() -> None:
    assert set(ANGLES) >= LIFTABLE
