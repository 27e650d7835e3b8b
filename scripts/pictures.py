"""Take the pictures in the documentation: a demo clinic is served, and a browser looks at it.

    .venv/bin/python -m scripts.pictures      # writes docs/images/*.png

Needs the assets (`make assets`) and Debian's Chromium. The person on the live page is the rendered sample clip.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
PORT = 8397
BASE = f"http://127.0.0.1:{PORT}"
FLAGS = ["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking"]
START_WITHIN_S = 60
#: In the middle of the fourth squat: a count, a full gauge and the ghost are on the picture.
LIVE_REPS = 3


@contextmanager
def served() -> Iterator[None]:
    """A demo clinic of its own, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "webapp.cli", "serve", "--demo", "--port", str(PORT)]
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"COACH_DATA_DIR": folder})
        try:
            _wait()
            yield
        finally:
            process.terminate()
            process.wait(30)


def _wait() -> None:
    until = time.monotonic() + START_WITHIN_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{BASE}/healthz", timeout=5):  # noqa: S310  # our own http address
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError("the server did not start")


def _visit(browser: Browser, role: str) -> Page:
    page = browser.new_context(viewport={"width": 1120, "height": 700}).new_page()
    page.goto(f"{BASE}/login")
    page.click(f"#demo-{role}")
    page.wait_for_url(lambda address: "/login" not in address)
    return page


def live(browser: Browser) -> None:
    """The live page, in the middle of a set of squats."""
    page = _visit(browser, "patient")
    page.click(
        "a[href*='/exercise/']:has-text('Squat'), li:has-text('Squat') a[href*='/exercise/']"
    )
    page.click("[data-el=use-clip]")
    page.wait_for_selector(f"#live[data-reps='{LIVE_REPS}']", timeout=40_000)
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / "live.png")


def therapist(browser: Browser) -> None:
    """A patient's page with the editor of a target open."""
    page = _visit(browser, "therapist")
    page.click("text=Ada Lindqvist")
    page.click("text=Change Squat")
    page.wait_for_selector("[data-slider='target.knee_flexion']")
    page.screenshot(path=IMAGES / "therapist.png", full_page=False)


def main() -> int:
    """All of them."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in (live, therapist):
            picture(browser)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
