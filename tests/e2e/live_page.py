"""The live page as a patient uses it, and what it measures while they do."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, Request, WebSocket

from tests.webapp.live.clinic import EMAIL, PASSWORD

#: Counts survive the page in its session storage; gaps between screen frames are kept by the page itself.
WATCH = """
() => {
  const live = document.getElementById("live");
  if (!live) return;
  const keep = () => sessionStorage.setItem("reps", live.dataset.reps ?? "");
  new MutationObserver(keep).observe(live, { attributes: true });
  window.gaps = [];
  let last = performance.now();
  const next = (now) => { gaps.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);
  window.shifts = [];
  let since = Infinity;
  new MutationObserver(() => {
    if (live.dataset.step !== "exercise") since = Infinity;
    else if (since === Infinity) since = performance.now() + 1000;
  }).observe(live, { attributes: true, attributeFilter: ["data-step"] });
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      if (shift.hadRecentInput || shift.startTime < since) continue;
      const what = shift.sources.map(({ node }) => node?.dataset?.el ?? node?.className ?? node?.nodeName);
      shifts.push({ value: shift.value, what });
    }
  }).observe({ type: "layout-shift" });
}
"""
MEASURE = """
() => {
  const share = (values, part) => {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted.length ? sorted[Math.floor(part * (sorted.length - 1))] : NaN;
  };
  const entries = performance.getEntriesByName("capture-to-feedback");
  const durations = entries.map((entry) => entry.duration);
  const span_s = (entries.at(-1).startTime - entries[0].startTime) / 1000;
  return {
    fps: (entries.length - 1) / span_s,
    feedback_p50_ms: share(durations, 0.5), feedback_p95_ms: share(durations, 0.95), gap_p95_ms: share(gaps, 0.95),
  };
}
"""


@dataclass
class LivePage:
    """One window."""

    context: BrowserContext
    base: str
    prescription: str
    email: str = EMAIL
    foreign: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.context.on("request", self._note)
        self.page.on("websocket", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def log_in(self) -> None:
        """With e-mail and password."""
        self.page.goto(f"{self.base}/login")
        self.page.fill("input[name=email]", self.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url("**/today")

    def open(self, query: str = "") -> None:
        """The live page, watched."""
        self.page.goto(f"{self.base}/exercise/{self.prescription}{query}")
        self.watch()

    def watch(self) -> None:
        """After every load of the page."""
        self.page.evaluate(WATCH)

    def click(self, name: str) -> None:
        """An element by its `data-el`."""
        self.page.click(f"[data-el={name}]")

    def text(self, name: str) -> str:
        """What stands in an element."""
        return (self.page.text_content(f"[data-el={name}]") or "").strip()

    @property
    def shifts(self) -> list[dict[str, Any]]:
        """What has moved by itself while somebody exercised, from a second after it began, and how far (CLS)."""
        return list(self.page.evaluate("shifts"))

    @property
    def reps(self) -> int:
        """Repetitions that the page has shown last, also after it has gone."""
        return int(self.page.evaluate("sessionStorage.getItem('reps') || 0"))

    def wait_for_step(self, step: str, timeout_s: float = 120) -> None:
        """Until the page shows this part."""
        self.page.wait_for_selector(f"#live[data-step={step}]", timeout=timeout_s * 1000)

    def wait_for_reps(self, reps: int, timeout_s: float = 240) -> None:
        """Until it has counted as far as this."""
        until = time.monotonic() + timeout_s
        while self.reps < reps:
            assert time.monotonic() < until, (
                f"the page counted {self.reps} of {reps}; it shows {self.text('points')}"
            )
            self.page.wait_for_timeout(200)

    def stop(self, reason: str = "tired") -> None:
        """Stop, say why, and wait for the summary."""
        self.click("stop")
        self.page.click(f"dialog button[value={reason}]")
        self.page.wait_for_url("**/sessions/**", timeout=90_000)

    def measure(self) -> dict[str, float]:
        """Frames a second, and milliseconds."""
        return dict(self.page.evaluate(MEASURE))

    def _note(self, request: Request | WebSocket) -> None:
        address = request.url.replace("ws://", "http://")
        if not address.startswith((self.base, "data:", f"blob:{self.base}")):
            self.foreign.append(request.url)
