"""Every variant of every exercise is complete, and counts a figure who does it that way; limbs may be missing."""

from __future__ import annotations

from functools import partial
from typing import get_args

import pytest

from coach.absence import tailored
from coach.errors import DoseError
from coach.exercise import Exercise, Prescription, Sides, VariantName
from coach.landmarks import Part
from coach.variants import variant_of
from poses import catalogue
from scripts.references.recipes import Recipe
from tests.builders import EXACT, YAW_DEG, Camera, Outcome, Timing, judge, load, mirrored, movement
from tests.poses.variants import (
    AIDED,
    ONE_SIDED,
    SEATED,
    holding_on,
    legs_hidden,
    seated_heel_raise,
    seated_march,
    without_limb,
)

HELD = Timing(hold_s=1.0)
"""Long enough at the turn for every exercise's own hold."""

SMALL = ("neck_side_bend", "heel_raise")
"""Movements of a few centimetres, whose hold of a second is at its bound at half the pictures."""

LEGS_DO_NOTHING = sorted(set(SEATED) - {"heel_raise", "knee_raise", "ankle_pump"})
VARIANTS = [
    (one, name)
    for one in catalogue.ids()
    for name in get_args(VariantName)
    if name in load(one).variants
]
LOST: tuple[Part, ...] = ("left_forearm", "right_arm", "left_shank", "right_shank", "right_leg")


def done(
    exercise_id: str, name: VariantName, recipe: Recipe, *, hidden_legs: bool = False
) -> Outcome:
    """The outcome of somebody who does this variant three times, or twice with each side."""
    exercise = variant_of(load(exercise_id), name)
    camera = Camera(yaw_deg=YAW_DEG[exercise.camera.views[0]])
    frames = movement(
        recipe,
        depths(exercise),
        camera=camera,
        timing=HELD,
        fps=15 if exercise_id not in SMALL else 30,
    )
    seen = legs_hidden(frames) if hidden_legs else frames
    return judge(load(exercise_id), seen, Prescription(variant=name))


def depths(exercise: Exercise) -> list[float]:
    return [1, -1, 1, -1] if exercise.sides == "alternating" else [1, 1, 1]


def who(exercise: Exercise) -> list[str]:
    return ["left", "right"] * 2 if exercise.sides == "alternating" else [exercise.sides] * 3


def verdicts(outcome: Outcome) -> list[tuple[str, str]]:
    return [(rep.side, rep.verdict) for rep in outcome.reps]


def assert_done_well(outcome: Outcome) -> None:
    exercise = outcome.session.exercise
    if exercise.kind == "cycle":
        assert verdicts(outcome) == [(side, "correct") for side in who(exercise)]
    else:
        assert outcome.steps[-2].hold_s > 0.9 * outcome.steps[-2].t_s


@pytest.mark.parametrize(("exercise_id", "name"), VARIANTS)
def test_a_variant_says_in_its_own_words_what_is_different(
    exercise_id: str, name: VariantName
) -> None:
    base, own = load(exercise_id), variant_of(load(exercise_id), name)
    assert own.words.short != base.words.short
    assert own.words.steps != base.words.steps
    assert set(base.sources) <= set(own.sources)
    assert (own.position == "seated") == (name == "seated" or base.position == "seated")


def test_every_variant_that_moves_differently_is_drawn_here() -> None:
    drawn = {
        *((one, "seated") for one in SEATED),
        *((one, "one_sided") for one in ONE_SIDED),
        *((one, "walking_aid") for one in AIDED),
    }
    assert {(one, name) for one, name in VARIANTS if name != "limb_absent"} == drawn


@pytest.mark.parametrize("exercise_id", SEATED)
def test_people_on_a_chair_are_counted(exercise_id: str) -> None:
    assert_done_well(done(exercise_id, "seated", SEATED[exercise_id]))


@pytest.mark.parametrize("exercise_id", LEGS_DO_NOTHING)
def test_legs_under_a_table_do_not_matter_to_arms_and_neck(exercise_id: str) -> None:
    assert_done_well(done(exercise_id, "seated", SEATED[exercise_id], hidden_legs=True))


@pytest.mark.parametrize("exercise_id", ONE_SIDED)
def test_one_side_alone_is_counted(exercise_id: str) -> None:
    assert_done_well(done(exercise_id, "one_sided", ONE_SIDED[exercise_id]))


@pytest.mark.parametrize("exercise_id", AIDED)
def test_both_hands_on_a_support_change_nothing(exercise_id: str) -> None:
    assert_done_well(done(exercise_id, "walking_aid", AIDED[exercise_id]))


@pytest.mark.parametrize("exercise_id", sorted(set(AIDED) - {"sit_to_stand"}))
def test_one_hand_on_a_stick_changes_nothing(exercise_id: str) -> None:
    stick = partial(holding_on, exercise_id, hands=("right",))
    assert_done_well(done(exercise_id, "walking_aid", stick))


