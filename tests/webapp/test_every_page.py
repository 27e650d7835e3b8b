"""Every page of every role: no violation that axe-core knows, nothing cut off, in both themes and from the right.

`COACH_TEST_EVERY_THEME=1 pytest tests/webapp/test_every_page.py` runs all of axe in the dark as well; without it only
what a theme can change, the contrast, is looked at twice.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.routing import Rule

from tests.webapp.every_page import NOT_PAGES, NoExampleError, Seen, pages
from tests.webapp.serving import ROOT, Server
from tests.webapp.visits import OVERFLOWS, Visit
from webapp.store.tables import ROLES

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
#: 1280 pixels at 200 %: what is still to be seen then.
ZOOMED = {"width": 640, "height": 450}
ALL_RULES: dict[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, which axe leaves out by itself
}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
#: An invitation that has ended is a page, too.
REFUSED = {"joining.by_link": 404}
#: The browser complains about that; and the landmark model says on the console how it works.
EXPECTED = re.compile(r"status of 404|^INFO: |^W\d{4} ")
#: The live page shows its parts one after the other; these need nobody before a camera.
PARTS = ("setup", "exercise")
SHOW_PART = "(part) => { document.getElementById('live').dataset.step = part; }"
RUN_AXE = """(options) => axe.run(options).then(({ violations }) => violations.map(
  (one) => [one.id, one.nodes.map((node) => node.html.slice(0, 200) + " " + (node.any[0]?.message ?? ""))]))"""
#: Texts that do not fit their own box, of what is to be read (not of what only a screen reader says).
CUT_OFF = """() => [...document.querySelectorAll("main :is(a, button, p, h1, h2, h3, label, legend, td, th, li)")]
  .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, [aria-hidden=true]"))
  .filter((one) => { const style = getComputedStyle(one);
    return one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && style.overflowX !== "visible"
      && style.overflowX !== "auto"; })
  .map((one) => one.outerHTML.slice(0, 120))"""


def test_a_new_page_without_an_example_is_noticed(app: Flask) -> None:
    app.url_map.add(Rule("/new/<thing_id>", endpoint="pages.about", methods=["GET"]))
    with pytest.raises(NoExampleError, match="thing_id"):
        pages(app)


def test_what_is_said_to_be_no_page_is_still_a_route(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= NOT_PAGES.keys()


@pytest.mark.browser
@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_page_passes_axe_and_fits_every_window(
    app: Flask, chromium: Browser, shared_server: Server, role: str | None
) -> None:
    visit = Visit(chromium, shared_server, role, service_workers="block", reduced_motion="reduce")
    wrong: list[str] = []
    for seen in (one for one in pages(app) if one.role == role):
        wrong += _look(visit.page, shared_server.base, seen)
    assert "\n".join(wrong) == ""
    assert [said for said in visit.complaints if not EXPECTED.search(said)] == []


@pytest.mark.browser
def test_large_type_fits_the_phone(app: Flask, chromium: Browser, shared_server: Server) -> None:
    page = Visit(chromium, shared_server, "patient", service_workers="block", viewport=PHONE).page
    wrong: list[str] = []
    with _chosen(page, shared_server.base, "large"):
        for seen in (one for one in pages(app) if one.role == "patient"):
            page.goto(shared_server.base + seen.path)
            wrong += [f"{seen}: wider than the phone"] if page.evaluate(OVERFLOWS) else []
            wrong += [f"{seen}: cut off: {one}" for one in page.evaluate(CUT_OFF)]
    assert "\n".join(wrong) == ""


@contextmanager
def _chosen(page: Page, base: str, wish: str) -> Iterator[None]:
    """One of the patient's wishes, for a while."""
    for change in (page.check, page.uncheck):
        page.goto(f"{base}/settings")
        change(f"[name={wish}]")
        page.click("#looks button")
        page.wait_for_selector("text=Saved.")
        if change == page.check:
            yield


def _look(page: Page, base: str, seen: Seen) -> list[str]:
    """What is wrong with a page, in words."""
    wrong = []
    page.set_extra_http_headers({"Accept-Language": "en"})
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    answer = page.goto(base + seen.path)
    status = answer.status if answer else 0
    if status != REFUSED.get(seen.endpoint, 200) or page.evaluate("document.doctype") is None:
        wrong.append(f"{seen}: no page, but {status}")
    for size in (PHONE, ZOOMED, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if page.evaluate(OVERFLOWS):
            wrong.append(f"{seen}: wider than {size['width']}")
        wrong += [f"{seen}: cut off at {size['width']}: {one}" for one in page.evaluate(CUT_OFF)]
    wrong += [f"{seen}: light: {one}" for one in _axe(page, ALL_RULES)]
    page.emulate_media(color_scheme="dark")
    whole = os.environ.get("COACH_TEST_EVERY_THEME") == "1"
    wrong += [f"{seen}: dark: {one}" for one in _axe(page, ALL_RULES if whole else CONTRAST)]
    if seen.endpoint == "live.page":
        wrong += _parts(page, seen)
    page.set_extra_http_headers({"Accept-Language": "ar"})
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(base + seen.path)
    if page.evaluate(OVERFLOWS):
        wrong.append(f"{seen}: wider than {PHONE['width']} from the right")
    return wrong


def _parts(page: Page, seen: Seen) -> list[str]:
    """The same of each part of the live page."""
    wrong = []
    for part in PARTS:
        page.evaluate(SHOW_PART, part)
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wrong += [f"{seen} {part}: {scheme}: {one}" for one in _axe(page, ALL_RULES)]
        for size in (PHONE, ZOOMED, DESKTOP):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            if page.evaluate(OVERFLOWS):
                wrong.append(f"{seen} {part}: wider than {size['width']}")
    return wrong


def _axe(page: Page, options: dict[str, Any]) -> list[Any]:
    """Violations, each with its rule and the elements."""
    if not AXE.exists():
        return []
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    return list(page.evaluate(RUN_AXE, options))
