"""The store of live sessions: epochs, repeated commits, the patient's own day, sessions left alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from coach.events import CueGiven, Event, Rep, RepCompleted, SetCompleted, Tempo
from tests.webapp.live.clinic import Clinic
from webapp.store import programs, sessions
from webapp.store.access import require_patient, require_prescription
from webapp.store.engine import Database
from webapp.store.session_tables import PatientSession, SessionEvent
from webapp.store.sessions import Chunk, Plan, Progress, SessionOverError, StaleEpochError

EVENING_UTC = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


def _begin(session: Session, clinic: Clinic, now: datetime = EVENING_UTC) -> PatientSession:
    prescription = require_prescription(session, clinic.patient, clinic.prescription)
    patient = require_patient(session, clinic.patient, clinic.patient.person_id)
    version = programs.current(session, prescription.id)
    return sessions.begin(
        session, patient, prescription, version, Plan("camera", "1", keep_series=True), now
    )


def _rep(index: int, verdict: str = "correct") -> RepCompleted:
    tempo = Tempo(1.0, 0.2, 1.0)
    rep = Rep(index, "both", 1, 0.0, 1.0, 2.0, verdict, {"knee_flexion": (2, 95)}, (), 1.0, tempo)  # type: ignore[arg-type]
    return RepCompleted(2.0 * index, rep)


def _progress(
    last_seq: int, first_ordinal: int, *events: Event, chunk: Chunk | None = None
) -> Progress:
    return Progress(
        last_seq=last_seq,
        last_t_s=last_seq / 15,
        first_ordinal=first_ordinal,
        events=tuple((last_seq, event) for event in events),
        snapshot=b"snapshot",
        chunk=chunk,
    )


def test_a_session_counts_for_the_patients_own_day(database: Database, clinic: Clinic) -> None:
    with database.writing() as session:
        row = _begin(session, clinic)
        assert row.local_date == date(2026, 3, 2)
        assert row.timezone == "Pacific/Auckland"


def test_totals_follow_the_events(database: Database, clinic: Clinic) -> None:
    with database.writing() as session:
        row = _begin(session, clinic)
        claim = sessions.claim(session, row.id, "me", EVENING_UTC)
        sessions.append(
            session, claim, _progress(15, 1, _rep(1), _rep(2, "incomplete")), EVENING_UTC
        )
        sessions.append(
            session,
            claim,
            _progress(30, 3, _rep(3, "faulty"), SetCompleted(2.0, 1, 3, 0.0)),
            EVENING_UTC,
        )
        session.refresh(row)
        assert (row.reps, row.correct, row.incomplete, row.faulty, row.sets) == (3, 1, 1, 1, 1)
        assert row.duration_s == 2.0
        assert [event.t_s for event in sessions.events(session, row.id)] == [2.0, 4.0, 6.0, 2.0]


def test_the_same_commit_twice_changes_nothing(database: Database, clinic: Clinic) -> None:
    progress = _progress(15, 1, _rep(1), CueGiven(2.0, "deeper"), chunk=Chunk(1, 15, b"frames"))
    with database.writing() as session:
        row = _begin(session, clinic)
        claim = sessions.claim(session, row.id, "me", EVENING_UTC)
        for _ in range(2):
            sessions.append(session, claim, progress, EVENING_UTC)
        longer = _progress(
            20, 1, _rep(1), CueGiven(2.0, "deeper"), _rep(2), chunk=Chunk(1, 20, b"more frames")
        )
        sessions.append(session, claim, longer, EVENING_UTC)
        session.refresh(row)
        assert row.reps == 2
        assert sessions.count_events(session, row.id) == 3
        assert [(chunk.last_seq, chunk.data) for chunk in sessions.chunks(session, row.id)] == [
            (20, b"more frames")
        ]


def test_only_the_newest_owner_writes(database: Database, clinic: Clinic) -> None:
    with database.writing() as session:
        row = _begin(session, clinic)
        first = sessions.claim(session, row.id, "one window", EVENING_UTC)
        sessions.append(session, first, _progress(15, 1, _rep(1)), EVENING_UTC)
        second = sessions.claim(session, row.id, "another", EVENING_UTC)
        assert (second.epoch, second.last_seq, second.snapshot) == (
            first.epoch + 1,
            15,
            b"snapshot",
        )
        with pytest.raises(StaleEpochError):
            sessions.append(session, first, _progress(30, 2, _rep(2)), EVENING_UTC)
        with pytest.raises(StaleEpochError):
            sessions.claim(session, row.id, "one window", EVENING_UTC, expected=first.epoch)
        sessions.append(session, second, _progress(30, 2, _rep(2)), EVENING_UTC)
        assert sessions.count_events(session, row.id) == 2


def test_an_unfinished_session_is_found_again_for_half_an_hour(
    database: Database, clinic: Clinic
) -> None:
    who = (clinic.patient.person_id, clinic.prescription)
    with database.writing() as session:
        row = _begin(session, clinic)
        soon, late = EVENING_UTC + timedelta(minutes=20), EVENING_UTC + timedelta(minutes=31)
        assert sessions.resumable(session, *who, "camera", soon) == row.id
        assert sessions.resumable(session, *who, "clip", soon) is None
        assert sessions.resumable(session, *who, "camera", late) is None
        assert sessions.left_alone(session, soon) == []
        assert sessions.left_alone(session, late) == [row.id]
        assert row.status == "left"
        with pytest.raises(SessionOverError):
            sessions.claim(session, row.id, "me", late)


def test_a_session_that_is_left_ends_where_its_last_frame_was_and_takes_no_more(
    database: Database, clinic: Clinic
) -> None:
    with database.writing() as session:
        row = _begin(session, clinic)
        owner = sessions.claim(session, row.id, "one window", EVENING_UTC)
        sessions.append(session, owner, _progress(15, 1, _rep(1)), EVENING_UTC)
        sessions.leave(session, sessions.claim(session, row.id, "another", EVENING_UTC))
        session.refresh(row)
        assert (row.status, row.ended_at, row.reps) == (
            "left",
            EVENING_UTC + timedelta(seconds=1),
            1,
        )
        with pytest.raises(StaleEpochError):
            sessions.append(session, owner, _progress(30, 2, _rep(2)), EVENING_UTC)


def test_the_end_is_in_the_same_commit_as_its_reason(database: Database, clinic: Clinic) -> None:
    with database.writing() as session:
        row = _begin(session, clinic)
        claim = sessions.claim(session, row.id, "me", EVENING_UTC)
        end = Progress(16, 1.1, 1, ((16, _rep(1)),), b"snapshot", None, "pain")
        sessions.append(session, claim, end, EVENING_UTC)
        session.refresh(row)
        assert (row.status, row.stop_reason, row.ended_at, row.reps) == (
            "done",
            "pain",
            EVENING_UTC,
            1,
        )


def test_history_cannot_be_rewritten(database: Database, clinic: Clinic) -> None:
    with database.writing() as session:
        row = _begin(session, clinic)
        claim = sessions.claim(session, row.id, "me", EVENING_UTC)
        sessions.append(session, claim, _progress(15, 1, _rep(1)), EVENING_UTC)
    with pytest.raises(DatabaseError), database.writing() as session:
        session.get_one(SessionEvent, (row.id, 1)).t_s = 99.0
