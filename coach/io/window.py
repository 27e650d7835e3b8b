"""A window on the local screen."""

from __future__ import annotations

import os
import subprocess
import sys
from types import TracebackType
from typing import Final, Self

from coach.errors import MediaError
from coach.io.opencv import cv2
from coach.io.picture import Pixels

_ESCAPE: Final = 27
_PROBE_S: Final = 30.0


class Window:
    """Shows pictures and hears keys."""

    def __init__(self, title: str) -> None:
        """Raises MediaError where there is no screen to show it on."""
        if not _screen_answers():
            raise MediaError(
                "There is no display here for a window; run this on a desktop, or use `coach serve` and a browser."
            )
        self._title = title
        cv2.namedWindow(title, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO)

    def show(self, bgr: Pixels) -> str:
        """Show a picture. Returns the key pressed meanwhile: a character, `escape` (also when closed), or nothing."""
        cv2.imshow(self._title, bgr)
        code = cv2.waitKey(1) & 0xFF
        if code == _ESCAPE or cv2.getWindowProperty(self._title, cv2.WND_PROP_VISIBLE) < 1:
            return "escape"
        return "" if code == 0xFF else chr(code)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        cv2.destroyAllWindows()


def _screen_answers() -> bool:
    """Try in a process of its own: where the screen does not answer, the window system ends the whole process."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    try:
        done = subprocess.run(
            [sys.executable, "-c", "import cv2; cv2.namedWindow('coach')"],
            capture_output=True,
            timeout=_PROBE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
