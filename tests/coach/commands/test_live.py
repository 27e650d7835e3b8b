"""`coach live` with a clip for a camera and a window that only listens."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from coach.commands import live_window
from coach.io.picture import Picture, Pixels
from coach.io.video import open_video
from tests.coach.commands.conftest import Run
from tests.coach.io.clips import SAMPLE


class _Window:
    """Remembers what was shown; presses the keys it was given, then `q`."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = iter([*keys, "q"])
        self.shown: list[Pixels] = []

    def show(self, bgr: Pixels) -> str:
        self.shown.append(bgr)
        return next(self.keys)


def _stand_ins(monkeypatch: pytest.MonkeyPatch, window: _Window) -> None:
    @contextmanager
    def opened(_: object) -> Iterator[_Window]:
        yield window

    @contextmanager
    def camera(_: int) -> Iterator[Iterator[Picture]]:
        with open_video(SAMPLE) as video:
            yield itertools.islice(video, 20)

    monkeypatch.setattr(live_window, "Window", opened)
    monkeypatch.setattr(live_window, "open_camera", camera)


def test_the_picture_is_mirrored_and_drawn_on_until_the_patient_ends(
    coach: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = _Window(["", " ", " ", ""])
    _stand_ins(monkeypatch, window)
    done = coach("live", "--exercise", "squat", "--model", "lite")
    assert done.exit_code == 0, done.stderr
    assert len(window.shown) == 5
    assert "Squat: 0 repetitions" in done.stdout
    with open_video(SAMPLE) as video:
        first = next(iter(video)).bgr
    strip = slice(200, 210)
    assert (window.shown[0][strip, -40:] == first[strip, :40][:, ::-1]).all()


def test_a_mirrored_frame_keeps_its_names() -> None:
    from tests.coach.io.clips import standing

    frame = standing()
    mirrored = live_window._mirrored(frame)
    assert (mirrored.image_px[:, 0] == 639 - frame.image_px[:, 0]).all()
    assert (mirrored.image_px[:, 1] == frame.image_px[:, 1]).all()
    assert frame.image_px is not mirrored.image_px


def test_no_display_is_explained(coach: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("coach.io.window.sys", SimpleNamespace(platform="linux"))
    done = coach("live", "--exercise", "squat")
    assert done.exit_code == 1
    assert "no display" in done.stderr
