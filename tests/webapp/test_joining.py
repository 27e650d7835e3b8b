"""Getting in from the outside: the therapist's sheet, the patient's two pages, kind refusals, limits on guessing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.builders import Browser, person_id, settings_for
from webapp import create_app
from webapp.extensions import database
from webapp.store import consents
from webapp.store.entry_tables import DeviceLogin
from webapp.store.tables import Account, Care, Person

NEW = {"name": " Maria  Olsson ", "birth_year": "1949", "timezone": "Europe/Oslo", "email": ""}


def secrets_on(page: str) -> tuple[str, str]:
    """The path of the link and the code on a sheet."""
    link = re.search(r'value="http://localhost(/join/[^"]+)"', page)
    code = re.search(r'class="code">([^<]+)<', page)
    assert link, page[-3000:]
    assert code
    return link.group(1), code.group(1)


def sheet(therapist: Browser) -> str:
    """The page that a browser shows after a new patient's form: it sends the form on to the sheet's own address."""
    passed_on = therapist.post("/patients/invite", NEW)
    assert passed_on.status_code == 307
    return therapist.post(passed_on.headers["Location"], NEW).text


def invited(therapist: Browser) -> tuple[str, str]:
    """A new patient's link and code."""
    return secrets_on(sheet(therapist))


def test_a_new_patient_comes_in_by_link_and_stays(app: Flask, therapist: Browser) -> None:
    link, _ = invited(therapist)
    phone = Browser(app)
    assert "Maria" not in phone.get(link).text  # a link alone names nobody
    answer = phone.post(link, {"year": "1949"})
    assert answer.headers["Location"] == "/welcome"
    cookie = next(
        one
        for one in answer.headers.getlist("Set-Cookie")
        if "coach-device" in one and "Max-Age=0" not in one
    )
    assert {"HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    page = phone.get("/welcome").text
    assert "Welcome, Maria Olsson" in page
    assert "Hanna Berg" in page
    assert phone.post("/welcome", {"keep": "yes"}).headers["Location"] == "/today"
    phone.client.delete_cookie(
        "coach"
    )  # the browser was closed: only the device's own login is left
    assert phone.get("/today").status_code == 200
    with database(app).reading() as session:
        maria = session.scalars(select(Person).where(Person.name == "Maria Olsson")).one()
        assert (maria.timezone, maria.birth_year) == ("Europe/Oslo", 1949)
        assert consents.given(session, maria.id)
        account = session.get_one(Account, maria.account_id)
        assert (account.email, account.password) == (None, None)
        care = session.scalars(select(Care).where(Care.patient_id == maria.id)).one()
        assert care.therapist_id == person_id(app, "Hanna")


def test_by_code_however_it_is_typed(app: Flask, therapist: Browser) -> None:
    _, code = invited(therapist)
    typed = " ".join(code.lower().replace("0", "o").replace("1", "l"))
    assert (
        Browser(app).post("/join", {"code": typed, "year": "'49"}).headers["Location"] == "/welcome"
    )


def test_reloading_the_sheet_makes_no_second_patient(app: Flask, therapist: Browser) -> None:
    first, second = (therapist.post("/patients/invite", NEW) for _ in range(2))
    assert first.status_code == second.status_code == 307  # two forms sent are two patients ...
    again = {secrets_on(therapist.post(first.headers["Location"]).text) for _ in range(2)}
    assert len(again) == 2  # ... but the sheet's own address only makes the invitation anew
    with database(app).reading() as session:
        assert len(session.scalars(select(Person).where(Person.name == "Maria Olsson")).all()) == 2


def test_unknown_used_and_ended_look_the_same(app: Flask, therapist: Browser) -> None:
    link, code = invited(therapist)
    phone = Browser(app)
    phone.post(link, {"year": "1949"})
    said = {
        re.sub(r"\s+", " ", answer.text.split('role="alert"')[1].split("</div>")[0])
        for answer in (
            phone.get(link), phone.post(link, {"year": "1949"}), phone.get("/join/nonsense"),
            phone.post("/join", {"code": code, "year": "1949"}),
            phone.post("/join", {"code": "AAAA-AAAA", "year": "1949"}),
        )
    }  # fmt: skip
    assert len(said) == 1
    assert "Your clinic can give you a new one at any time" in said.pop()


def test_a_wrong_year_is_kindly_answered_and_at_last_locks(app: Flask, therapist: Browser) -> None:
    link, _ = invited(therapist)
    phone = Browser(app)
    for _ in range(4):
        answer = phone.post(link, {"year": "1950"})
        assert answer.status_code == 422
        assert "please call them" in answer.text
        assert 'value="1950"' in answer.text
    assert "closed for one hour" in phone.post(link, {"year": "1950"}).text
    assert "closed for one hour" in phone.post(link, {"year": "1949"}).text
    for page in ("/patients/invitations", f"/patients/{person_id(app, 'Maria')}"):
        assert "locked until" in therapist.get(page).text


@pytest.mark.parametrize(
    "form", [{}, {"code": " ", "year": "1949"}, {"code": "K7M4-X2RD", "year": "?"}]
)
def test_what_is_missing_is_said_beside_the_field(app: Flask, form: dict[str, str]) -> None:
    answer = Browser(app).post("/join", form)
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", " "),
        ("birth_year", "49"),
        ("birth_year", "1800"),
        ("timezone", "Mars/Base"),
        ("email", "x@"),
    ],
)
def test_who_cannot_be_invited_is_explained(
    app: Flask, therapist: Browser, field: str, text: str
) -> None:
    answer = therapist.post("/patients/invite", {**NEW, field: text})
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    with database(app).reading() as session:
        assert session.scalars(select(Person).where(Person.name == "Maria Olsson")).all() == []


