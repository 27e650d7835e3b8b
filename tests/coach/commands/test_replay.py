"""`coach replay`: result and summary of a recording."""

from __future__ import annotations

import json
from pathlib import Path

from coach.io.recording import record, write
from tests.builders import Camera, movement
from tests.coach.commands.conftest import Run


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
