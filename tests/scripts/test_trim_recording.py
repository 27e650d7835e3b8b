"""Cutting a recording down to a golden one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from coach.io.recording import read, record, write
from coach.stream import Gap
from scripts.trim_recording import trimmed
from tests.builders import judge, movement


def test_a_cut_starts_at_zero_and_rounds_below_the_models_error() -> None:
    frames = [*movement("squat", [1, 1]), Gap(20.0)]
    whole = record(frames, (1280, 720), {"model": "full", "source": "long.mp4"})
    cut = trimmed(whole, 2.0, 6.0, "long.mp4")
    kept = (whole.t_s >= 2.0) & (whole.t_s < 6.0)
    assert (cut.t_s[0], len(cut)) == (0.0, int(kept.sum()))
    assert np.abs(cut.image_px - whole.image_px[kept]).max() <= 0.126
    assert np.abs(cut.world_m - whole.world_m[kept]).max() <= 0.001
    assert cut.meta["source"] == "long.mp4"


def test_gaps_stay_gaps_and_the_count_stays() -> None:
    frames = [*movement("squat", [1, 1]), Gap(20.0)]
    cut = trimmed(record(frames, (1280, 720), {}), 0.0, 30.0, "long.mp4")
    assert not cut.seen()[-1]
    assert judge("squat", cut.frames()).verdicts == ["correct"] * 2


def test_the_command(tmp_path: Path) -> None:
    write(tmp_path / "in.npz", record(movement("squat", [1]), (1280, 720), {"source": "a.mp4"}))
    command = [
        sys.executable,
        "-m",
        "scripts.trim_recording",
        str(tmp_path / "in.npz"),
        str(tmp_path / "out.npz"),
        "--to",
        "2",
    ]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    assert read(tmp_path / "out.npz").t_s[-1] < 2.0
