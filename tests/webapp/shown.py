"""A movement shown by the drawn figure, as the recording page sends it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from coach.frame import PoseFrame
from tests.builders import movement
from tests.webapp.builders import Browser
from webapp.live.messages import pack

FPS = 15.0


def packed(frames: Sequence[PoseFrame]) -> bytes:
    """Frames as messages, one after the other."""
    batches = [list(frames[at : at + 8]) for at in range(0, len(frames), 8)]
    return b"".join(pack(list(batch), 1 + 8 * number) for number, batch in enumerate(batches))


def show(
    browser: Browser, depths: Sequence[float], *, what: str = "hip_abduction", **fields: Any
) -> Any:
    """Send a demonstration; the answer of the server."""
    frames = movement(what, depths, fps=FPS, until_s=6.0 if not depths else None)
    return send(browser, packed(frames), **fields)


def send(browser: Browser, data: bytes, **fields: Any) -> Any:
    """Send bytes as a demonstration."""
    form = {"landmarks": (BytesIO(data), "landmarks.bin"), **fields}
    return browser.post(
        "/patients/movements", form, content_type="multipart/form-data",
        headers={"Accept": "application/json"},
    )  # fmt: skip
