"""The reader's language: chosen by the person, by this browser, or by what the browser asks for."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from poses import catalogue, translations
from tests.webapp.builders import Browser, prescription_id
from webapp import languages, words
from webapp.extensions import database
from webapp.store.tables import Person

GERMAN = {"Accept-Language": "de-AT,de;q=0.9"}


def choose(browser: Browser, language: str, here: str = "/about") -> str:
    """Press a button of the switch; where it leads."""
    answer = browser.post("/language", {"language": language, "next": here})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_every_language_of_the_exercises_is_offered() -> None:
    assert set(languages.LANGUAGES) == set(translations.languages())


@pytest.mark.parametrize(
    ("asked", "language", "direction"),
    [
        ("de-AT,de;q=0.9", "de", "ltr"),
        ("es-MX", "es", "ltr"),
        ("ar-EG", "ar", "rtl"),
        ("fi, sv;q=0.8", "en", "ltr"),
        ("", "en", "ltr"),
    ],
)
def test_a_browser_is_answered_as_it_asks(
    app: Flask, asked: str, language: str, direction: str
) -> None:
    text = Browser(app).get("/about", headers={"Accept-Language": asked}).text
    assert f'<html lang="{language}" dir="{direction}">' in text


def test_every_page_offers_the_languages_by_their_own_names(app: Flask) -> None:
    text = Browser(app).get("/about", headers=GERMAN).text
    offered = re.findall(r'name="language" value="(\w+)" lang="\w+"[^>]*>([^<]+)<', text)
    assert dict(offered) == languages.LANGUAGES
    assert re.search(r'value="de"[^>]* aria-current="true"', text)
    assert text.count('aria-current="true"') == 1


def test_a_choice_holds_in_this_browser_and_leads_back_to_the_page(app: Flask) -> None:
    browser = Browser(app)
    assert choose(browser, "ar", "/about?page=2").endswith("/about?page=2")
    assert '<html lang="ar" dir="rtl">' in browser.get("/about", headers=GERMAN).text
    assert '<html lang="de"' in Browser(app).get("/about", headers=GERMAN).text


def test_a_person_keeps_their_choice_wherever_they_log_in(app: Flask) -> None:
    choose(Browser(app).demo("patient"), "es")
    again = Browser(app).demo("patient")
    assert '<html lang="es"' in again.get("/today", headers=GERMAN).text
    other = Browser(app).demo("therapist")
    assert '<html lang="de"' in other.get("/patients/", headers=GERMAN).text


def test_a_person_who_has_not_chosen_reads_what_this_browser_chose(app: Flask) -> None:
    browser = Browser(app)
    choose(browser, "ar")
    assert '<html lang="ar"' in browser.demo("patient").get("/today").text


def test_a_language_that_we_have_dropped_is_no_longer_chosen(app: Flask) -> None:
    with database(app).writing() as session:
        for person in session.query(Person):
            person.language = "tlh"
    text = Browser(app).demo("patient").get("/today", headers=GERMAN).text
    assert '<html lang="de"' in text


def test_an_unknown_language_is_refused(app: Flask) -> None:
    assert Browser(app).post("/language", {"language": "tlh"}).status_code == 400


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "/\\evil.example", "https://evil.example"]
)
def test_the_switch_never_leads_away(app: Flask, elsewhere: str) -> None:
    assert choose(Browser(app), "de", elsewhere).startswith("http://localhost/")


def test_exercises_and_cues_are_in_the_language_of_the_reader(app: Flask) -> None:
    browser = Browser(app).demo("patient")
    choose(browser, "de")
    said = catalogue.words(catalogue.load("squat"), "de")
    page = html.unescape(browser.get(f"/exercise/{prescription_id(app, 'Ada', 'squat')}").text)
    for line in (said.name, said.short, *said.steps, *said.precautions):
        assert line in page
    found = re.search(r'id="live-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found.group(1))
    assert data["language"] == "de"
    assert data["cues"]["chest_up"]["say"] == catalogue.cues("de")["chest_up"].say
    assert data["cues"]["begin_at_the_start"]["more"] == said.steps[0]
    assert all(
        other["name"] == catalogue.words(catalogue.load(key), "de").name
        for key, other in data["program"].items()
    )


def test_a_therapist_looks_for_exercises_by_their_names_in_this_language(app: Flask) -> None:
    with app.test_request_context(headers=GERMAN):
        offered = words.by_name(catalogue.load(one) for one in ("squat", "plank", "hip_abduction"))
        names = [words.words_of(one).name for one in offered]
    assert names == sorted(names)
    assert names[-1] == "Unterarmstütz"


def test_numbers_and_days_are_written_as_the_reader_writes_them(app: Flask) -> None:
    written = {}
    for language in languages.LANGUAGES:
        with app.test_request_context(headers={"Accept-Language": language}):
            day = words.day_text(date(2026, 3, 4))
            written[language] = (words.number_text(2.5), day, words.listed(["A", "B"]))
    assert written["en"] == ("2.5", "Wed 4 Mar", "A, B")
    assert written["de"] == ("2,5", "Mi. 4. März", "A, B")
    assert written["es"][0] == "2,5"
    assert written["ar"][2] == "A، B"
    assert "مارس" in written["ar"][1]
    assert written["ar"][1].count("4") == 1, "digits as in the exercises' own words"


def test_nothing_takes_an_exercises_english_words() -> None:
    """Templates say `(exercise | words).name`, modules `words_of(exercise).name`."""
    english = re.compile(
        r"(?<!\bwhat)\.words\.(name|short|steps|precautions|needs)\b"
    )  # `what`: translated before
    folder = Path(languages.__file__).parent
    found = [path for kind in ("*.html", "*.py") for path in folder.rglob(kind)]
    words_themselves = {"definition.py", "movement_page.py"}  # where a clinic writes its own
    assert not [
        path.name
        for path in found
        if english.search(path.read_text(encoding="utf-8")) and path.name not in words_themselves
    ]


def test_outside_a_request_english_is_read(app: Flask) -> None:
    assert languages.direction() == "ltr"
    with app.app_context():
        assert languages.chosen() == "en"
