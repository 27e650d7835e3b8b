"""A browser without WebGL: it asks before it sends pictures, and after a yes the clinic's computer finds the body."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import FAKE_CAMERA, Launch
from tests.e2e.live_page import LivePage
from tests.webapp.live.clinic import Clinic
from tests.webapp.live.served import Served

NO_GRAPHICS = (
    "--disable-gpu",
    "--disable-webgl",
    "--disable-3d-apis",
    "--disable-software-rasterizer",
)


@pytest.fixture
def page(launch: Launch, webcam: Path, served: Served, clinic: Clinic) -> LivePage:
    """Before the webcam, without graphics, and with every frame of the web socket written down."""
    context = launch(*FAKE_CAMERA, f"--use-file-for-fake-video-capture={webcam}", *NO_GRAPHICS)
    found = LivePage(context, served.base, clinic.prescription, clinic.email)
    found.log_in()
    found.open()
    return found


def sent(page: LivePage) -> list[str | bytes]:
    """What the page sends over its sockets from now on."""
    frames: list[str | bytes] = []

    def note(frame: str | bytes) -> None:
        frames.append(frame)

    page.page.on("websocket", lambda socket: socket.on("framesent", note))
    return frames


def is_picture(frame: str | bytes) -> bool:
    return b"\xff\xd8\xff" in frame if isinstance(frame, bytes) else '"picture"' in frame


def test_after_a_yes_the_clinics_computer_finds_the_body_and_it_counts(page: LivePage) -> None:
    frames = sent(page)
    page.click("use-camera")
    page.wait_for_step("pictures")
    assert "forgotten at once" in page.page.inner_text("section[data-for=pictures]")
    assert frames == []
    page.click("pictures-yes")
    page.wait_for_step("setup")
    page.wait_for_reps(2)
    assert page.page.locator("[data-el=sends-pictures]").is_visible()
    assert any(map(is_picture, frames))
    page.stop()
    assert page.problems == []
    assert page.foreign == []


def test_after_a_no_nothing_was_sent(page: LivePage) -> None:
    frames = sent(page)
    page.click("use-camera")
    page.wait_for_step("pictures")
    page.page.wait_for_timeout(2000)
    assert page.page.evaluate("document.querySelector('video').srcObject?.active ?? false") is False
    page.page.click("section[data-for=pictures] a[href*='/without-camera/']")
    page.page.wait_for_url("**/without-camera/**")
    page.page.wait_for_timeout(1000)
    assert frames == []
