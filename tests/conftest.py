"""What all tests share. Property tests draw the same examples every time: a red test stays red until it is mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Playwright, sync_playwright

settings.register_profile("steady", max_examples=20, deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of a test process: a second one beside it refuses to start."""
    with sync_playwright() as driver:
        yield driver
