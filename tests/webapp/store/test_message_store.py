"""Messages: who may read and write them, what is unread, and that nothing is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.webapp.builders import (
    DEMO_PATIENT,
    DEMO_THERAPIST,
    actor,
    person_id,
    prescription_id,
    session_id,
)
from webapp.extensions import database
from webapp.message_notice import notice
from webapp.store import messages
from webapp.store.access import Actor, NotVisible
from webapp.store.messages import About


def counts(app: Flask, *actors: Actor) -> list[int]:
    with database(app).reading() as session:
        return [messages.unread(session, one) for one in actors]


def test_unread_is_what_others_wrote_and_i_have_not_seen(app: Flask) -> None:
    ada, hanna = actor(app, DEMO_PATIENT), actor(app, DEMO_THERAPIST)
    before = counts(app, ada, hanna)
    with database(app).writing() as session:
        messages.write(session, hanna, ada.person_id, "Well done", About())
    assert counts(app, ada, hanna) == [before[0] + 1, before[1]]
    with database(app).writing() as session:
        assert messages.thread(session, ada, ada.person_id)[0].fresh
        messages.mark_read(session, ada, ada.person_id)
        messages.mark_read(session, ada, ada.person_id)
    assert counts(app, ada, hanna) == [0, before[1]]


def test_only_what_was_shown_is_read(app: Flask) -> None:
    """Reading the comments on one session leaves the rest of the thread unread."""
    ada, hanna = actor(app, DEMO_PATIENT), actor(app, DEMO_THERAPIST)
    bridge = session_id(app, "Ada", "glute_bridge")
    with database(app).writing() as session:
        messages.mark_read(session, ada, ada.person_id)
        messages.write(session, hanna, ada.person_id, "In general", About())
        messages.write(session, hanna, ada.person_id, "Here", About(session_id=bridge, rep_index=2))
        [here] = messages.thread(session, ada, ada.person_id, bridge)
        assert (here.message.text, here.exercise_id, here.message.rep_index) == (
            "Here",
            "glute_bridge",
            2,
        )
        messages.mark_read(session, ada, ada.person_id, bridge)
        assert messages.unread(session, ada) == 1


def test_the_inbox_begins_with_what_waits(app: Flask) -> None:
    hanna = actor(app, DEMO_THERAPIST)
    with database(app).writing() as session:
        bruno = person_id(app, "Bruno")
        messages.write(session, hanna, bruno, "How is the shoulder?", About())
        names = [
            (one.patient.name.split()[0], one.unread) for one in messages.inbox(session, hanna)
        ]
        assert names == [("Ada", 1), ("Bruno", 0)]


@pytest.mark.parametrize("what", ["other patient", "other clinic", "clinic", "patient"])
def test_a_thread_is_for_the_patient_and_their_therapists_only(app: Flask, what: str) -> None:
    ada, hanna = actor(app, DEMO_PATIENT), actor(app, DEMO_THERAPIST)
    who, thread = {
        "other patient": (hanna, person_id(app, "Farah")),
        "other clinic": (replace(hanna, clinic_id="elsewhere"), ada.person_id),
        "clinic": (replace(hanna, role="clinic"), ada.person_id),
        "patient": (ada, person_id(app, "Bruno")),
    }[what]
    with database(app).writing() as session:
        with pytest.raises(NotVisible):
            messages.thread(session, who, thread)
        with pytest.raises(NotVisible):
            messages.mark_read(session, who, thread)
        with pytest.raises(NotVisible):
            messages.write(session, who, thread, "x", About())


def test_a_message_is_about_the_patients_own_things(app: Flask) -> None:
    ada, hanna = actor(app, DEMO_PATIENT), actor(app, DEMO_THERAPIST)
    mine = session_id(app, "Ada", "glute_bridge")
    wrong = [
        About(session_id=session_id(app, "Dora", "squat")),
        About(prescription_id=prescription_id(app, "Dora", "squat")),
        About(session_id=mine, rep_index=999),
        About(rep_index=1),
        About(session_id="nothing"),
    ]
    with database(app).writing() as session:
        for about in wrong:
            with pytest.raises(NotVisible):
                messages.write(session, hanna, ada.person_id, "x", about)


def test_a_notice_says_that_there_is_a_message_and_no_more(app: Flask) -> None:
    hanna = actor(app, DEMO_THERAPIST)
    ada = person_id(app, "Ada")
    with database(app).writing() as session:
        about = About(session_id=session_id(app, "Ada", "squat"), rep_index=3)
        message = messages.write(session, hanna, ada, "Your knee caves in", about)
    with app.test_request_context():
        found = notice(message)
    said = f"{found.subject} {found.body}".lower()
    assert "log in" in said
    for secret in ("knee", "squat", "ada", "hanna", "repetition", "riverside", message.session_id):
        assert str(secret) not in said


@pytest.mark.parametrize("table", ["message", "message_read", "verdict_review"])
@pytest.mark.parametrize("change", ["UPDATE {} SET clinic_id = clinic_id", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_what_was_said(app: Flask, table: str, change: str) -> None:
    with (
        pytest.raises(IntegrityError, match="append-only"),
        database(app).writing() as session,
    ):
        session.execute(text(change.format(table)))
