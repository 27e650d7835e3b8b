"""How far each session went: kept with the events, and read from the events of old databases."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import select, text

from tests.webapp.builders import session_id
from webapp import migrations
from webapp.extensions import database
from webapp.store import ranges, schema, sessions
from webapp.store.program_tables import SessionRange


def all_ranges(app: Flask) -> set[tuple[str, str, int, int]]:
    with database(app).reading() as session:
        t = SessionRange
        rows = session.execute(select(t.session_id, t.angle, t.low_deg, t.high_deg))
        return {(one, angle, low, high) for one, angle, low, high in rows}


def test_they_are_what_the_events_say(app: Flask) -> None:
    squat = session_id(app, "Ada", "squat")
    with database(app).reading() as session:
        span = ranges.spans(sessions.events(session, squat))["knee_flexion"]
        assert ranges.of_sessions(session, [squat], "knee_flexion") == {squat: span}


def test_an_older_database_gets_them_from_its_events(app: Flask, tmp_path: Path) -> None:
    before = all_ranges(app)
    assert before
    with schema.changing(database(app)) as connection:
        migrations.downgrade(
            connection, "0003"
        )  # before there were ranges; 0002 had no account without e-mail
    with schema.changing(database(app)) as connection:
        migrations.upgrade(connection)
        assert connection.execute(text("SELECT count(*) FROM proposal")).scalar() == 0
    assert all_ranges(app) == before