@pytest.mark.parametrize("exercise_id", ["knee_raise", "heel_raise", "ankle_pump"])
@pytest.mark.parametrize("other", ["seated_knee_extension", "sit_to_stand"])
def test_other_exercises_on_a_chair_are_not_taken_for_it(exercise_id: str, other: str) -> None:
    frames = movement(other, [1, -1, 1] if load(other).sides == "alternating" else [1, 1, 1])
    assert judge(load(exercise_id), frames, Prescription(variant="seated")).reps == []


def test_a_seated_march_is_no_heel_raise_and_a_heel_raise_no_march() -> None:
    march = movement(seated_march, [1, -1, 1], timing=HELD)
    heels = movement(seated_heel_raise, [1, 1, 1], timing=HELD)
    seated = Prescription(variant="seated")
    assert judge(load("heel_raise"), march, seated).reps == []
    assert judge(load("knee_raise"), heels, seated).reps == []


def test_standing_through_a_march_is_no_seated_march() -> None:
    frames = movement("knee_raise", [1, -1, 1], timing=HELD)
    assert judge(load("knee_raise"), frames, Prescription(variant="seated")).reps == []


def counted_sides(exercise: Exercise, part: Part) -> Sides | None:
    """Who is counted of somebody without this part; None where nothing is left to count."""
    try:
        _, wish = tailored(exercise, Prescription(absent=(part,)))
    except DoseError:
        return None
    return wish.sides


CYCLES = [one for one in catalogue.ids() if load(one).kind == "cycle"]
WITHOUT = [(one, LOST[index % len(LOST)]) for index, one in enumerate(CYCLES)]
"""Each exercise without one part, so that each part is missing in a fifth of them."""


@pytest.mark.parametrize(("exercise_id", "part"), WITHOUT)
def test_a_limb_that_is_not_there_stands_in_nobodys_way(exercise_id: str, part: Part) -> None:
    """Whatever the pose model invents in its place: what is left is counted and judged as on a whole body."""
    exercise = load(exercise_id)
    sides = counted_sides(exercise, part)
    if sides is None:
        return  # test_what_cannot_be_counted_is_known
    wanted = ["left", "right"] if sides == "alternating" else [sides] * 2
    signs = {"right": -1.0} if exercise.sides == "alternating" else {}
    moves = [signs.get(side, 1.0) for side in wanted]
    camera = Camera(yaw_deg=YAW_DEG[exercise.camera.views[0]])
    frames = movement(exercise_id, moves, camera=camera, timing=HELD, model=EXACT, fps=15)
    if sides == "right" and not signs:
        frames = mirrored(frames)
    whole = judge(exercise, frames, Prescription(sides=_if_other(exercise, sides)))
    outcome = judge(exercise, without_limb(frames, part), Prescription(absent=(part,)))
    assert [rep.side for rep in outcome.reps] == wanted
    assert outcome.verdicts == whole.verdicts


def _if_other(exercise: Exercise, sides: Sides) -> Sides | None:
    """The side to prescribe where it is one of those that may be chosen instead."""
    return sides if sides in exercise.other_sides else None


NOT_WITHOUT = {
    "shank": {"single_leg_stance"},
    "leg": {"single_leg_stance", "clamshell", "side_lying_hip_abduction"},
    "arm": {"russian_twist"},
    "forearm": set[str](),
    "hand": set[str](),
    "foot": set[str](),
}
"""What nobody can be counted in without this part."""


@pytest.mark.parametrize("part", get_args(Part))
def test_what_cannot_be_counted_is_known(part: Part) -> None:
    """These compare the two limbs with each other, so that there is nothing left to measure."""
    refused = {one for one in catalogue.ids() if counted_sides(load(one), part) is None}
    assert refused == NOT_WITHOUT[part.split("_")[1]]


@pytest.mark.parametrize(
    ("exercise_id", "part"),
    [
        ("knee_raise", "right_shank"),
        ("hip_abduction", "right_shank"),
        ("hip_extension", "right_shank"),
    ],
)
def test_a_stump_that_moves_is_counted(exercise_id: str, part: Part) -> None:
    frames = movement(exercise_id, [-1, -1], camera=Camera(yaw_deg=_near_right(exercise_id)))
    seen = without_limb(frames, part)
    wish = Prescription(variant="limb_absent", absent=(part,))
    outcome = judge(load(exercise_id), seen, wish)
    assert verdicts(outcome) == [("right", "correct")] * 2


def _near_right(exercise_id: str) -> float:
    """Round the person, from where their right side is nearer."""
    return -YAW_DEG[load(exercise_id).camera.views[0]]
