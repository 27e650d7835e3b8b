"""Cameras: a fake one that delivers, one that is absent, one that goes away."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from coach.errors import MediaError
from coach.io import camera
from coach.io.picture import Pixels


class _FakeCapture:
    """As many pictures as asked for, then none."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.released = False

    def isOpened(self) -> bool:
        return True

    def read(self) -> tuple[bool, Pixels | None]:
        self.left -= 1
        return (True, np.zeros((48, 64, 3), np.uint8)) if self.left >= 0 else (False, None)

    def release(self) -> None:
        self.released = True


def _with_camera(monkeypatch: pytest.MonkeyPatch, capture: _FakeCapture) -> None:
    monkeypatch.setattr(camera.cv2, "VideoCapture", lambda _: capture)


def test_times_are_monotonic_and_grow_even_within_one_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_camera(monkeypatch, _FakeCapture(6))
    ticks: Iterator[float] = iter([100.0, 100.0, 100.0, 100.5, 101.0])
    with camera.Camera(0, lambda: next(ticks)) as opened:
        pictures = list(itertools.islice(opened, 4))
    assert opened.size_px == (64, 48)
    times = [picture.t_s for picture in pictures]
    assert times == pytest.approx([0.0, 0.0001, 0.5, 1.0])


def test_an_absent_camera_is_explained() -> None:
    with pytest.raises(MediaError, match="Camera 87 cannot be used"):
        camera.open_camera(87)


def test_a_camera_that_goes_away_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = _FakeCapture(3)
    _with_camera(monkeypatch, capture)
    with pytest.raises(MediaError, match="stopped sending"), camera.open_camera() as opened:
        assert len(list(opened)) == 0
    assert capture.released
