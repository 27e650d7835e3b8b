"""Without a mouse: everything is reached in turn, one sees where one is, and nothing holds one fast."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.webapp.every_page import pages
from tests.webapp.serving import Server
from tests.webapp.visits import Visit

pytestmark = pytest.mark.browser

#: Everything that Tab should reach, numbered; of radio buttons with one name one is enough, as browsers have it.
NUMBER = """() => {
  const names = new Set();
  const found = [...document.querySelectorAll(
    "a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]"))
    .filter((one) => {
      if (one.type !== "radio") return true;
      const group = `${one.form?.action}:${one.name}`;
      const first = !names.has(group);
      names.add(group);
      return first;
    });
  found.forEach((one, index) => { one.dataset.stop = index; });
  for (const one of document.querySelectorAll("input[type=radio]")) {
    one.dataset.stop = `radio ${one.form?.action}:${one.name}`;
  }
  return found.map((one) => [one.dataset.stop, one.outerHTML.slice(0, 120)]);
}"""
#: Where one is, and whether one sees it: an outline (for a hidden input that of its label), or a thick line.
HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const beside = one instanceof HTMLInputElement ? [one.closest("label"), one.nextElementSibling] : [];
  const shown = [one, ...beside].filter(Boolean).map((part) => getComputedStyle(part));
  const outlined = shown.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const seen = outlined || (one instanceof SVGElement && parseFloat(getComputedStyle(one).strokeWidth) >= 5);
  const box = one.getBoundingClientRect();
  return { stop: one.dataset.stop ?? "", seen, inside: box.bottom > 0 && box.top < innerHeight && box.right > 0
    && box.left < innerWidth, html: one.outerHTML.slice(0, 120) };
}"""
MORE = 5
WALKED = {
    "patient": ("patient.today", "live.page", "patient.settings"),
    "therapist": ("therapist.edit", "therapist.session", "therapist.patient"),
}


def _walk(page: Page) -> str:
    """Tab through a page. What is wrong, in words."""
    stops = dict(page.evaluate(NUMBER))
    left = dict(stops)
    for _ in range(len(stops) + MORE):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            break
        left.pop(here["stop"], None)
        if not here["seen"]:
            return f"one does not see that one is here: {here['html']}"
        if not here["inside"]:
            return f"what has the focus is out of sight: {here['html']}"
    else:
        return f"still not through after {len(stops) + MORE} steps: {page.evaluate(HERE)}"
    return f"never reached: {left}" if left else ""


@pytest.mark.parametrize("role", WALKED)
def test_everything_is_reached_and_seen(
    app: Flask, chromium: Browser, shared_server: Server, role: str
) -> None:
    page = Visit(chromium, shared_server, role, service_workers="block").page
    seen = {one.endpoint: one.path for one in reversed(pages(app)) if one.role == role}
    for endpoint in WALKED[role]:
        page.goto(shared_server.base + seen[endpoint])
        page.wait_for_load_state("networkidle")
        assert _walk(page) == "", endpoint


def test_a_question_over_the_page_gives_the_focus_back(
    app: Flask, chromium: Browser, shared_server: Server
) -> None:
    page = Visit(chromium, shared_server, "patient", service_workers="block").page
    path = next(one.path for one in pages(app) if one.endpoint == "live.page")
    page.goto(shared_server.base + path)
    page.wait_for_selector("[data-el=use-camera]:not([disabled])")
    page.evaluate("document.getElementById('live').dataset.step = 'exercise'")
    page.focus("[data-el=stop]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.el") == "stop"
