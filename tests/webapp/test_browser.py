"""The staff's and patient's pages in a real browser: in place, by keyboard, in light and dark, on phone and desktop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request

from tests.webapp.serving import ROOT, Server

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
OVERFLOWS = "document.documentElement.scrollWidth > innerWidth + 1"


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        pytest.skip("needs Chromium (on Debian: apt-get install chromium)")
    browser = playwright.chromium.launch(
        executable_path=path, args=["--no-sandbox", "--disable-gpu"]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def server(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One running server for all of them: what they change does not matter to each other."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copy(demo_folder / "coach.db", folder / "coach.db")
    running = Server(folder)
    yield running
    running.process.kill()
    running.process.wait()


class Visit:
    """A page of one role's login that remembers what the browser complained about, and what left our origin."""

    def __init__(self, browser: Browser, server: Server, role: str) -> None:
        self.base = server.base
        self.page: Page = browser.new_context().new_page()
        self.complaints: list[str] = []
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._stays)
        self.page.goto(f"{self.base}/login")
        self.page.click(f"#demo-{role}")
        self.page.wait_for_url(lambda address: "/login" not in address)

    def _stays(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.complaints.append(f"left the origin: {request.url}")

    def first_patient(self) -> None:
        """Ada's page."""
        self.page.click("text=Ada Lindqvist")
        self.page.wait_for_selector("[aria-labelledby=program]")


def test_a_target_is_set_in_place_by_key_by_typing_and_by_hand(
    chromium: Browser, server: Server
) -> None:
    visit = Visit(chromium, server, "therapist")
    visit.first_patient()
    page = visit.page
    page.click("text=Change Squat")
    slider, number = (
        page.locator(f'[data-{kind}="target.knee_flexion"]') for kind in ("slider", "number")
    )
    label = page.locator("svg [data-label]")
    before = int(number.input_value())
    slider.press("ArrowRight")
    assert (number.input_value(), label.text_content()) == (str(before + 1), f"{before + 1}°")
    number.fill("100")
    assert (slider.input_value(), label.text_content()) == ("100", "100°")
    _drag(page, to=(0.15, 0.5))
    assert number.input_value() == slider.input_value() == "90"
    page.check("[data-limit-on]")
    assert page.locator("[data-beyond]").get_attribute("visibility") == "visible"
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Saved. The next session uses it.")
    assert "Knee bend 90°" in page.inner_text("[aria-labelledby=program]")
    assert visit.complaints == []


def _drag(page: Page, to: tuple[float, float]) -> None:
    """Drag the joint's handle to a place in the drawing, in shares of its size."""
    handle, drawing = (
        page.locator(place).bounding_box() for place in ("[data-handle]", "svg.joint")
    )
    assert handle
    assert drawing
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(
        drawing["x"] + drawing["width"] * to[0], drawing["y"] + drawing["height"] * to[1]
    )
    page.mouse.up()


def test_a_wrong_number_is_said_beside_the_field_and_left_again(
    chromium: Browser, server: Server
) -> None:
    visit = Visit(chromium, server, "therapist")
    visit.first_patient()
    page = visit.page
    page.click("text=Change Squat")
    page.fill("[name=sets]", "99")
    page.click("button:has-text('Save')")
    assert page.inner_text("p.problem") == "Enter a number from 1 to 20."
    page.click("text=Leave as it was")
    page.wait_for_selector("text=Change Squat")


def test_the_log_is_filtered_in_place(chromium: Browser, server: Server) -> None:
    visit = Visit(chromium, server, "clinic")
    page = visit.page
    everything = page.inner_text("#results dd >> nth=0")
    page.select_option("#exercise", "squat")
    page.wait_for_function(
        "before => document.querySelector('#results dd').innerText !== before", arg=everything
    )
    assert "exercise=squat" in page.url
    assert visit.complaints == []


def test_a_session_shows_its_curves(chromium: Browser, server: Server) -> None:
    visit = Visit(chromium, server, "therapist")
    visit.first_patient()
    visit.page.click("[aria-labelledby=sessions] tbody a >> nth=0")
    visit.page.wait_for_selector(".uplot canvas")
    assert "repetition" in visit.page.inner_text("[data-chart-source]")
    assert visit.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("role", "links"), [("patient", 4), ("therapist", 1), ("clinic", 1)])
def test_pages_pass_axe_and_fit_the_phone(
    chromium: Browser, server: Server, role: str, links: int, scheme: str
) -> None:
    visit = Visit(chromium, server, role)
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of playwright's literals
    addresses = [link.get_attribute("href") for link in page.locator(".top nav a").all()]
    assert len(addresses) == links
    if role == "patient":
        addresses += ["/videos"]
    if role == "therapist":
        addresses += [page.locator("tbody a").first.get_attribute("href")]
    for address in addresses:
        page.goto(f"{visit.base}{address}")
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert not page.evaluate(OVERFLOWS), (address, width)
        if AXE.exists():
            page.evaluate(Path(AXE).read_text(encoding="utf-8") + ";0")
            found = page.evaluate("axe.run()")["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
    assert visit.complaints == []


def test_the_first_tab_offers_to_skip_to_the_content(chromium: Browser, server: Server) -> None:
    page = Visit(chromium, server, "patient").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
