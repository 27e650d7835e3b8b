"""The sample clips are small, play everywhere and agree with their truth files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import pytest

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "webapp" / "static" / "samples"
TRUTHS = [
    ("sample_squat_truth.json", 1_000_000, 5, 2.5),
    ("sample_shoulder_abduction_truth.json", 600_000, 4, 2.5),
]


def load(name: str) -> dict[str, Any]:
    """One truth file."""
    truth: dict[str, Any] = json.loads((HERE / "data" / name).read_text())
    return truth


@pytest.mark.parametrize(("name", "most_bytes", "reps", "still_s"), TRUTHS)
def test_clip_has_the_frames_its_truth_describes(
    name: str, most_bytes: int, reps: int, still_s: float
) -> None:
    truth = load(name)
    path = SAMPLES / truth["clip"]
    video = cv2.VideoCapture(str(path))
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == truth["frames"]
    assert video.get(cv2.CAP_PROP_FPS) == pytest.approx(truth["fps"])
    size = [video.get(cv2.CAP_PROP_FRAME_WIDTH), video.get(cv2.CAP_PROP_FRAME_HEIGHT)]
    assert size == truth["size_px"]
    video.release()
    assert path.stat().st_size <= most_bytes
    assert path.with_suffix(".jpg").stat().st_size <= 40_000


@pytest.mark.parametrize(("name", "most_bytes", "reps", "still_s"), TRUTHS)
def test_repetitions_turn_where_the_true_curve_does(
    name: str, most_bytes: int, reps: int, still_s: float
) -> None:
    truth = load(name)
    curve, fps = truth["angles_deg"][truth["measured"]], truth["fps"]
    assert len(curve) == len(truth["image_angle_deg"]) == truth["frames"]
    assert len(truth["reps"]) == reps
    assert truth["reps"][0]["start_s"] >= still_s
    for rep in truth["reps"]:
        whole = curve[round(rep["start_s"] * fps) : round(rep["end_s"] * fps) + 1]
        assert max(whole) == pytest.approx(rep["peak_deg"], abs=0.1)
        assert curve[round(rep["peak_s"] * fps)] == rep["peak_deg"]
        assert whole[0] == pytest.approx(whole[-1], abs=0.5)


def test_the_third_squat_is_shallow_and_the_others_are_deep() -> None:
    depths = [rep["peak_deg"] for rep in load("sample_squat_truth.json")["reps"]]
    assert [depth > 95 for depth in depths] == [True, True, False, True, True]
