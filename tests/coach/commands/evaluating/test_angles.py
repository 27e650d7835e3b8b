"""Angles against truth: what is scored is what was vouched for."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from coach.commands.evaluating.angles import AngleScore, total, true
from coach.io import recording
from scripts.references.figure import Pose, figure
from tests.builders import EXACT, Camera, Timing, movement, pose_at
from tests.coach.commands.conftest import Run

NAMES = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
FPS = 15.0
TIMING = Timing()


def joints_of(points: np.ndarray) -> np.ndarray:
    """`(2, 6, 3)` joint centres of `(33, 3)` landmarks."""
    left = [11, 13, 15, 23, 25, 27]
    return np.stack([points[left], points[[i + 1 for i in left]]])


@pytest.mark.parametrize(
    ("angle", "pose", "deg"),
    [
        ("knee_flexion", Pose(knee_flexion=(70.0, 20.0)), (70, 20)),
        ("elbow_flexion", Pose(elbow_flexion=(110.0, 5.0)), (110, 5)),
        ("hip_flexion", Pose(hip_flexion=(40.0, 10.0), trunk_lean=20.0), (40, 10)),
        ("shoulder_abduction", Pose(shoulder_abduction=(90.0, 30.0)), (90, 30)),
    ],
)
def test_truth_is_in_the_clinical_convention(
    angle: str, pose: Pose, deg: tuple[float, float]
) -> None:
    joints = joints_of(figure(pose))[None]
    # hips are apart and shoulders wider: a leg's angle with the midline is its own within a degree or two
    assert [float(true(joints, angle, side)[0]) for side in (0, 1)] == pytest.approx(deg, abs=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two squats from the side, with their truth beside them."""
    frames = movement("squat", [1, 1], fps=FPS, model=EXACT, camera=Camera(90.0), timing=TIMING)
    made = recording.record(frames, (1280, 720), {"model": "made", "source": "made"})
    recording.write(tmp_path / "squat_side.npz", made)
    joints = [joints_of(pose_at("squat", [1, 1], TIMING, frame.t_s)) for frame in frames]
    np.savez(tmp_path / "squat_truth.npz", joints=np.stack(joints), names=NAMES, fps=FPS)
    return tmp_path


def test_a_folder_is_scored_by_angle_and_in_all(coach: Run, folder: Path) -> None:
    done = coach("evaluate", folder, "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    knee = next(one for one in told["angles"] if one["angle"] == "left_knee_flexion")
    assert knee["in_plane"] is True
    assert knee["vouched"] == 1.0
    assert knee["mae_deg"] < 4.0
    assert knee["within"] >= 0.8
    assert told["angle_scores"]["in_plane"]["mae_deg"] < 4.0


def test_what_was_not_vouched_for_weighs_nothing() -> None:
    seen = AngleScore("a", "left_knee_flexion", True, 1.0, 4.0, 0.0, 0.0, 0.9)
    unseen = AngleScore("a", "right_knee_flexion", True, 0.0, None, None, None, None)
    together = total([seen, unseen])
    assert (together.mae_deg, together.vouched, together.within) == (4.0, 0.5, 0.9)
    assert total([unseen]).mae_deg is None


@pytest.mark.parametrize("content", [b"", b"PK"])
def test_a_damaged_truth_is_explained(coach: Run, folder: Path, content: bytes) -> None:
    (folder / "squat_truth.npz").write_bytes(content)
    done = coach("evaluate", folder)
    assert done.exit_code == 1
    assert "is not a file of true joint centres" in done.stderr
