"""`--exercise auto` and `--exercise any`: what a stream is judged by when nobody says its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.commands.request import Request, recognition_note
from coach.commands.words import note
from coach.io import recording
from coach.recognising.recognition import Fit
from coach.stream import Gap
from tests.builders import movement, still
from tests.coach.commands.conftest import CATALOGUE, Run


@pytest.fixture
def curls(tmp_path: Path) -> Path:
    path = tmp_path / "curls.npz"
    recording.write(path, recording.record(movement("biceps_curl"), (1280, 720), {}))
    return path


def test_auto_recognises_judges_and_says_so(coach: Run, curls: Path) -> None:
    done = coach("replay", curls, "--exercise", "auto", "--json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    named = json.loads(coach("replay", curls, "--exercise", "biceps_curl", "--json").stdout)
    assert (result["exercise"], result["reps"]) == ("biceps_curl", 3)
    assert result["notes"][0].startswith("recognised:biceps_curl:")
    assert {**result, "notes": []} == {**named, "notes": []}
    assert "Note: Recognised as biceps_curl" in coach("replay", curls, "-e", "auto").stdout


def test_what_fits_nothing_is_said_with_what_is_possible(coach: Run, still: Path) -> None:
    done = coach("replay", still, "--exercise", "auto")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "No exercise was recognised" in done.stderr
    assert "biceps_curl, " in done.stderr
    assert "--exercise any" in done.stderr


def test_any_counts_and_says_that_form_was_not_judged(coach: Run, curls: Path) -> None:
    result = json.loads(coach("replay", curls, "--exercise", "any", "--json").stdout)
    assert (result["exercise"], result["reps"], result["correct"]) == ("any", 3, 3)
    assert result["notes"] == ["form_not_judged"]
    shown = coach("replay", curls, "--exercise", "any").stdout
    assert "Any movement: 3 repetitions" in shown
    assert "Form was not judged" in shown
    assert "correct " not in shown.split("Note:")[0]


@pytest.mark.parametrize("wanted", ["auto", "any"])
def test_nobody_in_it_is_said(coach: Run, nobody: Path, wanted: str) -> None:
    done = coach("replay", nobody, "--exercise", wanted)
    assert done.exit_code == 1
    assert "Nobody was found" in done.stderr


def test_evaluate_takes_any_and_auto_as_labels(coach: Run, curls: Path) -> None:
    manifest = curls.parent / "manifest.csv"
    manifest.write_text(
        f"file,exercise,reps\n{curls.name},any,3\n{curls.name},auto,3\n", encoding="utf-8"
    )
    scores = json.loads(coach("evaluate", manifest, "--json").stdout)["scores"]
    assert (scores["any"]["exact"], scores["auto"]["exact"]) == (1.0, 1.0)


def test_the_note_weighs_the_best_against_the_next_and_the_bar() -> None:
    alone = recognition_note([Fit("squat", 0.85, 4)])
    close = recognition_note([Fit("squat", 0.45, 4), Fit("sit_to_stand", 0.30, 3)])
    assert alone == "recognised:squat:85"
    assert close == "recognised:squat:50:sit_to_stand"
    assert note(alone) == "Recognised as squat, 85 % sure."
    assert note(close) == "Recognised as squat (next: sit_to_stand), 50 % sure."


@pytest.mark.parametrize("wanted", ["auto", "any"])
def test_among_several_people_the_one_who_moves_is_taken(wanted: str) -> None:
    waits, squats = still(8.0), movement("squat")
    request = Request(wanted, CATALOGUE)
    assert request.most_likely([waits, [Gap(0.0)], squats], "clip") == 2
    assert request.most_likely([waits, waits], "clip") == 0
