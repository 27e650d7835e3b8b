"""Who needs me today: seen, later and show again are kept and audited; the list asks few questions of the database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from tests.webapp.builders import Browser, person_id
from webapp.extensions import database
from webapp.store import attention, people
from webapp.store.base import utc_now
from webapp.store.program_tables import AttentionMark
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Audit

TOMORROW = (utc_now().date() + timedelta(days=2)).isoformat()


def marks(app: Flask) -> list[AttentionMark]:
    with database(app).reading() as session:
        return list(session.scalars(select(AttentionMark).order_by(AttentionMark.id)))


def attend(therapist: Browser, patient: str, **form: str) -> str:
    """Send the form of one reason; what the list says then."""
    answer = therapist.post(f"/patients/{patient}/attention", form)
    assert answer.status_code == 302
    return therapist.get("/patients/").text


def listed(text: str) -> str:
    """The part of the page that asks for something."""
    return text.split("Seen or put off", maxsplit=1)[0].split('id="everyone"', maxsplit=1)[0]


def test_seen_hides_a_reason_until_it_is_shown_again(app: Flask, therapist: Browser) -> None:
    clara = person_id(app, "Clara")
    attend(therapist, clara, reason="unsure")
    assert "Clara" in listed(therapist.get("/patients/").text)
    assert "Clara" not in listed(attend(therapist, clara, reason="missed"))
    assert "Clara" in listed(attend(therapist, clara, reason="missed", do="show"))
    with database(app).reading() as session:
        actions = session.scalars(select(Audit.action).where(Audit.subject_id == clara)).all()
    kept = [one for one in actions if one.startswith("attention")]
    assert kept == ["attention.hide", "attention.hide", "attention.show"]


def test_later_keeps_the_day_and_the_note(app: Flask, therapist: Browser) -> None:
    clara = person_id(app, "Clara")
    attend(therapist, clara, reason="unsure")
    text = attend(therapist, clara, reason="missed", until=TOMORROW, note="Holiday until Friday")
    assert "Clara" not in listed(text)
    assert "Holiday until Friday" in text
    mark = marks(app)[-1]
    assert (mark.until, mark.note) == (date.fromisoformat(TOMORROW), "Holiday until Friday")
    with database(app).reading() as session:
        row = session.scalars(
            select(Audit).where(Audit.action == "attention.hide").order_by(Audit.id.desc())
        ).first()
        assert row
        assert "Holiday" not in str(row.details)


@pytest.mark.parametrize("until", ["yesterday", "2020-01-01", "2999-01-01"])
def test_a_day_that_cannot_be_is_explained_and_nothing_is_kept(
    app: Flask, therapist: Browser, until: str
) -> None:
    text = attend(therapist, person_id(app, "Clara"), reason="missed", until=until)
    assert 'class="notice good"' in text
    assert marks(app) == []


def test_only_ones_own_patients_and_known_reasons(app: Flask, therapist: Browser) -> None:
    for patient, reason in ((person_id(app, "Farah"), "pain"), (person_id(app, "Ada"), "moon")):
        answer = therapist.post(f"/patients/{patient}/attention", {"reason": reason})
        assert answer.status_code == 404
    assert marks(app) == []


@pytest.mark.parametrize("role", ["patient", "clinic"])
def test_it_is_the_therapists_list(app: Flask, role: str) -> None:
    other = Browser(app).demo(role)
    assert other.get("/patients/").status_code == 403
    assert other.get("/patients/needing").status_code == 403


def test_the_number_of_questions_does_not_grow_with_the_patients(app: Flask) -> None:
    asked: list[str] = []
    event.listen(
        database(app).engine, "before_cursor_execute", lambda *given: asked.append(given[2])
    )
    with database(app).reading() as session:
        account = people.find_account(session, email="therapist@demo.example")
        assert account
        actor = people.actor_of(session, account.id)
        assert actor
        asked.clear()
        found = attention.standings(session, actor, utc_now().date())
        assert len(asked) == len(attention.SOURCES) + 2  # the marks, and what the clinic decides
    assert len(found) == 8


def test_what_is_known_agrees_with_the_rows(app: Flask) -> None:
    """The facts against a plain count, patient by patient."""
    with database(app).reading() as session:
        account = people.find_account(session, email="therapist@demo.example")
        actor = people.actor_of(session, account.id) if account else None
        assert actor
        today = utc_now().date()
        for one in attention.facts(session, actor, today):
            t = PatientSession
            plain = select(func.count(), func.coalesce(func.sum(t.reps), 0)).where(
                t.patient_id == one.patient_id, t.local_date >= today - attention.LOOK_BACK
            )
            counted = (len(one.sessions), sum(done.reps for done in one.sessions))
            assert tuple(session.execute(plain).one()) == counted
            assert [done.at for done in one.sessions] == sorted((d.at for d in one.sessions), reverse=True)  # fmt: skip


def test_beside_a_patient_stands_who_needs_me(app: Flask, therapist: Browser) -> None:
    greta = person_id(app, "Greta")
    text = therapist.get(f"/patients/needing?patient={greta}").text
    assert "<html" not in text
    assert text.index("Greta Olsen") < text.index("Clara Anand")
    assert 'aria-current="true"' in text


def test_a_name_is_found_among_many(therapist: Browser) -> None:
    text = therapist.get("/patients/?q=jonas").text.split('id="everyone"')[1]
    assert "Jonas Weber" in text
    assert "Dora" not in text
