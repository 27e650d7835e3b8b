"""A variant replaces what it names, drops what it says, and leaves all else as it was."""

from __future__ import annotations

import pytest

from coach.errors import DoseError, ExerciseFileError
from coach.exercise import Prescription
from coach.exercise_rules import problems
from coach.io.exercise_file import parse, text_of
from coach.session import ExerciseSession
from coach.variants import parts_of, variant_of
from poses import catalogue
from tests.coach.io.test_exercise_file import SOUND

GATED = (
    SOUND
    + """
[[gates]]
measure = "trunk_lean"
max = 45
[[gates]]
measure = "height"
of = "ankle"
base = "low_ankle"
limb = "difference"
max = 0.2
[[checks]]
id = "leans"
cue = "chest_up"
measure = "trunk_lean"
max = 40
"""
)


def with_variant(toml: str, name: str = "seated") -> str:
    return f"{GATED}\n[variants.{name}]\n{toml}"


def test_of_words_and_camera_only_the_keys_named_are_replaced() -> None:
    text = with_variant(
        '[variants.seated.words]\nshort = "Sit."\n[variants.seated.camera]\nsee = ["hip"]'
    )
    base = parse(text, "toe_tap.toml")
    own = variant_of(base, "seated")
    assert (own.words.short, own.words.name) == ("Sit.", base.words.name)
    assert (own.camera.see, own.camera.views) == (("hip",), base.camera.views)
    assert own.signal == base.signal
    assert own.gates == base.gates
    assert own.variants == {}


def test_a_table_that_is_named_replaces_the_whole_one() -> None:
    text = with_variant(
        'position = "seated"\n[variants.seated.targets.knee_flexion]\ndefault = 30\nmin = 20\nmax = 40\n'
        '[[variants.seated.gates]]\nmeasure = "thigh_lean"\nmin = 50'
    )
    own = variant_of(parse(text, "toe_tap.toml"), "seated")
    assert [gate.measure for gate in own.gates] == ["thigh_lean"]
    assert own.targets["knee_flexion"].default == 30
    assert own.position == "seated"


def test_single_parts_are_dropped_by_their_name() -> None:
    base = parse(GATED, "toe_tap.toml")
    assert list(parts_of(base)) == [
        "signal.knee_flexion",
        "gates.trunk_lean",
        "gates.height ankle low_ankle difference",
        "checks.leans",
        "targets.knee_flexion",
    ]
    text = with_variant(
        'drop = ["gates.height ankle low_ankle difference", "checks.leans", "targets.knee_flexion"]'
    )
    own = variant_of(parse(text, "toe_tap.toml"), "seated")
    assert [gate.measure for gate in own.gates] == ["trunk_lean"]
    assert own.checks == ()
    assert own.targets == {}


def test_a_file_with_variants_is_read_back_the_same() -> None:
    exercise = catalogue.load("knee_raise")
    assert exercise.variants
    assert parse(text_of(exercise), "knee_raise.toml") == exercise


@pytest.mark.parametrize(
    ("toml", "name", "place", "expected"),
    [
        ('drop = ["gates.knee"]', "seated", "$.variants.seated.drop[0]", "gates.trunk_lean"),
        (
            'drop = ["signal.knee_flexion"]',
            "seated",
            "$.variants.seated.signal",
            "at least one term",
        ),
        ('sides = "both"', "one_sided", "$.variants.one_sided.sides", "'left', 'right'"),
        (
            '[[variants.seated.gates]]\nmeasure = "thigh_lean"',
            "seated",
            "$.variants.seated.gates[0]",
            "a 'min' or a 'max'",
        ),
        ("", "sitting", "$.variants.sitting", "one of the variants seated"),
        ("colour = 1", "seated", "$.variants", "colour"),
    ],
)
def test_a_variant_is_checked_like_an_exercise(
    toml: str, name: str, place: str, expected: str
) -> None:
    with pytest.raises(ExerciseFileError) as error:
        parse(with_variant(toml, name), "toe_tap.toml")
    assert place in str(error.value)
    assert expected in str(error.value)


def test_one_sided_says_what_other_sides_cannot() -> None:
    text = with_variant('sides = "left"', "one_sided")
    assert variant_of(parse(text, "toe_tap.toml"), "one_sided").sides == "left"
    offered = text.replace('sides = "both"', 'sides = "both"\nother_sides = ["left"]', 1)
    with pytest.raises(ExerciseFileError, match="'other_sides' does not offer already"):
        parse(offered, "toe_tap.toml")


def test_an_exercise_without_the_variant_says_which_it_has() -> None:
    with pytest.raises(DoseError, match=r"'seated'; it has: walking_aid"):
        ExerciseSession(catalogue.load("squat"), Prescription(variant="seated"))
    with pytest.raises(DoseError, match="it has: none"):
        variant_of(catalogue.load("plank"), "seated")


@pytest.mark.parametrize("exercise_id", catalogue.ids())
def test_every_variant_in_the_catalogue_is_sound(exercise_id: str) -> None:
    assert list(problems(catalogue.load(exercise_id))) == []


def test_a_session_judges_by_the_variant() -> None:
    session = ExerciseSession(catalogue.load("knee_raise"), Prescription(variant="seated"))
    assert session.exercise.position == "seated"
    assert session.goals.targets[0].deg == 105
