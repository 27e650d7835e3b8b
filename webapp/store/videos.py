"""Recorded videos: put in line for analysis, and filed as sessions when they have been analysed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import insert
from sqlalchemy.orm import Session

from coach.events import Event, HoldEnded, RepCompleted, SetCompleted
from webapp.store import consents, exercises, jobs, programs, proposals, ranges
from webapp.store.access import Actor
from webapp.store.base import utc_now
from webapp.store.job_tables import Job
from webapp.store.jobs import Claim
from webapp.store.series import Stored
from webapp.store.session_tables import PatientSession, SessionEvent, SessionSeries
from webapp.store.tables import Person, Prescription, PrescriptionVersion

KIND = "video"


class VideoArgs(msgspec.Struct, frozen=True):
    """The arguments of a video's job. `file` is a name inside the folder of uploads; what is prescribed is what was
    prescribed when the video came."""

    file: str
    exercise: str
    prescription: str
    version: str
    prescribed: dict[str, Any]
    keep: bool
    most_minutes: float
    #: The whole exercise, where it is the clinic's own: the child has no database.
    own: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Analysed:
    """What came of a video: events with the number of their frame, length, engine, and the kept landmarks, if any."""

    events: tuple[tuple[int, Event], ...]
    duration_s: float
    frames: int
    engine: str
    series: Stored | None = None


def enqueue(
    session: Session, actor: Actor, prescription: Prescription, file: str, most_minutes: float
) -> Job:
    """Have a video judged by what is prescribed now. Landmarks are kept if the patient agrees to that now."""
    version = programs.current(session, prescription.id)
    today = utc_now().astimezone(ZoneInfo(actor.timezone)).date()
    args = VideoArgs(
        file=file,
        exercise=prescription.exercise_id,
        prescription=prescription.id,
        version=version.id,
        prescribed=msgspec.to_builtins(programs.judged(session, version, today)),
        keep=consents.given(session, prescription.patient_id),
        most_minutes=most_minutes,
        own=_own(session, prescription),
    )
    return jobs.enqueue(session, actor, KIND, msgspec.to_builtins(args), prescription.patient_id)


def _own(session: Session, prescription: Prescription) -> dict[str, Any] | None:
    if not prescription.exercise_id.startswith(exercises.OWN):
        return None
    exercise = exercises.load(session, prescription.clinic_id, prescription.exercise_id)
    return dict(msgspec.to_builtins(exercise))


def file(
    session: Session, claim: Claim, args: VideoArgs, done: Analysed, now: datetime
) -> PatientSession:
    """A session like a live one, of the day on which the video came, judged by the version of that moment."""
    job = session.get_one(Job, claim.job_id)
    version = session.get_one(PrescriptionVersion, args.version)
    prescription = session.get_one(Prescription, version.prescription_id)
    patient = session.get_one(Person, prescription.patient_id)
    row = PatientSession(
        id=job.id, clinic_id=job.clinic_id, patient_id=patient.id, exercise_id=args.exercise,
        prescription_id=prescription.id, version_id=version.id, source="upload", status="done", stop_reason="finished",
        started_at=job.created_at, ended_at=job.created_at + timedelta(seconds=done.duration_s),
        local_date=job.created_at.astimezone(ZoneInfo(patient.timezone)).date(), timezone=patient.timezone,
        keep_series=args.keep, engine=done.engine, duration_s=done.duration_s,
        **_totals([event for _, event in done.events]),
    )  # fmt: skip
    session.add(row)
    session.flush()
    rows = [_event(row, number, *one) for number, one in enumerate(done.events, start=1)]
    if rows:
        session.execute(insert(SessionEvent), rows)
    ranges.widen(session, row.id, [event for _, event in done.events])
    if done.series is not None:
        kept = done.series
        session.add(
            SessionSeries(
                session_id=row.id, clinic_id=row.clinic_id, path=kept.path, sha256=kept.sha256, bytes=kept.bytes,
                frames=done.frames, created_at=now,
            )
        )  # fmt: skip
    session.flush()
    proposals.refresh(session, prescription, row.local_date)
    return row


def _totals(events: list[Event]) -> dict[str, Any]:
    verdicts = [event.rep.verdict for event in events if isinstance(event, RepCompleted)]
    return {
        "reps": len(verdicts),
        "correct": verdicts.count("correct"),
        "incomplete": verdicts.count("incomplete"),
        "faulty": verdicts.count("faulty"),
        "sets": sum(isinstance(event, SetCompleted) for event in events),
        "hold_s": sum(event.held_s for event in events if isinstance(event, HoldEnded)),
    }


def _event(row: PatientSession, ordinal: int, seq: int, event: Event) -> dict[str, Any]:
    payload = msgspec.to_builtins(event)
    return {
        "session_id": row.id, "ordinal": ordinal, "clinic_id": row.clinic_id, "seq": seq, "t_s": event.t_s,
        "kind": payload["type"], "payload": payload,
    }  # fmt: skip
