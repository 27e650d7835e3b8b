"""Every page of every role opens, says what it should, and holds the marks that a browser test cannot see."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.webapp.builders import Browser, person_id, prescription_id, session_id


def pages(app: Flask) -> dict[str, list[str]]:
    """Paths by role."""
    ada, squat = person_id(app, "Ada"), prescription_id(app, "Ada", "squat")
    done, plank = session_id(app, "Ada", "squat"), session_id(app, "Dora", "plank")
    return {
        "patient": [
            "/today", "/history", "/history?page=2", f"/sessions/{done}", f"/by-hand/{squat}", "/settings",
            "/about",
        ],
        "therapist": [
            "/patients/", f"/patients/{ada}", f"/patients/{ada}?page=2", f"/patients/program/{squat}",
            f"/patients/sessions/{done}", f"/patients/sessions/{plank}",
        ],
        "clinic": [
            "/clinic/sessions", "/clinic/sessions?page=2&verdict=faulty", f"/clinic/sessions?patient={ada}",
            f"/patients/sessions/{done}", "/clinic/sessions?since=2999-01-01",
        ],
    }  # fmt: skip


@pytest.mark.parametrize("role", ["patient", "therapist", "clinic"])
def test_every_page_opens_and_says_that_it_is_a_demo(app: Flask, role: str) -> None:
    browser = Browser(app).demo(role)
    for path in pages(app)[role]:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert "nobody here is real" in answer.text, path
        assert "Not a cleared medical device" in answer.text, path
        assert '<a class="skip-link" href="#main">' in answer.text, path
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"", answer.text), path
        assert len(re.findall("<h1", answer.text)) == 1, path
