"""What all tests share. Property tests draw the same examples every time: a red test stays red until it is mended.

`--hypothesis-profile=long` draws many more of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Playwright, sync_playwright

settings.register_profile("steady", max_examples=20, deadline=None, derandomize=True, database=None)
settings.register_profile("long", settings.get_profile("steady"), max_examples=500)
settings.load_profile("steady")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker waits for another at the end."""
    items.sort(key=_haste)


def _haste(item: pytest.Item) -> int:
    """0 for what is slow, 1 for browsers, 2 for all others. Sorting keeps the random order within each."""
    marks = {mark.name for mark in item.iter_markers()}
    return 0 if "slow" in marks else 1 if "browser" in marks else 2


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of a test process: a second one beside it refuses to start."""
    with sync_playwright() as driver:
        yield driver
