"""Scores of counting: figures from known outcomes, and the command on recordings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.commands.evaluating.counts import Label, Outcome, read_manifest, score
from coach.errors import MediaError
from tests.coach.commands.conftest import Run


def _outcome(true: int, counted: int, error: str = "") -> Outcome:
    return Outcome(Label("a", "squat", true), counted, error=error)


def test_figures_are_over_the_clips_that_can_tell() -> None:
    figures = score(
        [_outcome(4, 4), _outcome(4, 5), _outcome(10, 5), _outcome(0, 2), _outcome(0, 0, "no file")]
    )
    assert figures.clips == 5
    assert figures.exact == 0.333
    assert figures.obo == 0.667
    assert figures.mae == pytest.approx((0 + 0.25 + 0.5) / 3, abs=0.001)
    assert (figures.false, figures.without_reps, figures.failed) == (2, 2, 1)
    assert figures.timing is None


def test_no_clip_no_figure() -> None:
    assert score([]).exact is None


@pytest.mark.parametrize(
    ("found", "matched"),
    [
        ((1.0, 3.0), 2),
        ((1.5, 3.0), 2),
        ((1.51, 3.0), 1),
        ((1.0,), 1),
        ((), 0),
        ((1.0, 1.1, 3.4, 9.0), 2),
    ],
)
def test_each_repetition_matches_one_label_within_half_a_second(
    found: tuple[float, ...], matched: int
) -> None:
    assert Outcome(Label("a", "squat", 2, (1.0, 3.0)), 2, found).matched == matched


def test_a_manifest_is_read_with_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(
        'file,exercise,reps,rep_frames,fps\na.mp4,squat,2,"[[0, 5, 30], [31, 40, 60]]",30\nb.mp4,plank,0,,\n'
    )
    assert read_manifest(path) == [
        Label("a.mp4", "squat", 2, (1.0, 2.0)),
        Label("b.mp4", "plank", 0),
    ]
    assert [label.file for label in read_manifest(path, ["plank"])] == ["b.mp4"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file,reps\na,1\n", "should have the columns"),
        ("file,exercise,reps\n", "at least one row"),
        ("file,exercise,reps\na,squat,many\n", "row 2"),
        ("file,exercise,reps,rep_frames,fps\na,squat,1,[[1,2,3]],0\n", "row 2"),
    ],
)
def test_a_wrong_manifest_is_explained(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "m.csv").write_text(text)
    with pytest.raises(MediaError, match=words):
        read_manifest(tmp_path / "m.csv")


def test_recordings_are_replayed_and_failures_listed(coach: Run, still: Path) -> None:
    manifest = still.with_name("m.csv")
    manifest.write_text(
        "file,exercise,reps\nstill.npz,squat,0\ngone.npz,squat,3\nstill.npz,squid,1\n"
    )
    done = coach("evaluate", manifest, "--json", "--jobs", "2")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert [clip["counted"] for clip in told["clips"]] == [0, 0, 0]
    assert "There is no file" in told["clips"][1]["error"]
    assert "Did you mean" in told["clips"][2]["error"]
    assert told["scores"]["squat"]["false"] == 0
    assert told["scores"]["ALL"]["failed"] == 2
    lines = coach("evaluate", manifest, "--only", "squat").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["gone.npz", "squat", "ALL", "ALL,"]


def test_a_missing_manifest_is_explained(coach: Run, tmp_path: Path) -> None:
    done = coach("evaluate", tmp_path / "m.csv")
    assert done.exit_code == 1
    assert "cannot be read" in done.stderr
