"""Annotated videos: right size, true times, and whole or absent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.errors import MediaError
from coach.io.annotated_video import AnnotatedVideo
from coach.io.picture import Picture
from coach.io.video import open_video
from tests.coach.io.clips import blank_picture


def _write(path: Path, times_s: list[float], size_px: tuple[int, int] = (96, 64)) -> None:
    with AnnotatedVideo(path, size_px, 10.0) as out:
        for t_s in times_s:
            out.write(t_s, out.fit(blank_picture(t_s, size_px)))


@pytest.mark.parametrize("name", ["a.mp4", "a.avi", "a.webm"])
def test_it_has_as_many_frames_and_seconds_as_the_original(tmp_path: Path, name: str) -> None:
    _write(tmp_path / name, [index / 10 for index in range(10)])
    with open_video(tmp_path / name) as video:
        assert len(list(video)) == 10
        assert video.fps == pytest.approx(10.0)


def test_a_varying_rate_keeps_its_seconds(tmp_path: Path) -> None:
    _write(tmp_path / "a.mp4", [0.0, 0.1, 0.5, 0.52, 1.0])
    with open_video(tmp_path / "a.mp4") as video:
        assert [round(picture.t_s, 1) for picture in video][-1] == 1.0


def test_large_and_odd_pictures_are_fitted(tmp_path: Path) -> None:
    with AnnotatedVideo(tmp_path / "a.mp4", (2001, 1001), 10.0) as out:
        assert out.size_px == (1280, 640)
        fitted = out.fit(Picture(0.0, np.zeros((1001, 2001, 3), np.uint8)))
        assert fitted.shape == (640, 1280, 3)
        out.write(0.0, fitted)
    with open_video(tmp_path / "a.mp4") as video:
        assert video.size_px == (1280, 640)


def _interrupted(path: Path) -> None:
    with AnnotatedVideo(path, (96, 64), 10.0) as out:
        out.write(0.0, blank_picture().bgr)
        raise KeyboardInterrupt


def test_an_interrupted_one_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(tmp_path / "a.mp4")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("a.mp4", b"old")]


def test_wrong_names_and_places_are_explained(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="should end in one of"):
        AnnotatedVideo(tmp_path / "a.txt", (96, 64), 10.0)
    with pytest.raises(MediaError, match="cannot be written"):
        AnnotatedVideo(tmp_path / "nowhere" / "a.mp4", (96, 64), 10.0)
