"""The demo's session to look at again: watched by the camera, reviewed by a therapist, talked about."""

from __future__ import annotations

import tempfile
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from coach.io import recording
from coach.session import ENGINE_VERSION
from poses import catalogue
from webapp.demo.accounts import DEMO_EMAILS
from webapp.demo.moving import Effort, filmed
from webapp.replaying import keeping
from webapp.store import imports, log, messages, people, programs, sessions, verdicts
from webapp.store.access import Actor
from webapp.store.engine import Database, Session
from webapp.store.imports import OldSession, Version
from webapp.store.messages import About
from webapp.store.series import SeriesStore
from webapp.store.session_tables import PatientSession, SessionSeries
from webapp.store.tables import Person, Role
from webapp.store.verdicts import Word

EXERCISE: Final = "squat"
SEED: Final = 3
REVIEWED: Final = 3
"""So many earlier sessions have been reviewed, which is enough to say how often the two agree."""

SETS: Final = [
    [
        Effort(1.0, 3.4), Effort(1.02, 3.5), Effort(1.0, 3.2, lean_deg=24.0), Effort(1.01, 3.3), Effort(0.98, 3.0),
        Effort(1.0, 3.2), Effort(0.72, 2.6), Effort(1.0, 3.1),
    ],
    [
        Effort(1.02, 3.3), Effort(1.0, 3.2), Effort(1.0, 3.1), Effort(0.68, 2.5), Effort(1.0, 3.0, lean_deg=26.0),
        Effort(0.99, 3.0), Effort(0.75, 2.7), Effort(1.0, 3.2),
    ],
]  # fmt: skip


def add(database: Database, series: SeriesStore, now: datetime) -> None:
    """Yesterday evening's squats of the demo patient, and what has been said about them since."""
    with database.writing() as session:
        patient, therapist = _actor(session, "patient"), _actor(session, "therapist")
        row = _film(session, series, patient, now)
        _review(session, therapist, row)
        _talk(session, therapist, patient, row)
    with database.reading() as session:
        keeping.of(session, session.get_one(PatientSession, row.id), series)


def _actor(session: Session, role: Role) -> Actor:
    account = people.find_account(session, email=DEMO_EMAILS[role])
    actor = people.actor_of(session, account.id) if account else None
    if actor is None:
        raise LookupError(f"the demo has no {role}")
    return actor


def _film(session: Session, series: SeriesStore, patient: Actor, now: datetime) -> PatientSession:
    program = programs.of_patient(session, patient.person_id)
    prescription = next(one for one in program if one.exercise_id == EXERCISE)
    version = programs.current(session, prescription.id)
    prescribed = programs.prescribed(version)
    seen, events = filmed(catalogue.load(EXERCISE), prescribed, SETS, Random(SEED))  # noqa: S311  # not for secrets
    zone = ZoneInfo(patient.timezone)
    evening = datetime.combine(now.astimezone(zone).date() - timedelta(days=1), time(19, 30), zone)
    row = imports.past_session(
        session,
        session.get_one(Person, patient.person_id),
        Version(version.id, prescription.id, prescribed),
        OldSession(EXERCISE, evening, events, "finished"),
    )
    row.engine, row.keep_series = ENGINE_VERSION, True
    session.add(_keep(series, row, seen))
    session.flush()
    return row


def _keep(series: SeriesStore, row: PatientSession, seen: recording.Recording) -> SessionSeries:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.npz"
        recording.write(path, seen)
        stored = series.put(f"{row.clinic_id}/{row.id}.npz", path.read_bytes())
    return SessionSeries(
        session_id=row.id, clinic_id=row.clinic_id, path=stored.path, sha256=stored.sha256, bytes=stored.bytes,
        frames=len(seen),
    )  # fmt: skip


def _review(session: Session, therapist: Actor, seen: PatientSession) -> None:
    """The therapist went through some earlier sessions: mostly of the coach's opinion, not always."""
    done = log.of_prescription(session, seen.prescription_id)
    for row in [one for one in done if one.id != seen.id][-REVIEWED:]:
        judged = [one for one in _judged(session, row) if one.ordinal is not None]
        for one in judged[3::7]:
            other = Word("incomplete" if one.verdict == "correct" else "correct", (), "As I saw it")
            verdicts.give(session, therapist, row, one.ordinal or 0, other)
        verdicts.agree(session, therapist, row)


def _judged(session: Session, row: PatientSession) -> list[verdicts.Judged]:
    return verdicts.judged(session, row.id, sessions.events(session, row.id))


def _talk(session: Session, therapist: Actor, patient: Actor, row: PatientSession) -> None:
    """A question, an answer that is read, and one each that waits."""
    thread = patient.person_id
    program = programs.of_patient(session, thread)
    messages.write(
        session, patient, thread, "Is it all right that my knee clicks when I straighten it? It does not hurt.",
        About(prescription_id=program[-1].id),
    )  # fmt: skip
    messages.mark_read(session, therapist, thread)
    messages.write(
        session, therapist, thread, "Clicking without pain is fine. Tell me if it begins to hurt or swell.", About(),
    )  # fmt: skip
    messages.mark_read(session, patient, thread)
    messages.write(
        session, therapist, thread, "Good depth! Here you lean forward: chest up, and a little slower.",
        About(session_id=row.id, rep_index=3),
    )  # fmt: skip
    messages.write(session, patient, thread, "Thank you. May I do three sets now?", About())
