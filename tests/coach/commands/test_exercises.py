"""`coach exercises`: list, show, validate."""

from __future__ import annotations

import json
from pathlib import Path

from poses import catalogue
from tests.coach.commands.conftest import Run

SQUAT = Path(catalogue.__file__).parent / "exercises" / "squat.toml"


def test_all_exercises_are_listed(coach: Run) -> None:
    listed = coach("exercises", "list").stdout
    assert all(exercise_id in listed for exercise_id in catalogue.ids())
    rows = json.loads(coach("exercises", "list", "--json").stdout)
    assert [row["id"] for row in rows] == list(catalogue.ids())


def test_one_exercise_is_shown_with_steps_target_and_care(coach: Run) -> None:
    shown = coach("exercises", "show", "squat").stdout
    exercise = catalogue.load("squat")
    assert exercise.words.steps[0] in shown
    assert "Target: knee flexion 80°" in shown
    assert exercise.words.precautions[0] in shown
    assert json.loads(coach("exercises", "show", "squat", "--json").stdout)["id"] == "squat"


def test_one_exercise_is_shown_in_another_language(coach: Run) -> None:
    shown = coach("exercises", "show", "squat", "--language", "de").stdout
    assert "Kniebeuge" in shown
    assert catalogue.load("squat").words.steps[0] not in shown
    as_data = json.loads(coach("exercises", "show", "squat", "--json", "--language", "ar").stdout)
    assert as_data["words"]["name"] == "القرفصاء"


def test_an_unknown_language_is_told_which_there_are(coach: Run) -> None:
    done = coach("exercises", "show", "squat", "--language", "tlh")
    assert done.exit_code == 2
    assert "en, ar, de, es" in done.stderr


def test_every_exercise_can_be_shown(coach: Run) -> None:
    for exercise_id in catalogue.ids():
        assert coach("exercises", "show", exercise_id).exit_code == 0


def test_an_unknown_exercise_suggests_the_nearest(coach: Run) -> None:
    done = coach("exercises", "show", "plnk")
    assert done.exit_code == 1
    assert "Did you mean 'plank'?" in done.stderr


def test_a_good_file_is_valid(coach: Run) -> None:
    done = coach("exercises", "validate", SQUAT)
    assert (done.exit_code, done.stdout) == (0, f"{SQUAT}: ok (Squat)\n")


def test_every_bad_file_is_explained_with_its_place(coach: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(SQUAT.read_text().replace('tier = "A"', 'tier = "Z"'))
    done = coach("exercises", "validate", bad, tmp_path / "absent.toml", SQUAT)
    assert done.exit_code == 1
    assert "bad.toml, at $.tier" in done.stderr
    assert "absent.toml" in done.stderr
    assert "ok (Squat)" in done.stdout


def test_variants_are_shown_with_what_they_need(coach: Run) -> None:
    shown = coach("exercises", "show", "knee_raise").stdout
    assert "Variant seated: Sitting, lift one knee" in shown
    assert "Variant limb_absent" in shown
    assert "Variant" not in coach("exercises", "show", "plank").stdout
