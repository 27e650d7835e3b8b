"""`coach bench`: that its figures are measured, and that what cannot be is said."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from coach.commands import bench, benchmark
from coach.errors import CoachError
from coach.lift import Lift
from poses import catalogue
from tests.coach.commands.conftest import Run
from tests.coach.io.clips import standing, write_clip

FRAMES = [standing(index / 30) for index in range(60)]


def test_step_and_lift_are_timed_apart_and_the_lift_left_as_it_was() -> None:
    before = Lift.__call__
    step_ms, lift_ms = benchmark.step_and_lift_ms(catalogue.load("squat"), FRAMES)
    assert 0 < lift_ms < 50
    assert 0 < step_ms < 50
    assert Lift.__call__ is before


def test_replay_is_timed() -> None:
    assert benchmark.replay_fps(catalogue.load("squat"), FRAMES) > 50


def test_what_cannot_be_measured_is_left_out_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise CoachError("no models here")

    for name in ("landmarks_of", "analyze_and_bare_s", "web_rss_mb"):
        monkeypatch.setattr(benchmark, name, fail)
    measured = benchmark.measure(Path("a.mp4"), catalogue.load("squat"), "lite")
    assert measured.replay_fps is None
    assert set(measured.skipped) == {
        "engine_step_ms",
        "lift_ms",
        "replay_fps",
        "analyze_over_bare",
        "web_rss_mb",
    }
    assert set(measured.skipped.values()) == {"no models here"}


def test_the_json_has_the_keys_that_others_read(
    coach: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = benchmark.Bench(engine_step_ms=0.1, replay_fps=2000.0, skipped={"web_rss_mb": "no"})
    monkeypatch.setattr(benchmark, "measure", lambda *_: figures)
    told = json.loads(coach("bench", "--json").stdout)
    assert {"engine_step_ms", "lift_ms", "replay_fps", "analyze_over_bare", "web_rss_mb"} <= set(
        told
    )
    assert told["web_rss_mb"] is None
    assert "skipped: no" in coach("bench").stdout
    assert bench.SAMPLE.name == "squat_side.mp4"


def test_a_program_that_fails_is_told_by_its_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "coach.py"
    script.write_text("import sys; print('coach: no such exercise', file=sys.stderr); sys.exit(1)")
    monkeypatch.setattr(benchmark, "coach_command", lambda: [sys.executable, str(script)])
    with pytest.raises(CoachError, match="no such exercise"):
        benchmark.analyze_and_bare_s(write_clip(tmp_path / "a.mp4"), "squat", "lite")