def test_a_known_patient_gets_access_and_loses_it(app: Flask, therapist: Browser) -> None:
    clara = person_id(app, "Clara")
    page = therapist.get(f"/patients/{clara}").text
    assert "Give access" in page
    link, _ = secrets_on(therapist.post(f"/patients/{clara}/invitation").text)
    phone = Browser(app)
    phone.post(link, {"year": "1984"})
    assert "Squat" in phone.get("/today").text
    assert "has joined" in therapist.get(f"/patients/{clara}").text
    therapist.post(f"/patients/{clara}/sign-out")
    assert phone.get("/today").status_code == 302


def test_a_birth_year_that_is_missing_is_asked_for(app: Flask, therapist: Browser) -> None:
    clara = person_id(app, "Clara")
    with database(app).writing() as session:
        session.get_one(Person, clara).birth_year = None
    assert therapist.post(f"/patients/{clara}/invitation").status_code == 302
    assert "Enter the year of birth first" in therapist.get(f"/patients/{clara}").text
    secrets_on(therapist.post(f"/patients/{clara}/invitation", {"birth_year": "1984"}).text)


def test_the_demo_shows_an_open_invitation_that_can_be_ended(
    app: Flask, therapist: Browser
) -> None:
    assert "2 open invitations" in therapist.get("/patients/").text
    for name in ("Bruno", "Hugo"):  # Hugo was invited, and never came
        assert name in therapist.get("/patients/invitations").text
        therapist.post(f"/patients/{person_id(app, name)}/invitation/end")
    assert "No open invitations" in therapist.get("/patients/invitations").text


def test_patients_of_others_are_not_invited(app: Flask, therapist: Browser) -> None:
    for who in (person_id(app, "Farah"), "nobody"):
        for what in ("invitation", "invitation/end", "sign-out"):
            assert therapist.post(f"/patients/{who}/{what}").status_code == 404


def test_joining_signs_out_whoever_was_here(app: Flask, therapist: Browser) -> None:
    first, second = invited(therapist), invited(therapist)
    tablet = Browser(app)
    tablet.post(first[0], {"year": "1949"})
    assert "Going on signs them out" in tablet.get(second[0]).text
    tablet.post(second[0], {"year": "1949"})
    with database(app).reading() as session:
        rows = session.scalars(select(DeviceLogin).order_by(DeviceLogin.id)).all()
        assert [row.revoked_at is None for row in rows] == [False, True]


def test_guessing_is_slowed_down_per_code_and_per_address(demo_folder: Path) -> None:
    app = create_app(settings_for(demo_folder, demo=True, login_attempts=1))

    def guess(code: str) -> int:
        return Browser(app).post("/join", {"code": code, "year": "1949"}).status_code

    assert [guess("AAAA-AAAA"), guess("aaaa aaaa")] == [422, 429]
    assert [guess(f"AAAA-AAC{sign}") for sign in "0123456789"][-2:] == [422, 429]


def test_the_qr_code_needs_no_inline_style_and_no_other_place(therapist: Browser) -> None:
    drawing = sheet(therapist).split('class="qr-frame"')[1].split("</svg>")[0]
    assert "<path" in drawing
    assert "style=" not in drawing
    assert "href=" not in drawing
