"""An exercise file that is wrong says which file, which place, what was expected and what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import ExerciseFileError, MediaError
from coach.io.exercise_file import parse, read, write
from poses import catalogue

SOUND = """
schema = 1
id = "toe_tap"
kind = "cycle"
tier = "A"
regions = ["knee"]
position = "standing"
sides = "both"
[words]
name = "Toe tap"
short = "Bend your knees."
steps = ["Bend."]
[camera]
views = ["side"]
see = ["knee"]
[[signal]]
measure = "knee_flexion"
rest = 10
full = 90
[[phases]]
name = "up"
at = 0.0
[[phases]]
name = "lower"
[[phases]]
name = "down"
at = 1.0
[[phases]]
name = "rise"
[targets.knee_flexion]
default = 80
min = 20
max = 130
"""
CHECK = '[[checks]]\nid = "leans"\ncue = "chest_up"\nmeasure = "trunk_lean"\n'


def test_a_sound_file() -> None:
    exercise = parse(SOUND + CHECK + 'max = 40\nphases = ["down"]', "toe_tap.toml")
    assert (exercise.id, exercise.kind, exercise.signal[0].full) == ("toe_tap", "cycle", 90.0)
    assert [phase.name for phase in exercise.phases] == ["up", "lower", "down", "rise"]
    assert exercise.checks[0].max == 40.0


@pytest.mark.parametrize(
    ("old", "new", "place", "expected", "got"),
    [
        ("full = 90", 'full = "deep"', "$.signal[0].full", "float", "str"),
        ("full = 90", "full = 10", "$.signal[0]", "'full' different from 'rest'", "both 10.0"),
        (
            'measure = "knee_flexion"',
            'measure = "knee_bend"',
            "$.signal[0].measure",
            "an angle",
            "'knee_bend'",
        ),
        (
            'measure = "knee_flexion"',
            'measure = "height"',
            "$.signal[0].of",
            "a point such as",
            "None",
        ),
        ('see = ["knee"]', 'see = ["kneee"]', "$.camera.see[0]", "a body part such as", "'kneee'"),
        ('views = ["side"]', 'views = ["top"]', "$.camera.views[0]", "", "top"),
        ('kind = "cycle"', 'kind = "loop"', "$.kind", "", "loop"),
        ("schema = 1", "schema = 2", "$.schema", "", ""),
        ("at = 0.0", "at = 0.5", "$.phases[0].at", "0.0", "something else"),
        ("at = 1.0", "at = 0.0", "$.phases", "a position away from 0.0", "none"),
        ('name = "rise"', 'name = "lower"', "$.phases", "phase names that differ", "'lower' twice"),
        ("default = 80", "default = 180", "$.targets.knee_flexion", "min <= default <= max", "180"),
        (
            "[targets.knee_flexion]",
            "[targets.knee_bend]",
            "$.targets.knee_bend",
            "an angle",
            "'knee_bend'",
        ),
        ('sides = "both"', 'sides = "both"\nrepeats = 3', "$", "", "repeats"),
        ('tier = "A"', "", "$", "", "tier"),
        ("rest = 10", "", "$.signal[0]", "", "rest"),
        ('id = "toe_tap"', 'id = "Toe tap"', "$.id", "", ""),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    old: str, new: str, place: str, expected: str, got: str
) -> None:
    with pytest.raises(ExerciseFileError) as caught:
        parse(SOUND.replace(old, new, 1), "toe_tap.toml")
    error = caught.value
    assert (error.file, error.place) == ("toe_tap.toml", place)
    assert expected in error.expected
    assert got in error.got or got in error.expected
    assert str(error) == f"toe_tap.toml, at {place}: expected {error.expected}, got {error.got}."


@pytest.mark.parametrize(
    ("check", "place", "told"),
    [
        (CHECK, "$.checks[0]", "a 'min' or a 'max'"),
        (CHECK + 'max = 40\nphases = ["bottom"]', "$.checks[0].phases", "one of the phases"),
        (CHECK.replace("trunk_lean", "trunk_leen") + "max = 40", "$.checks[0].measure", "an angle"),
    ],
)
def test_checks_are_checked(check: str, place: str, told: str) -> None:
    with pytest.raises(ExerciseFileError) as caught:
        parse(SOUND + check, "toe_tap.toml")
    assert caught.value.place == place
    assert told in caught.value.expected


def test_a_cycle_needs_a_signal() -> None:
    start, end = SOUND.index("[[signal]]"), SOUND.index("[[phases]]")
    with pytest.raises(ExerciseFileError, match=r"\$\.signal: expected at least one term"):
        parse(SOUND[:start] + SOUND[end:], "toe_tap.toml")


def test_no_toml_at_all() -> None:
    with pytest.raises(ExerciseFileError, match="valid TOML"):
        parse("schema = ", "toe_tap.toml")


def test_no_file_and_no_text(tmp_path: Path) -> None:
    with pytest.raises(ExerciseFileError, match="a readable text file"):
        read(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ExerciseFileError, match="a readable text file"):
        read(tmp_path / "bytes.toml")


def test_reading_a_file_names_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SOUND.replace("full = 90", 'full = "deep"'), encoding="utf-8")
    with pytest.raises(
        ExerciseFileError,
        match=r"mine\.toml, at \$\.signal\[0\]\.full: expected `float`, got `str`",
    ):
        read(path)
    path.write_text(SOUND, encoding="utf-8")
    assert read(path).id == "toe_tap"


def test_the_catalogue_is_sound() -> None:
    for path in (catalogue.HERE / "exercises").glob("*.toml"):
        assert read(path).id == path.stem


@pytest.mark.parametrize("exercise_id", catalogue.ids())
def test_what_is_written_is_read_back(exercise_id: str, tmp_path: Path) -> None:
    exercise = catalogue.load(exercise_id)
    write(tmp_path / f"{exercise_id}.toml", exercise)
    assert read(tmp_path / f"{exercise_id}.toml") == exercise


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be written"):
        write(tmp_path / "none" / "squat.toml", catalogue.load("squat"))
