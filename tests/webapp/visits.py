"""A visit to the app in a real browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, Request

from tests.webapp.serving import Server

OVERFLOWS = "document.documentElement.scrollWidth > innerWidth + 1"


class Visit:
    """A page of one role's login that remembers what the browser complained about, and what left our origin."""

    def __init__(self, browser: Browser, server: Server, role: str | None, **options: Any) -> None:
        self.base = server.base
        self.page: Page = browser.new_context(**options).new_page()
        self.complaints: list[str] = []
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._stays)
        if role is not None:
            self._log_in(role)

    def _log_in(self, role: str) -> None:
        self.page.goto(f"{self.base}/login")
        self.page.click(f"#demo-{role}")
        self.page.wait_for_url(lambda address: "/login" not in address)

    def _stays(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.complaints.append(f"left the origin: {request.url}")

    def first_patient(self) -> None:
        """Ada's page."""
        self.page.click("#all >> text=Ada Lindqvist")
        self.page.wait_for_selector("[aria-labelledby=program]")
