"""Where the camera or the model does not work: one plain reason each, what to do, and the way to enter by hand."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import FAKE_CAMERA, Launch
from tests.e2e.live_page import LivePage
from tests.webapp.live.clinic import Clinic
from tests.webapp.live.served import Served

NO_GRAPHICS = ("--disable-gpu", "--disable-software-rasterizer")
TAKEN_CAMERA = """() => {
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("in use", "NotReadableError"); };
}"""


def _page(launch: Launch, base: str, clinic: Clinic, *flags: str) -> LivePage:
    page = LivePage(launch(*flags), base, clinic.prescription, clinic.email)
    page.log_in()
    page.open()
    return page


def _told(page: LivePage) -> str:
    page.click("use-camera")
    page.wait_for_step("trouble")
    assert page.page.locator("section[data-for=trouble] a[href*='/by-hand/']").is_visible()
    assert page.text("trouble-text")
    return page.text("trouble-title")


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--deny-permission-prompts", "--use-fake-device-for-media-stream"), "not allowed"),
        (("--use-fake-ui-for-media-stream",), "No camera"),
    ],
    ids=["refused", "no camera"],
)
def test_each_cause_has_its_own_sentence(
    launch: Launch, served: Served, clinic: Clinic, flags: tuple[str, ...], words: str
) -> None:
    assert words in _told(_page(launch, served.base, clinic, *flags))


def test_without_graphics_the_camera_is_not_even_asked_for(
    launch: Launch, served: Served, clinic: Clinic
) -> None:
    page = _page(launch, served.base, clinic, *FAKE_CAMERA, *NO_GRAPHICS)
    page.page.wait_for_timeout(6000)  # by then the page knows
    page.click("use-camera")
    page.wait_for_step("pictures")  # what happens then: test_pictures.py
    assert page.page.evaluate("document.querySelector('video').srcObject") is None


def test_a_camera_that_another_program_uses(launch: Launch, served: Served, clinic: Clinic) -> None:
    page = _page(launch, served.base, clinic, *FAKE_CAMERA)
    page.page.evaluate(TAKEN_CAMERA)
    assert "Another program" in _told(page)


def test_an_address_without_https_gets_no_camera(
    launch: Launch, served: Served, clinic: Clinic
) -> None:
    base = served.base.replace("127.0.0.1", "coach.test")
    page = _page(
        launch, base, clinic, *FAKE_CAMERA, "--host-resolver-rules=MAP coach.test 127.0.0.1"
    )
    assert "this address" in _told(page)


def test_the_camera_is_explained_before_it_is_asked_for(
    launch: Launch, served: Served, clinic: Clinic
) -> None:
    page = _page(launch, served.base, clinic, *FAKE_CAMERA)
    assert "stay on this device" in page.page.inner_text("section[data-for=intro]")
    assert page.page.locator("section[data-for=intro] a[href*='/by-hand/']").is_visible()
    assert page.page.evaluate("document.querySelector('video').srcObject") is None
