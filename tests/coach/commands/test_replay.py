"""`coach replay`: result and summary of a recording."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from coach.exercise import Prescription
from coach.io.recording import record, write
from tests.builders import Camera, movement
from tests.coach.commands.conftest import Run
from tests.poses.variants import seated_march


def test_the_json_has_the_documented_fields(coach: Run, still: Path) -> None:
    done = coach("replay", still, "--exercise", "squat", "--json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) == {
        "schema", "exercise", "frames", "frames_without_person", "duration_s", "view", "reps", "correct", "incomplete",
        "faulty", "by_side", "hold_s", "hold_list", "rep_list", "angles", "notes",
    }  # fmt: skip
    assert (result["frames"], result["frames_without_person"], result["reps"]) == (61, 1, 0)
    assert result["by_side"] == {"left": 0, "right": 0, "both": 0}
    assert result["duration_s"] == 2.033


def test_the_summary_is_for_people(coach: Run, still: Path) -> None:
    done = coach("replay", still, "--exercise", "squat")
    assert "Squat: 0 repetitions" in done.stdout
    assert "61 frames, 1 without a person" in done.stdout


def test_a_hold_is_told_in_seconds(coach: Run, still: Path) -> None:
    assert "Plank: held for 0 seconds" in coach("replay", still, "--exercise", "plank").stdout


def test_nobody_in_it_is_said(coach: Run, nobody: Path) -> None:
    done = coach("replay", nobody, "--exercise", "squat", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Nobody was found" in done.stderr


def test_a_file_of_another_kind_is_said(coach: Run, tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_text("nothing")
    done = coach("replay", tmp_path / "a.npz", "--exercise", "squat")
    assert done.exit_code == 1
    assert "not a landmark recording" in done.stderr


def test_a_tilted_camera_is_noted(coach: Run, tmp_path: Path) -> None:
    frames = movement("squat", [], until_s=2.0, camera=Camera(90.0, roll_deg=10.0))
    write(tmp_path / "tilted.npz", record(frames, (1280, 720), {}))
    told = coach("replay", tmp_path / "tilted.npz", "--exercise", "squat", "--json")
    assert json.loads(told.stdout)["notes"] == ["camera_tilted"]


def march(path: Path, **meta: str) -> Path:
    """A recording of somebody who marches on a chair."""
    write(path, record(movement(seated_march, [1, -1, 1, -1]), (1280, 720), {**meta}))
    return path


def test_a_variant_is_judged_as_such(coach: Run, tmp_path: Path) -> None:
    sitting = march(tmp_path / "march.npz")
    plain = json.loads(coach("replay", sitting, "-e", "knee_raise", "--json").stdout)
    seated = json.loads(
        coach("replay", sitting, "-e", "knee_raise", "--variant", "seated", "--json").stdout
    )
    assert (plain["reps"], seated["reps"], seated["correct"]) == (0, 4, 4)
    said = coach("replay", sitting, "-e", "knee_raise", "--variant", "seated").stdout
    assert "Seated march: 4 repetitions" in said


def test_an_absent_limb_is_not_counted(coach: Run, tmp_path: Path) -> None:
    sitting = march(tmp_path / "march.npz")
    asked = ("replay", sitting, "-e", "knee_raise", "--variant", "seated", "--absent", "right_leg")
    assert json.loads(coach(*asked, "--json").stdout)["by_side"] == {
        "left": 2,
        "right": 0,
        "both": 0,
    }


def test_a_recording_remembers_how_it_is_to_be_judged(coach: Run, tmp_path: Path) -> None:
    wish = msgspec.json.encode(Prescription(variant="seated", absent=("right_leg",))).decode()
    sitting = march(tmp_path / "march.npz", prescription=wish)
    kept = json.loads(coach("replay", sitting, "-e", "knee_raise", "--json").stdout)
    assert kept["by_side"] == {"left": 2, "right": 0, "both": 0}


def test_what_cannot_be_done_so_is_said(coach: Run, still: Path) -> None:
    for asked, said in (
        (("-e", "plank", "--variant", "seated"), "plank has no variant 'seated'"),
        (("-e", "single_leg_stance", "--absent", "left_leg"), "cannot be counted without left_leg"),
        (("-e", "any", "--absent", "left_leg"), "name the exercise"),
        (("-e", "squat", "--absent", "left_toe"), "'left_toe' is not one of"),
    ):
        done = coach("replay", still, *asked)
        assert done.exit_code != 0
        assert said in " ".join(done.stderr.replace("│", " ").split())
