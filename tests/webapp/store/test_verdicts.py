"""A therapist's word beside the coach's: the newest holds, the original stays, totals follow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from tests.webapp.builders import DEMO_THERAPIST, actor, session_id
from webapp.extensions import database
from webapp.store import access, sessions, verdicts
from webapp.store.access import NotVisible
from webapp.store.engine import Session
from webapp.store.review_tables import OPINIONS
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Audit
from webapp.store.verdicts import Judged, Word


@pytest.fixture
def bridge(app: Flask) -> str:
    """A session of Ada's that nobody has reviewed."""
    return session_id(app, "Ada", "glute_bridge")


def judged(session: Session, row: PatientSession) -> list[Judged]:
    return verdicts.judged(session, row.id, sessions.events(session, row.id))


def test_the_newest_word_holds_and_the_coachs_own_stays_readable(app: Flask, bridge: str) -> None:
    therapist = actor(app, DEMO_THERAPIST)
    with database(app).writing() as session:
        row = access.require_session(session, therapist, bridge)
        before = verdicts.coach_totals(row)
        first = judged(session, row)[0]
        assert first.ordinal
        verdicts.give(session, therapist, row, first.ordinal, Word("faulty", ("other",), "Twisted"))
        verdicts.give(session, therapist, row, first.ordinal, Word("none", (), "Only settling"))
        [after] = [one for one in judged(session, row) if one.ordinal == first.ordinal]
        assert (after.verdict, after.coach_verdict, after.overruled) == (
            "none",
            first.coach_verdict,
            True,
        )
        assert row.reps == before["reps"] - 1
        assert verdicts.coach_totals(row) == before
        assert sessions.events(session, row.id)  # as the engine said it, untouched
        rows = session.scalars(select(Audit).where(Audit.action == "verdict.review")).all()
        last = rows[-1].details
        assert (last["old"], last["new"], last["coach"]) == ("faulty", "none", first.coach_verdict)
        assert "settling" not in str(last)


def test_a_missed_repetition_is_added_and_taken_back(app: Flask, bridge: str) -> None:
    therapist = actor(app, DEMO_THERAPIST)
    with database(app).writing() as session:
        row = access.require_session(session, therapist, bridge)
        before = row.reps
        verdicts.give_missed(session, therapist, row, 20.04, Word("correct", (), "Counted by me"))
        [missed] = [one for one in judged(session, row) if one.ordinal is None]
        assert (missed.t_s, missed.coach_verdict, row.reps) == (20.0, "none", before + 1)
        verdicts.give_missed(session, therapist, row, 20.0, Word("none"))
        assert all(one.ordinal for one in judged(session, row))
        assert row.reps == before
        assert not [
            one
            for one in verdicts.pairs(session, therapist)
            if one.coach == one.therapist == "none"
        ]
        with pytest.raises(NotVisible):
            verdicts.give_missed(session, therapist, row, row.duration_s + 1, Word("correct"))


def test_agreeing_reviews_what_is_open_and_changes_no_total(app: Flask, bridge: str) -> None:
    therapist = actor(app, DEMO_THERAPIST)
    with database(app).writing() as session:
        row = access.require_session(session, therapist, bridge)
        before = {name: getattr(row, name) for name in verdicts.TOTALS}
        ones = judged(session, row)
        verdicts.give(
            session, therapist, row, ones[0].ordinal or 0, Word("incomplete", (), "Short")
        )
        assert verdicts.agree(session, therapist, row) == len(ones) - 1
        assert verdicts.agree(session, therapist, row) == 0
        assert judged(session, row)[0].verdict == "incomplete"
        assert before["reps"] == row.reps


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(st.tuples(st.integers(0, 15), st.sampled_from(OPINIONS)), max_size=8))
def test_totals_are_always_those_of_the_newest_words(
    app: Flask, bridge: str, words: list[tuple[int, str]]
) -> None:
    therapist = actor(app, DEMO_THERAPIST)
    with database(app).reading() as session:  # nothing is committed: each example starts afresh
        row = access.require_session(session, therapist, bridge)
        coach = verdicts.coach_totals(row)
        ones = judged(session, row)
        for index, verdict in words:
            one = ones[index % len(ones)]
            verdicts.give(session, therapist, row, one.ordinal or 0, Word(verdict))  # type: ignore[arg-type]
        now = [one.verdict for one in judged(session, row)]
        assert row.reps == sum(verdict != "none" for verdict in now)
        assert row.reps == row.correct + row.incomplete + row.faulty
        assert verdicts.coach_totals(row) == coach


@pytest.mark.parametrize("role", ["patient", "clinic"])
def test_only_therapists_review(app: Flask, bridge: str, role: str) -> None:
    other = replace(actor(app, DEMO_THERAPIST), role=role)  # type: ignore[arg-type]
    with database(app).writing() as session:
        row = session.get_one(PatientSession, bridge)
        with pytest.raises(NotVisible):
            verdicts.agree(session, other, row)


def test_a_session_that_goes_on_is_not_reviewed_yet(app: Flask, bridge: str) -> None:
    therapist = actor(app, DEMO_THERAPIST)
    with database(app).writing() as session:
        row = access.require_session(session, therapist, bridge)
        row.status = "live"
        with pytest.raises(NotVisible):
            verdicts.agree(session, therapist, row)


def test_pairs_are_of_those_one_may_see_and_without_practice(app: Flask) -> None:
    therapist = actor(app, DEMO_THERAPIST)
    with database(app).writing() as session:
        seen = verdicts.pairs(session, therapist)
        assert len(seen) > 20
        assert verdicts.pairs(session, replace(therapist, clinic_id="another")) == []
        session.execute(text("UPDATE patient_session SET source = 'clip'"))
        assert verdicts.pairs(session, therapist) == []
