"""Reading measures for a limb, and how far they are trusted."""

from __future__ import annotations

import pytest

from coach.body import Body, frame_scale_px
from coach.exercise import Measure
from coach.frame import PoseFrame
from coach.landmarks import Landmark
from coach.measures import Reader, Sight, trust
from tests.builders import Camera, PoseModel, load, stick_figure

KNEE = Measure(measure="knee_flexion")
FLAT = Camera(90.0, perspective=False)


def sight(frame: PoseFrame, view: str = "side", method: str = "image") -> Sight:
    methods = {"knee_flexion": {view: method}, "elbow_flexion": {view: method}}
    return Sight(Body(frame, frame_scale_px(frame)), view, {}, methods)


@pytest.mark.parametrize(
    ("seen", "weight"), [(0.0, 0.0), (0.1, 0.0), (0.35, 0.5), (0.6, 1.0), (0.99, 1.0)]
)
def test_trust_is_a_ramp(seen: float, weight: float) -> None:
    assert trust(seen) == pytest.approx(weight)


def test_the_moving_limb_the_other_one_and_both() -> None:
    seen = sight(
        stick_figure(camera=FLAT, model=PoseModel(far_visibility=0.98), knee_flexion=(80.0, 20.0))
    )
    other = Measure(measure="knee_flexion", limb="other")
    assert seen.read(KNEE, "left").value == pytest.approx(80, abs=0.1)
    assert seen.read(KNEE, "right").value == pytest.approx(20, abs=0.1)
    assert seen.read(other, "left").value == pytest.approx(20, abs=0.1)
    assert seen.read(KNEE, "both").value == pytest.approx(50, abs=0.1)
    assert seen.read(Measure(measure="knee_flexion", limb="both"), "left").value == pytest.approx(
        50, abs=0.1
    )


def test_a_well_seen_limb_outvotes_a_half_hidden_one() -> None:
    model = PoseModel(far_visibility=0.98, hidden=(Landmark.RIGHT_KNEE,))
    seen = sight(stick_figure(camera=FLAT, model=model, knee_flexion=(80.0, 20.0)))
    assert seen.read(KNEE, "both").value == pytest.approx(80, abs=0.1)
    assert seen.read(KNEE, "right").weight == 0.0


def test_nothing_seen_has_no_weight() -> None:
    model = PoseModel(hidden=(Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE))
    assert sight(stick_figure(camera=FLAT, model=model)).read(KNEE, "both").weight == 0.0


def test_distances() -> None:
    seen = sight(stick_figure(camera=Camera(0.0, perspective=False), hip_abduction=(30.0, 0.0)))
    height = Measure(measure="height", of="ankle", base="low_ankle")
    assert seen.read(height, "left").value == pytest.approx(0.791 * (1 - 0.866), abs=0.01)
    assert seen.read(height, "right").value == pytest.approx(0, abs=0.01)
    trunk = Measure(measure="gap", of="mid_shoulder", base="mid_hip")
    assert seen.read(trunk, "both").value == pytest.approx(0.503, abs=0.01)


def test_the_reader_measures_by_the_method_of_the_view() -> None:
    reader = Reader(load("squat"))
    frame = stick_figure(
        camera=Camera(45.0),
        model=PoseModel(depth_gain=0.58),
        knee_flexion=90,
        hip_flexion=80,
        trunk_lean=25,
    )
    body = Body(frame, frame_scale_px(frame))
    plain, lifted = (
        reader.open(body, view).read(KNEE, "left").value for view in ("side", "oblique")
    )
    assert abs(lifted - 90) < abs(plain - 90)


def test_the_difference_is_between_the_limbs_and_as_sure_as_the_worse_seen() -> None:
    differ = Measure(measure="knee_flexion", limb="difference")
    seen = sight(
        stick_figure(camera=FLAT, model=PoseModel(far_visibility=0.98), knee_flexion=(20.0, 80.0))
    )
    assert seen.read(differ, "left") == seen.read(differ, "both")
    assert seen.read(differ, "left").value == pytest.approx(60, abs=0.1)
    hidden = PoseModel(hidden=(Landmark.RIGHT_KNEE,))
    unseen = sight(stick_figure(camera=FLAT, model=hidden, knee_flexion=(20.0, 80.0)))
    assert unseen.read(differ, "left").weight == 0.0


@pytest.mark.parametrize("yaw_deg", [90.0, -90.0])
def test_ahead_is_where_the_person_faces_from_either_side(yaw_deg: float) -> None:
    frame = stick_figure(camera=Camera(yaw_deg, perspective=False), trunk_lean=30.0)
    ahead = Measure(measure="ahead", of="mid_shoulder", base="mid_hip")
    assert sight(frame).read(ahead, "both").value == pytest.approx(0.25, abs=0.02)
    assert sight(frame, view="front").read(ahead, "both").weight == 0.0
