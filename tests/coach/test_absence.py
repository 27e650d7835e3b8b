"""A limb that is absent is unseen, weighs nothing, and nothing that needs it is asked."""

from __future__ import annotations

import numpy as np
import pytest

from coach.absence import of_side, readable, tailored, without
from coach.body import frame_scale_px
from coach.errors import DoseError
from coach.exercise import Measure, Prescription
from coach.landmarks import Landmark, Part, lost
from coach.session import ExerciseSession
from tests.builders import judge, load, movement, stick_figure
from tests.poses.variants import without_limb

SHANK = lost(["right_shank"])


def test_a_part_is_what_lies_beyond_its_joint() -> None:
    assert lost(["left_hand"]) == dict.fromkeys(
        (Landmark.LEFT_INDEX, Landmark.LEFT_PINKY, Landmark.LEFT_THUMB), Landmark.LEFT_WRIST
    )
    assert (
        dict.fromkeys(
            (Landmark.RIGHT_ANKLE, Landmark.RIGHT_HEEL, Landmark.RIGHT_FOOT_INDEX),
            Landmark.RIGHT_KNEE,
        )
        == SHANK
    )
    assert lost([]) == {}


@pytest.mark.parametrize("order", [("right_foot", "right_leg"), ("right_leg", "right_foot")])
def test_the_longer_part_has_the_last_word(order: tuple[Part, Part]) -> None:
    assert lost(order) == lost(["right_leg"])


def test_absent_points_are_unseen_and_lie_on_the_stump() -> None:
    frame = without(stick_figure(knee_flexion=60), SHANK)
    assert frame.visibility[Landmark.RIGHT_ANKLE] == 0.0
    assert frame.visibility[Landmark.LEFT_ANKLE] > 0.9
    knee = frame.image_px[Landmark.RIGHT_KNEE]
    assert np.array_equal(frame.image_px[Landmark.RIGHT_HEEL], knee)


def test_nothing_absent_is_the_same_frame() -> None:
    frame = stick_figure()
    assert without(frame, {}) is frame


def test_the_size_of_the_body_does_not_need_the_limb() -> None:
    whole = stick_figure(view="front")
    [invented] = without_limb([whole], "right_leg")
    missing = lost(["right_leg"])
    size = frame_scale_px(without(invented, missing))
    assert size == pytest.approx(frame_scale_px(without(whole, missing)))
    assert size == pytest.approx(frame_scale_px(whole), rel=0.02)


@pytest.mark.parametrize(
    ("measure", "left", "right", "both"),
    [
        (Measure(measure="knee_flexion"), True, False, True),
        (Measure(measure="knee_flexion", limb="other"), False, True, True),
        (Measure(measure="knee_flexion", limb="difference"), False, False, False),
        (Measure(measure="hip_flexion"), True, True, True),
        (Measure(measure="trunk_lean"), True, True, True),
        (Measure(measure="height", of="ankle", base="low_ankle"), False, False, False),
        (Measure(measure="height", of="mid_hip", base="low_ankle"), False, False, False),
        (Measure(measure="height", of="ankle", base="picture"), True, False, True),
        (Measure(measure="speed"), True, True, True),
    ],
)
def test_what_can_be_read_without_the_right_shank(
    measure: Measure, left: bool, right: bool, both: bool
) -> None:
    found = [readable(measure, side, SHANK) for side in ("left", "right", "both")]  # type: ignore[arg-type]
    assert found == [left, right, both]


def test_an_essential_gate_on_the_limb_is_not_asked() -> None:
    march = load("knee_raise")
    assert any(gate.essential for gate in march.gates)
    assert not any(gate.essential for gate in of_side(march, "left", SHANK).gates)


def test_symmetry_is_not_judged() -> None:
    left = of_side(load("mini_squat"), "both", SHANK)
    assert not any(gate.limb == "difference" for gate in left.gates)


def test_the_camera_need_not_see_what_neither_side_has() -> None:
    both: tuple[Part, Part] = ("left_shank", "right_shank")
    exercise, _ = tailored(load("hip_abduction"), Prescription(absent=both))
    assert exercise.camera.see == ("shoulder", "hip", "knee")
    one, _ = tailored(load("hip_abduction"), Prescription(absent=both[:1]))
    assert "ankle" in one.camera.see


def test_live_one_side_is_enough_to_be_in_place() -> None:
    frames = without_limb(movement("hamstring_curl", [1]), "right_shank")
    wish = Prescription(absent=("right_shank",))
    outcome = judge("hamstring_curl", frames, wish, live=True)
    assert "ready" in {step.state for step in outcome.steps}


def test_a_set_of_alternating_sides_is_complete_with_the_one_that_is_left() -> None:
    wish = Prescription(absent=("right_shank",))
    session = ExerciseSession(load("hamstring_curl"), wish)
    assert session.goals.channels == ("left",)
    assert session.goals.reps_of_set == load("hamstring_curl").dose.reps


def test_the_usual_side_gives_way_to_the_one_that_is_left() -> None:
    assert tailored(load("step_up"), Prescription(absent=("left_leg",)))[1].sides == "right"
    saved = Prescription(sides="left", absent=("left_leg",))  # as the form keeps what is usual
    assert tailored(load("step_up"), saved)[1].sides == "right"


@pytest.mark.parametrize(
    ("exercise_id", "wish"),
    [
        ("single_leg_stance", Prescription(absent=("left_shank",))),
        ("seated_knee_extension", Prescription(sides="right", absent=("right_shank",))),
        ("biceps_curl", Prescription(absent=("left_arm", "right_arm"))),
    ],
)
def test_what_cannot_be_counted_is_refused_with_the_reason(
    exercise_id: str, wish: Prescription
) -> None:
    with pytest.raises(
        DoseError, match=f"{exercise_id} cannot be counted without {wish.absent[0]}"
    ):
        ExerciseSession(load(exercise_id), wish)


def test_no_angle_of_the_limb_is_given_out() -> None:
    frames = without_limb(movement("squat", [1]), "right_shank")
    outcome = judge("squat", frames, Prescription(absent=("right_shank",)))
    named = {name for step in outcome.steps for name in step.angles}
    assert "left_knee_flexion" in named
    assert "right_knee_flexion" not in named
