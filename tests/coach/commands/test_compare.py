"""`coach compare`: the list for programs, the table for people, and clear errors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from coach.commands.deviation_words import sentences
from coach.comparing.comparison import Likeness
from coach.comparing.deviations import Deviation, Phase
from coach.comparing.features import BY_NAME
from coach.frame import PoseFrame
from coach.io import recording
from tests.builders import Camera, Timing, movement
from tests.coach.commands.conftest import Run

ONE = Timing(lead_s=0.3, tail_s=0.3, pause_s=0.0)


def squat(seed: int = 7, yaw_deg: float = 90.0, **faults: float) -> list[PoseFrame]:
    return movement("squat", [1.0], timing=ONE, seed=seed, camera=Camera(yaw_deg=yaw_deg), **faults)


def stored(path: Path, frames: Sequence[PoseFrame]) -> Path:
    recording.write(path, recording.record(frames, (1280, 720), {}))
    return path


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    return stored(tmp_path / "reference.npz", squat(1))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return stored(tmp_path / "good.npz", squat(2))


@pytest.fixture
def leaning(tmp_path: Path) -> Path:
    return stored(tmp_path / "leaning.npz", squat(3, lean_deg=60))


def test_a_leaning_squat_scores_less_and_the_words_say_why(
    coach: Run, reference: Path, good: Path, leaning: Path
) -> None:
    done = coach("compare", "--reference", reference, "-c", good, "--candidate", leaning, "--json")
    assert done.exit_code == 0, done.stderr
    first, second = json.loads(done.stdout)
    assert (first["file"], second["file"]) == (str(good), str(leaning))
    assert 1.0 >= first["score"] > second["score"] + 0.1 >= 0.1
    assert first["says"] == ["no angle stands out"]
    trunk = next(one for one in second["worst"] if one["angle"] == "trunk_forward")
    assert trunk["phase"] == "turn"
    assert any(
        "your trunk leaned" in say and "further forward than the reference at the turn" in say
        for say in second["says"]
    )


def test_the_table_is_for_people(coach: Run, reference: Path, leaning: Path) -> None:
    done = coach("compare", "-r", reference, "-r", reference, "-c", leaning)
    assert done.exit_code == 0, done.stderr
    assert "leaned" in done.stdout


def test_another_direction_is_said(coach: Run, reference: Path, tmp_path: Path) -> None:
    front = stored(tmp_path / "front.npz", squat(4, yaw_deg=0))
    done = coach("compare", "-r", reference, "-c", front, "--json")
    assert "from another direction" in json.loads(done.stdout)[0]["says"][-1]


def test_a_candidate_that_is_too_short_is_unlike_and_says_so(
    coach: Run, reference: Path, good: Path, tmp_path: Path
) -> None:
    short = stored(tmp_path / "short.npz", squat()[:2])
    done = coach("compare", "-r", reference, "-c", short, "-c", good, "--json")
    first, second = json.loads(done.stdout)
    assert first["score"] == 0.0
    assert "at least" in first["says"][0]
    assert second["score"] > 0.5


def test_a_reference_that_is_too_short_is_an_error(coach: Run, good: Path, tmp_path: Path) -> None:
    short = stored(tmp_path / "short.npz", squat()[:2])
    done = coach("compare", "-r", short, "-c", good)
    assert done.exit_code == 1
    assert "short.npz" in done.stderr
    assert "at least" in done.stderr


def test_nobody_in_it_is_said(coach: Run, reference: Path, nobody: Path) -> None:
    for files in (("-r", nobody, "-c", reference), ("-r", reference, "-c", nobody)):
        done = coach("compare", *files)
        assert done.exit_code == 1
        assert "Nobody is in" in done.stderr


def test_a_file_of_another_kind_or_none_is_said(
    coach: Run, reference: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.npz").write_text("nothing")
    for name, why in (("text.npz", "not a landmark recording"), ("none.npz", "no file")):
        done = coach("compare", "-r", reference, "-c", tmp_path / name)
        assert done.exit_code == 1
        assert why in done.stderr


def test_nothing_in_common_is_said(coach: Run, reference: Path, tmp_path: Path) -> None:
    hidden = [replace(frame, visibility=frame.visibility * 0.0) for frame in squat()]
    done = coach("compare", "-r", reference, "-c", stored(tmp_path / "hidden.npz", hidden))
    assert done.exit_code == 1
    assert "too little of the body" in done.stderr


def test_without_a_reference_the_usage_is_shown(coach: Run, good: Path) -> None:
    done = coach("compare", "-c", good)
    assert done.exit_code == 2
    assert "--reference" in done.stderr


def say(*found: tuple[str, Phase, float]) -> tuple[str, ...]:
    return sentences(Likeness(0.5, tuple(Deviation(*one) for one in found)))


@pytest.mark.parametrize(
    ("angle", "phase", "deg", "words"),
    [
        ("trunk_forward", "out", -8.0, "trunk leaned 8° less far forward than the reference on the way out"),
        ("trunk_outward", "turn", 8.0, "trunk leaned 8° further to the left"),
        ("pelvis_up", "turn", -9.0, "pelvis was 9° higher on the right"),
        ("shoulders_forward", "back", 20.0, "shoulders were turned 20° further to the right"),
        ("left_upper_arm_up", "turn", -30.0, "left upper arm pointed 30° lower"),
        ("right_thigh_outward", "start", 12.0, "right thigh pointed 12° further outward"),
        ("right_knee_flexion", "turn", 25.4, "right knee bent 25° more than the reference at the turn"),
    ],
)  # fmt: skip
def test_words_know_part_side_direction_and_phase(
    angle: str, phase: Phase, deg: float, words: str
) -> None:
    assert words in say((angle, phase, deg))[0]


def test_both_sides_doing_the_same_are_one_sentence() -> None:
    both = say(("left_knee_flexion", "turn", -20.0), ("right_knee_flexion", "turn", -30.0))
    assert both == ("your knees bent 25° less than the reference at the turn",)


def test_everything_that_may_be_told_has_words() -> None:
    from coach.comparing.deviations import _UNTOLD

    for name, feature in BY_NAME.items():
        if (feature.part, feature.axis) not in _UNTOLD:
            assert "20°" in say((name, "turn", 20.0))[0]
