"""Every word that a person reads can be translated: no bare text in templates, none left out of the extraction."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po
from flask import Flask

import webapp
from coach.joints import ANGLES
from poses import catalogue
from tests.webapp.builders import Browser, session_id
from webapp import languages, words
from webapp.live.namespace import (
    EVENTS,
)  # the live room is imported, so that its words are extracted with the others

ROOT = Path(webapp.__file__).parent
SPOKEN = ("aria-label", "title", "alt", "placeholder")
CODE = re.compile(
    r"\{% block body_class %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)


def templates() -> list[Path]:
    """Every template of every room."""
    found = sorted(ROOT.rglob("templates/**/*.html"))
    assert len(found) > 15
    assert EVENTS
    return found


@pytest.mark.parametrize("template", templates(), ids=lambda path: path.name)
def test_no_template_holds_bare_text(template: Path) -> None:
    source = CODE.sub("", template.read_text(encoding="utf-8"))
    assert not [text for text in _texts(source) if re.search(r"[^\W\d_]{2,}", text)]


def _texts(source: str) -> Iterator[str]:
    """Text and spoken attributes of a page's source."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value for name, value in attrs if value and name in SPOKEN)

        def handle_data(self, data: str) -> None:
            found.append(data.strip())

    reader = Reader()
    reader.feed(source)
    return iter(found)


@pytest.fixture(scope="module")
def every_text() -> list[str | tuple[str, ...]]:
    """All texts that the extraction finds, with singular and plural where there are two."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {"_": None, "_l": None, "_n": (1, 2)}
    rows = extract_from_dir(ROOT, methods, options, keywords)
    return [message for _file, _line, message, _comments, _context in rows]


def test_a_reader_of_another_language_reads_no_english(
    app: Flask,
    every_text: list[str | tuple[str, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A made-up translation marks each text; what a page shows without the mark was never translatable."""
    _write_marked(tmp_path / "eo" / "LC_MESSAGES" / "messages.po", every_text)
    monkeypatch.setattr(languages, "LANGUAGES", {"en": "English", "eo": "Esperanto"})
    monkeypatch.setattr(app.extensions["babel"], "translation_directories", [str(tmp_path)])
    browser = Browser(app).demo("patient")
    answer = browser.get(
        f"/sessions/{session_id(app, 'Ada', 'squat')}", headers={"Accept-Language": "eo"}
    )
    for text in (
        "Each repetition",
        "Back to today",
        "Log out",
        "Skip to the content",
        "About and privacy",
    ):
        assert f"⟦{text}⟧" in answer.text
    assert '<html lang="eo" dir="ltr">' in answer.text
    assert re.search(r"⟦⟦16 repetitions⟧, \d+ to your target\.", answer.text)


def _write_marked(path: Path, texts: list[str | tuple[str, ...]]) -> None:
    catalog = Catalog(locale="eo")
    for text in texts:
        catalog.add(
            text, f"⟦{text}⟧" if isinstance(text, str) else tuple(f"⟦{form}⟧" for form in text[:2])
        )
    path.parent.mkdir(parents=True)
    out = io.BytesIO()
    write_po(out, catalog)
    path.write_bytes(out.getvalue())


def test_every_angle_has_a_name() -> None:
    assert set(words.ANGLES) == set(ANGLES)


def test_the_extraction_finds_numbers_and_late_words(
    every_text: list[str | tuple[str, ...]],
) -> None:
    assert ("%(num)d set of %(reps)d", "%(num)d sets of %(reps)d") in every_text
    assert "Stopped: pain" in every_text
    assert "My patients" in every_text


def test_every_exercise_stands_under_a_region_that_has_a_name() -> None:
    first = {catalogue.load(one).regions[0] for one in catalogue.ids()}
    assert first <= words.REGIONS.keys()
