"""A real server, a real browser, and a webcam that shows the sample clip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from coach.exercise import Dose, Prescription
from tests.e2e.live_page import LivePage
from tests.e2e.webcam import film
from tests.webapp.live.clinic import Clinic, another, seed
from tests.webapp.live.served import Served

CHROMIUM = Path("/usr/bin/chromium")
STATIC = Path(__file__).parents[2] / "webapp/static"
NEEDED = (
    "vendor/models/pose_landmarker_lite.task",
    "vendor/tasks-vision/vision_bundle.mjs",
    "samples/squat_side.mp4",
)
FLAGS = (
    "--no-sandbox",
    "--enable-unsafe-swiftshader",  # WebGL where there is no graphics card: the landmark model wants it
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FAKE_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
Launch = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder drive a browser, and take their time on a small machine."""
    missing = _missing()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(420))
            # sockets of a server that was killed are left to the garbage collector
            item.add_marker(
                pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
            )
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing))


def _missing() -> str:
    if not CHROMIUM.exists():
        return f"{CHROMIUM} is not there; on Debian: apt-get install chromium"
    absent = [name for name in NEEDED if not (STATIC / name).exists()]
    return f"webapp/static lacks {', '.join(absent)}; run `make assets`" if absent else ""


@pytest.fixture(scope="session")
def webcam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five squats, again and again."""
    return film(
        STATIC / "samples/squat_side.mp4", tmp_path_factory.mktemp("webcam") / "squats.mjpeg"
    )


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """The clinic that the server serves."""
    return seed(tmp_path_factory.mktemp("e2e"))


@pytest.fixture
def clinic(seeded: Clinic) -> Clinic:
    """The clinic as a patient of the test's own sees it, who has squats to do."""
    wish = Prescription(dose=Dose(sets=2, reps=20, rest_s=3.0))
    return another(seeded, f"{uuid4().hex}@clinic.example", wish)


@pytest.fixture(scope="session")
def server(seeded: Clinic) -> Iterator[Served]:
    """One server for all tests."""
    made = Served(seeded)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def served(server: Served) -> Served:
    """The server, running, whatever the test before did to it."""
    if not server.alive:
        server.start()
    return server


@pytest.fixture
def launch(playwright: Playwright) -> Iterator[Launch]:
    """Start a Chromium with these flags beside the usual ones; everything is closed afterwards."""
    browsers: list[Browser] = []

    def start(*flags: str, **options: object) -> BrowserContext:
        browsers.append(_chromium(playwright, *flags))
        return window(browsers[-1], **options)

    yield start
    for browser in browsers:
        browser.close()


def _chromium(playwright: Playwright, *flags: str) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])


def window(browser: Browser, **options: object) -> BrowserContext:
    """A window that shares nothing with others of the same browser: neither cookies nor what pages keep."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    return context


@pytest.fixture(scope="session")
def before_webcam(playwright: Playwright, webcam: Path) -> Iterator[Browser]:
    """One browser with the webcam for all tests; each has a window of its own."""
    browser = _chromium(playwright, *FAKE_CAMERA, f"--use-file-for-fake-video-capture={webcam}")
    yield browser
    browser.close()


@pytest.fixture
def live(before_webcam: Browser, served: Served, clinic: Clinic) -> Iterator[LivePage]:
    """A patient before the webcam, logged in, on the live page of the squat."""
    context = window(before_webcam)
    page = LivePage(context, served.base, clinic.prescription, clinic.email)
    page.log_in()
    page.open()
    yield page
    context.close()
