"""The session log: filters, totals, pages, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.builders import Browser, person_id
from webapp.clinic.export import COLUMNS, lines
from webapp.extensions import database
from webapp.store.log import Row
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Audit


def rows(browser: Browser, query: str = "") -> list[dict[str, str]]:
    """The CSV export as dictionaries."""
    answer = browser.get(f"/clinic/sessions.csv?{query}")
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_export_holds_every_session_once(app: Flask, clinic: Browser) -> None:
    with database(app).reading() as session:
        ids = set(session.scalars(select(PatientSession.id)))
    found = rows(clinic)
    assert {row["session"] for row in found} == ids
    assert len(found) == len(ids)
    assert tuple(found[0]) == COLUMNS


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("exercise=squat", lambda row: row["exercise"] == "squat"),
        ("verdict=faulty", lambda row: int(row["faulty"]) > 0),
        ("verdict=incomplete&exercise=squat", lambda row: int(row["incomplete"]) > 0 and row["exercise"] == "squat"),
        ("patient={farah}", lambda row: row["patient"] == "Farah Haddad"),
        ("therapist={luis}", lambda row: row["patient"] in ("Farah Haddad", "Emil Novak")),
    ],
)  # fmt: skip
def test_a_filter_keeps_what_matches_and_all_of_it(
    app: Flask, clinic: Browser, query: str, holds: Callable[[dict[str, str]], bool]
) -> None:
    query = query.format(farah=person_id(app, "Farah"), luis=person_id(app, "Luis"))
    everything, found = rows(clinic), rows(clinic, query)
    assert found
    assert {row["session"] for row in found} == {row["session"] for row in everything if holds(row)}
    assert f"<dd>{len(found)}</dd>" in clinic.get(f"/clinic/sessions?{query}").text


def test_dates_bound_the_log_on_both_sides(clinic: Browser) -> None:
    days = sorted({row["local_date"] for row in rows(clinic)})
    first, last = days[3], days[-3]
    found = {row["local_date"] for row in rows(clinic, f"since={first}&until={last}")}
    assert found == {day for day in days if first <= day <= last}


def test_nonsense_in_the_address_is_ignored(clinic: Browser) -> None:
    assert (
        clinic.get(
            "/clinic/sessions?since=yesterday&verdict=great&page=minus&exercise=x"
        ).status_code
        == 200
    )


def test_pages_share_the_log_without_gap_or_overlap(clinic: Browser) -> None:
    first, second = (
        clinic.get(f"/clinic/sessions?page={page}", headers={"HX-Request": "true"}).text
        for page in (1, 2)
    )
    assert "<html" not in first
    ids = [set(part.split("/patients/sessions/")[1:]) for part in (first, second)]
    assert len(ids[0]) == len(ids[1]) == 25
    assert not ids[0] & ids[1]


def test_looking_and_exporting_leave_audit_rows(app: Flask, clinic: Browser) -> None:
    before = len(actions(app))
    clinic.get("/clinic/sessions?exercise=squat")
    rows(clinic)
    assert actions(app)[before:] == ["view.log", "export.log"]


def actions(app: Flask) -> list[str]:
    """What the audit log holds, oldest first."""
    with database(app).reading() as session:
        return list(session.scalars(select(Audit.action).order_by(Audit.id)))


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@x"])
def test_a_name_is_never_a_formula(app: Flask, name: str) -> None:
    with database(app).reading() as session:
        some = session.scalars(select(PatientSession).limit(1)).one()
    cells = next(csv.reader([list(lines([Row(some, name, 1)], {}))[1]]))
    assert cells[COLUMNS.index("patient")] == "'" + name
