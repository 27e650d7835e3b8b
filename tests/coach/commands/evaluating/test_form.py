"""Form: correct repetitions score above incorrect ones by somebody never seen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from coach.commands.evaluating.form import area, is_movement
from tests.builders import Timing, pose_at
from tests.coach.commands.conftest import Run

FPS = 15.0
ONCE = Timing(out_s=1.0, hold_s=0.2, back_s=1.0, pause_s=0.0, lead_s=0.2, tail_s=0.2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Squats by three people who lean a little differently; every other one leans far too much."""
    rng = np.random.default_rng(1)
    reps, subject, correct = [], [], []
    for person in range(3):
        for i in range(10):
            wrong = i % 2 == 1
            lean_deg = (65.0 if wrong else 38.0) + 3.0 * person + float(rng.normal(0.0, 1.5))
            times = np.arange(0.0, ONCE.duration_s(1), 1 / FPS)
            reps.append(
                [pose_at("squat", [1.0], ONCE, t, lean_deg=lean_deg) for t in times.tolist()]
            )
            subject.append(person)
            correct.append(not wrong)
    offset = np.cumsum([0, *(len(rep) for rep in reps)])
    np.savez(
        tmp_path / "squat.npz", world_m=np.concatenate([np.array(rep) for rep in reps]), offset=offset,
        subject=subject, correct=correct, fps=FPS,
    )  # fmt: skip
    return tmp_path


def test_leaning_too_far_is_told_from_correct(coach: Run, folder: Path) -> None:
    done = coach("evaluate", folder, "--json")
    assert done.exit_code == 0, done.stderr
    form = json.loads(done.stdout)["form"]
    assert form["squat"] == form["mean"] > 0.95


def test_the_area_is_the_share_of_pairs_in_order() -> None:
    assert area(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == pytest.approx((1 + 1 + 0.5 + 1) / 4)


def test_other_archives_are_no_movements(folder: Path, still: Path) -> None:
    assert is_movement(folder / "squat.npz")
    assert not is_movement(still)
    (folder / "text.npz").write_text("no archive")
    assert not is_movement(folder / "text.npz")
