"""Windows: what is said where there is no screen."""

from __future__ import annotations

import sys

import pytest

from coach.errors import MediaError
from coach.io import window
from tests.coach.io.clips import blank_picture


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a screen"
)
def test_no_display_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(MediaError, match="no display"):
        window.Window("squat")


@pytest.mark.parametrize(
    ("code", "visible", "key"),
    [(ord("q"), 1.0, "q"), (27, 1.0, "escape"), (-1, 1.0, ""), (-1, 0.0, "escape")],
)
def test_keys_and_closing_are_heard(
    monkeypatch: pytest.MonkeyPatch, code: int, visible: float, key: str
) -> None:
    monkeypatch.setattr(window, "_screen_answers", lambda: True)
    for name, answer in (
        ("namedWindow", None), ("imshow", None), ("waitKey", code), ("getWindowProperty", visible),
        ("destroyAllWindows", None),
    ):  # fmt: skip
        monkeypatch.setattr(window.cv2, name, lambda *_, answer=answer: answer)
    with window.Window("squat") as opened:
        assert opened.show(blank_picture().bgr) == key


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs an X address that is dead")
def test_a_display_that_does_not_answer_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(MediaError, match="coach serve"):
        window.Window("squat")
