"""`coach learn`: the files it writes, what it says, and exercises given by their path."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.frame import PoseFrame
from coach.io import exercise_file, recording, reference_file
from tests.builders import movement
from tests.coach.commands.conftest import Run


def stored(path: Path, frames: Sequence[PoseFrame]) -> Path:
    recording.write(path, recording.record(frames, (1280, 720), {}))
    return path


@pytest.fixture
def curls(tmp_path: Path) -> Path:
    return stored(tmp_path / "curls.npz", movement("biceps_curl", [1.0, 1.0, 1.0], fps=15))


@pytest.fixture
def learned(coach: Run, curls: Path, tmp_path: Path) -> Path:
    """The file learned from three curls."""
    out = tmp_path / "my_curl.toml"
    done = coach("learn", curls, "--id", "my_curl", "-o", out)
    assert done.exit_code == 0, done.stderr
    assert "3 repetitions found, and counted right" in done.stdout
    assert "elbow flexion" in done.stdout
    return out


def test_the_file_is_valid_and_has_its_reference_beside_it(coach: Run, learned: Path) -> None:
    assert coach("exercises", "validate", learned).exit_code == 0
    assert exercise_file.read(learned).id == "my_curl"
    assert reference_file.read(learned.with_suffix(".npz")).exercise == "my_curl"


def test_the_file_counts_its_recording(coach: Run, curls: Path, learned: Path) -> None:
    done = coach("replay", curls, "--exercise", learned, "--json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["exercise"], result["reps"]) == ("my_curl", 3)
    assert "My curl: 3 repetitions" in coach("replay", curls, "-e", learned).stdout


def test_words_come_from_a_known_exercise(coach: Run, curls: Path, tmp_path: Path) -> None:
    out = tmp_path / "curl_two.toml"
    done = coach("learn", curls, "--id", "curl_two", "--like", "biceps_curl", "-o", out)
    assert done.exit_code == 0, done.stderr
    assert exercise_file.read(out).words.name == "Biceps curl"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--id", "My Curl", "-o", "out.toml"), "small letters"),
        (("--id", "my_curl", "-o", "out.txt"), "ends in .toml"),
        (("--id", "my_curl", "-o", "none/out.toml"), "there is no folder"),
        (("--id", "my_curl", "--like", "biceps_crul", "-o", "out.toml"), "Did you mean"),
    ],
)
def test_wrong_options_are_said(
    coach: Run, curls: Path, tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    done = coach("learn", curls, *options[:-1], tmp_path / options[-1])
    assert done.exit_code == 1
    assert why in done.stderr
    assert not list(tmp_path.glob("**/*.toml"))


def test_no_repetitions_no_file(coach: Run, still: Path, tmp_path: Path) -> None:
    done = coach("learn", still, "--id", "nothing", "-o", tmp_path / "nothing.toml")
    assert done.exit_code == 1
    assert "at least twice" in done.stderr
    assert "film 2 to 5" in done.stderr
    assert not (tmp_path / "nothing.toml").exists()


def test_nobody_is_said(coach: Run, nobody: Path, tmp_path: Path) -> None:
    done = coach("learn", nobody, "--id", "nobody", "-o", tmp_path / "nobody.toml")
    assert done.exit_code == 1
    assert "Nobody is in it" in done.stderr


def test_an_exercise_file_that_is_missing_or_wrong_is_said(
    coach: Run, curls: Path, tmp_path: Path
) -> None:
    done = coach("replay", curls, "--exercise", tmp_path / "none.toml")
    assert done.exit_code == 1
    assert "none.toml" in done.stderr
    (tmp_path / "wrong.toml").write_text('id = "wrong"\n')
    done = coach("replay", curls, "--exercise", tmp_path / "wrong.toml")
    assert done.exit_code == 1
    assert "wrong.toml" in done.stderr
