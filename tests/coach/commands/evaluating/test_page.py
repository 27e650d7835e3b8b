"""The report as a page: figures, and each clip that went wrong with what was labelled and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.coach.commands.conftest import Run

SAMPLE = Path(__file__).parents[4] / "webapp/static/samples/squat_side.mp4"


@pytest.fixture
def manifest(still: Path) -> Path:
    """One clip counted right, and one in which nobody moves though somebody labelled two repetitions."""
    path = still.with_name("manifest.csv")
    path.write_text(
        "file,exercise,reps,rep_frames,fps\nstill.npz,squat,0,,\n"
        'still.npz,squat,2,"[[0, 10, 20], [25, 30, 45]]",30\n'
    )
    return path


def test_the_page_names_what_went_wrong_and_why(coach: Run, manifest: Path) -> None:
    page = manifest.with_name("report.html")
    done = coach("evaluate", manifest.parent, "--html", page)
    assert done.exit_code == 0, done.stderr
    text = page.read_text("utf-8")
    assert text.count("<article>") == 1
    assert "2 labelled, 0 counted: signal" in text
    assert "0.7 s labelled end, 1.5 s labelled end" in text
    assert "http" not in text


def test_a_folder_without_data_says_what_is_expected(coach: Run, tmp_path: Path) -> None:
    done = coach("evaluate", tmp_path)
    assert done.exit_code == 1
    assert "expected a manifest.csv" in done.stderr


def test_pictures_of_a_video_stand_in_the_page(tmp_path: Path) -> None:
    from coach.commands.evaluating import page
    from coach.commands.evaluating.counts import Label, Outcome
    from coach.commands.evaluating.report import Report

    (tmp_path / "squat.mp4").write_bytes(SAMPLE.read_bytes())
    wrong = Outcome(Label("squat.mp4", "squat", 4, (2.0,)), 5, (2.1,), cause="extra")
    page.write(tmp_path / "report.html", Report(((tmp_path, wrong),), ()))
    text = (tmp_path / "report.html").read_text("utf-8")
    assert text.count("data:image/jpeg;base64,") >= 8
    assert "2.0 s labelled end" in text
