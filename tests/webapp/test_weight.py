"""How much of our own script and style each page brings along. `pytest -s` prints the figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.builders import Browser
from tests.webapp.every_page import pages
from webapp.assets import FOLDER
from webapp.modules import brought_along
from webapp.store.tables import ROLES

KB = 1000
#: Of our own modules, uncompressed, with everything they import; vendored libraries are not ours.
MOST_SCRIPT = 60 * KB
MOST_ON_THE_LIVE_PAGE = 150 * KB
#: Styles are few and shared; this keeps them so.
MOST_STYLE = 60 * KB
SCRIPT = re.compile(r'<script[^>]* src="/static/\w+/(js/[^"]+)"')
STYLE = re.compile(r'<link rel="stylesheet" href="/static/\w+/(css/[^"]+)"')


def test_pages_bring_no_more_than_they_may(app: Flask) -> None:
    clients: dict[str | None, FlaskClient] = {
        role: Browser(app).demo(role).client for role in ROLES
    }
    clients[None] = app.test_client()
    for seen in pages(app):
        text = clients[seen.role].get(seen.path).text
        scripts = {one for name in SCRIPT.findall(text) for one in brought_along(name)}
        script = _weight(one for one in scripts if not one.startswith("vendor/"))
        style = _weight(STYLE.findall(text))
        print(
            f"{seen.role or 'anyone':10} {seen.endpoint:24} script {script / KB:6.1f} kB, style {style / KB:5.1f} kB"
        )
        most = MOST_ON_THE_LIVE_PAGE if seen.endpoint == "live.page" else MOST_SCRIPT
        assert 0 < script <= most, seen
        assert 0 < style <= MOST_STYLE, seen


def _weight(names: Iterable[str]) -> int:
    return sum((FOLDER / name).stat().st_size for name in names)


def test_the_live_page_is_weighed_with_its_worker() -> None:
    assert {"js/landmarker_worker.js", "js/outbox.js", "vendor/idb.js"} <= set(
        brought_along("js/live_page.js")
    )
    assert all(Path(FOLDER / name).exists() for name in brought_along("js/live_page.js"))
