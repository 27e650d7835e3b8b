"""`coach analyze` on the sample clip, and on bad input."""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from coach.io import recording
from coach.io.video import open_video
from tests.coach.commands.conftest import Run
from tests.coach.io.clips import SAMPLE, write_clip


@pytest.fixture(scope="module")
def short_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 60 frames of the sample clip."""
    from coach.io.annotated_video import AnnotatedVideo

    path = tmp_path_factory.mktemp("clips") / "short.mp4"
    with open_video(SAMPLE) as video, AnnotatedVideo(path, video.size_px, video.fps) as out:
        for picture in itertools.islice(video, 60):
            out.write(picture.t_s, picture.bgr)
    return path


def test_every_output_in_one_run(coach: Run, short_clip: Path, tmp_path: Path) -> None:
    angles, video, landmarks = tmp_path / "a.csv", tmp_path / "a.mp4", tmp_path / "a.npz"
    done = coach(
        "analyze", short_clip, "--exercise", "squat", "--json", "--model", "lite",
        "--angles", angles, "--annotate", video, "--record", landmarks,
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["schema"], result["exercise"], result["view"], result["frames"]) == (
        1,
        "squat",
        "side",
        60,
    )
    assert result["duration_s"] == pytest.approx(2.0, abs=0.05)
    assert done.stderr == ""

    with angles.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 60
    assert "left_knee_flexion_error_deg" in rows[0]
    vouched = [float(row["left_knee_flexion"]) for row in rows if row["left_knee_flexion"]]
    assert len(vouched) > 50
    assert max(vouched) < 140

    with open_video(video) as annotated:
        assert len(list(annotated)) == 60

    kept = recording.read(landmarks)
    assert len(kept) == 60
    assert kept.meta["model"] == "lite"
    assert kept.meta["source"] == "short.mp4"
    np.testing.assert_allclose(kept.t_s, [float(row["t_s"]) for row in rows], atol=1e-4)

    replayed = coach("replay", landmarks, "--exercise", "squat", "--json")
    assert json.loads(replayed.stdout) == result


@pytest.mark.slow
def test_the_sample_clip_is_counted_as_it_was_made(coach: Run) -> None:
    done = coach("analyze", SAMPLE, "--exercise", "squat", "--model", "lite")
    assert done.exit_code == 0, done.stderr
    assert "Squat: 5 repetitions" in done.stdout


def test_nobody_in_the_picture_is_said(coach: Run, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "empty.mp4", 10, (320, 240))
    done = coach(
        "analyze", clip, "--exercise", "squat", "--model", "lite", "--angles", tmp_path / "a.csv"
    )
    assert done.exit_code == 1
    assert "Nobody was found" in done.stderr
    assert not (tmp_path / "a.csv").exists()


def test_bad_input_is_one_line_and_exit_code_1(coach: Run, tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("not a video")
    clip = write_clip(tmp_path / "clip.mp4", 3)
    for arguments, words in (
        (("analyze", tmp_path / "no.mp4", "--exercise", "squat"), "There is no file"),
        (("analyze", tmp_path, "--exercise", "squat"), "is a folder"),
        (("analyze", text, "--exercise", "squat"), "is not a video"),
        (("analyze", clip, "--exercise", "squats"), "Did you mean 'squat'?"),
        (
            ("analyze", clip, "--exercise", "squat", "--angles", tmp_path / "x" / "a.csv"),
            "no folder",
        ),
        (("analyze", clip, "--exercise", "squat", "--record", tmp_path), "is a folder"),
        (("analyze", clip, "--exercise", "squat", "--annotate", clip), "is the video itself"),
        (
            ("analyze", clip, "--exercise", "squat", "--annotate", tmp_path / "a.doc"),
            "should end in",
        ),
    ):
        done = coach(*arguments)
        assert done.exit_code == 1, arguments
        assert words in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert done.stdout == ""


def test_wrong_usage_is_exit_code_2(coach: Run) -> None:
    assert coach("analyze").exit_code == 2
    assert coach("analyze", "a.mp4", "--exercise", "squat", "--model", "huge").exit_code == 2
    assert coach("nonsense").exit_code == 2
