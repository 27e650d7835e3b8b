"""`coach record`: landmarks of a video, of a camera, and of a camera that is not there."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from coach.commands import recorder
from coach.frame import PoseFrame
from coach.io import recording
from coach.io.landmarker import Landmarker
from coach.io.picture import Picture
from coach.io.video import open_video
from coach.stream import Gap
from tests.coach.commands.conftest import Run
from tests.coach.io.clips import SAMPLE


def test_a_video_is_recorded(coach: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.npz"
    done = coach("record", out, "--video", SAMPLE, "--seconds", "0.5", "--model", "lite")
    assert done.exit_code == 0, done.stderr
    kept = recording.read(out)
    assert len(kept) == 16
    assert kept.seen().all()
    assert "16 frames, a person in 16 of them" in done.stdout


def test_a_camera_is_recorded(coach: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "open_camera", lambda _: open_video(SAMPLE))
    done = coach("record", tmp_path / "a.npz", "--seconds", "0.3", "--model", "lite")
    assert done.exit_code == 0, done.stderr
    assert recording.read(tmp_path / "a.npz").meta["source"] == "camera 0"


def test_ctrl_c_keeps_what_was_recorded(
    coach: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = itertools.count(1)

    class _Interrupted(Landmarker):
        def detect(self, picture: Picture) -> PoseFrame | Gap:
            if next(taken) > 3:
                raise KeyboardInterrupt
            return super().detect(picture)

    monkeypatch.setattr(recorder, "open_camera", lambda _: open_video(SAMPLE))
    monkeypatch.setattr(recorder, "Landmarker", _Interrupted)
    done = coach("record", tmp_path / "a.npz", "--model", "lite")
    assert done.exit_code == 0, done.stderr
    assert len(recording.read(tmp_path / "a.npz")) == 3


def test_an_absent_camera_and_place_are_explained(coach: Run, tmp_path: Path) -> None:
    done = coach("record", tmp_path / "a.npz", "--camera", "87")
    assert done.exit_code == 1
    assert "Camera 87 cannot be used" in done.stderr
    done = coach("record", tmp_path / "x" / "a.npz")
    assert done.exit_code == 1
    assert "no folder" in done.stderr
