"""`coach assess` in words and as JSON, and what it says when it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.io import recording
from scripts.references.figure import Floats, Pose, figure
from tests.builders import Camera, Timing, movement
from tests.coach.commands.conftest import Run

HELD = Timing(out_s=1.0, hold_s=1.2, back_s=1.0, pause_s=0.8)


@pytest.fixture
def bends(tmp_path: Path) -> Path:
    """Three knee bends of 120 degrees, seen from the left."""

    def bend(depth: float) -> Floats:
        return figure(Pose(knee_flexion=(120.0 * depth, 2.0)))

    frames = movement(bend, [1, 1, 1], timing=HELD, camera=Camera(90.0), fps=15)
    path = tmp_path / "bends.npz"
    recording.write(
        path, recording.record(frames, (1280, 720), {"model": "made", "source": "made"})
    )
    return path


@pytest.fixture
def stands(tmp_path: Path) -> Path:
    """Five times up from a chair, seen from the side."""
    path = tmp_path / "stands.npz"
    frames = movement("sit_to_stand", [1] * 5, fps=15)
    recording.write(
        path, recording.record(frames, (1280, 720), {"model": "made", "source": "made"})
    )
    return path


def test_a_range_in_words(coach: Run, bends: Path) -> None:
    done = coach(
        "assess", bends, "--motion", "knee_flexion", "--age", 63, "--sex", "female", "--last", 90
    )
    assert done.exit_code == 0, done.stderr
    assert "Knee bend, left: 1" in done.stdout
    assert "Usual for age and sex: 138°, so this is lower." in done.stdout
    assert "a real change" in done.stdout


def test_a_range_as_json(coach: Run, bends: Path) -> None:
    found = json.loads(coach("assess", bends, "--motion", "knee_flexion", "--json").stdout)
    assert found["deg"] == pytest.approx(120, abs=5)
    assert len(found["attempts"]) == 3


def test_a_functional_test(coach: Run, stands: Path) -> None:
    done = coach("assess", stands, "--test", "five_times_sit_to_stand", "--age", 72)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Five times sit to stand: ")
    assert "Compared with 12.6 at this age" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (("--motion", "knee"), "There is no range of motion 'knee'; there are knee_flexion", 1),
        (("--test", "tug"), "There is no functional test 'tug'; there are chair_stand_30s", 1),
        ((), "name either a --motion or a --test", 2),
        (("--motion", "shoulder_abduction"), "should be seen from the front", 1),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_sentence(
    coach: Run, bends: Path, arguments: tuple[str, ...], words: str, code: int
) -> None:
    done = coach("assess", bends, *arguments)
    assert done.exit_code == code
    assert words in " ".join(done.stderr.replace("│", " ").split())
