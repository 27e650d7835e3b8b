"""Exercise sessions: begin, claim, append, end, read back. Every write of a live session checks its epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from coach.events import Event, HoldEnded, RepCompleted, SetCompleted
from webapp.store import ranges
from webapp.store.session_tables import (
    LiveState,
    PatientSession,
    SeriesChunk,
    SessionEvent,
    SessionSeries,
    Source,
    StopReason,
)
from webapp.store.tables import Person, Prescription, PrescriptionVersion

LEASE = timedelta(seconds=30)
RESUME_WITHIN = timedelta(minutes=30)


class StaleEpochError(Exception):
    """Another window or process owns the session now; nothing was written."""


class SessionOverError(Exception):
    """The session has ended, or was never there; it cannot be continued."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Ownership of a live session, and the point from which to go on."""

    session_id: str
    clinic_id: str
    epoch: int
    last_seq: int
    last_t_s: float
    last_ordinal: int
    snapshot: bytes | None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Wire messages `first_seq..last_seq`, concatenated and compressed."""

    first_seq: int
    last_seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Progress:
    """What one commit adds to a session: it is written whole or not at all.

    `events` carry the number of the frame that brought them about; the first of them is the session's event number
    `first_ordinal`. `reason` ends the session.
    """

    last_seq: int
    last_t_s: float
    first_ordinal: int
    events: tuple[tuple[int, Event], ...]
    snapshot: bytes
    chunk: Chunk | None = None
    reason: StopReason | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The circumstances of a new session that are not the patient's or the prescription's."""

    source: Source
    engine: str
    keep_series: bool
    short: bool = False


def begin(
    session: Session,
    patient: Person,
    prescription: Prescription,
    version: PrescriptionVersion,
    plan: Plan,
    now: datetime,
) -> PatientSession:
    """A new live session, judged by `version`, counted for the patient's own day. Nobody owns it yet."""
    row = PatientSession(
        clinic_id=prescription.clinic_id,
        patient_id=patient.id,
        exercise_id=prescription.exercise_id,
        prescription_id=prescription.id,
        version_id=version.id,
        source=plan.source,
        status="live",
        started_at=now,
        local_date=now.astimezone(ZoneInfo(patient.timezone)).date(),
        timezone=patient.timezone,
        keep_series=plan.keep_series,
        short=plan.short,
        engine=plan.engine,
    )
    session.add(row)
    session.flush()
    state = LiveState(
        session_id=row.id, clinic_id=row.clinic_id, owner="", epoch=0, lease_until=now + LEASE
    )
    session.add(state)
    session.flush()
    return row


def resumable(
    session: Session, patient_id: str, prescription_id: str, source: Source, now: datetime
) -> str | None:
    """The id of the patient's unfinished session of this exercise, if it was alive in the last half hour."""
    return session.scalar(
        select(PatientSession.id)
        .join(LiveState, LiveState.session_id == PatientSession.id)
        .where(
            PatientSession.patient_id == patient_id,
            PatientSession.prescription_id == prescription_id,
            PatientSession.source == source,
            PatientSession.status == "live",
            LiveState.lease_until > now - RESUME_WITHIN,
        )
        .order_by(PatientSession.started_at.desc())
        .limit(1)
    )


def claim(
    session: Session, session_id: str, owner: str, now: datetime, expected: int | None = None
) -> Claim:
    """Take the session over: whoever owned it before can write no more.

    With `expected` the asker only wants back what it had: StaleEpochError if someone else took it meanwhile.
    Raises SessionOverError when there is nothing to go on with.
    """
    live = session.scalar(
        select(PatientSession.id).where(
            PatientSession.id == session_id, PatientSession.status == "live"
        )
    )
    state = session.get(LiveState, session_id, populate_existing=True) if live else None
    if state is None:
        raise SessionOverError(session_id)
    require_epoch(session, session_id, expected)
    state.owner, state.epoch, state.lease_until = owner, state.epoch + 1, now + LEASE
    session.flush()
    return Claim(
        session_id,
        state.clinic_id,
        state.epoch,
        state.last_seq,
        state.last_t_s,
        state.last_ordinal,
        state.snapshot,
    )


def require_epoch(session: Session, session_id: str, expected: int | None) -> None:
    """Raises StaleEpochError when someone else has taken the session since `expected`; None expects nothing."""
    epoch = session.scalar(select(LiveState.epoch).where(LiveState.session_id == session_id))
    if expected is not None and epoch is not None and epoch != expected:
        raise StaleEpochError(session_id)


def append(session: Session, mine: Claim, progress: Progress, now: datetime) -> None:
    """Keep what happened since the last commit. Raises StaleEpochError when the session has another owner.

    What is already kept is not written twice, so a caller who cannot know whether a commit happened may repeat it.
    """
    state = session.get(LiveState, mine.session_id, populate_existing=True)
    if state is None or state.epoch != mine.epoch:
        raise StaleEpochError(mine.session_id)
    fresh = progress.events[max(0, state.last_ordinal - progress.first_ordinal + 1) :]
    _insert_events(session, mine, state.last_ordinal, fresh)
    if progress.chunk is not None and progress.chunk.last_seq > state.last_seq:
        session.merge(
            SeriesChunk(
                session_id=mine.session_id, clinic_id=mine.clinic_id, **_fields(progress.chunk)
            )
        )
    state.last_seq = max(state.last_seq, progress.last_seq)
    state.last_t_s = max(state.last_t_s, progress.last_t_s)
    state.last_ordinal += len(fresh)
    state.snapshot, state.lease_until = progress.snapshot, now + LEASE
    happened = [event for _, event in fresh]
    _tally(session, mine.session_id, happened, progress, now)
    ranges.widen(session, mine.session_id, happened)
    session.flush()


def _fields(chunk: Chunk) -> dict[str, Any]:
    return {"first_seq": chunk.first_seq, "last_seq": chunk.last_seq, "data": chunk.data}


def _insert_events(
    session: Session, mine: Claim, last_ordinal: int, fresh: Sequence[tuple[int, Event]]
) -> None:
    rows = []
    for ordinal, (seq, event) in enumerate(fresh, start=last_ordinal + 1):
        payload = msgspec.to_builtins(event)
        rows.append(
            {
                "session_id": mine.session_id,
                "ordinal": ordinal,
                "clinic_id": mine.clinic_id,
                "seq": seq,
                "t_s": event.t_s,
                "kind": payload["type"],
                "payload": payload,
            }
        )
    if rows:
        session.execute(insert(SessionEvent), rows)


def _tally(
    session: Session, session_id: str, events: Sequence[Event], progress: Progress, now: datetime
) -> None:
    """Add the new events to the totals of the list row; end it when the session ended."""
    verdicts = [event.rep.verdict for event in events if isinstance(event, RepCompleted)]
    values: dict[str, object] = {
        "duration_s": progress.last_t_s,
        "reps": PatientSession.reps + len(verdicts),
        "sets": PatientSession.sets + sum(isinstance(event, SetCompleted) for event in events),
        "hold_s": PatientSession.hold_s
        + sum(event.held_s for event in events if isinstance(event, HoldEnded)),
    }
    for verdict in ("correct", "incomplete", "faulty"):
        values[verdict] = getattr(PatientSession, verdict) + verdicts.count(verdict)
    if progress.reason is not None:
        values |= {"status": "done", "stop_reason": progress.reason, "ended_at": now}
    session.execute(update(PatientSession).where(PatientSession.id == session_id).values(**values))


def left_alone(session: Session, now: datetime) -> list[str]:
    """Close the live sessions that nobody came back to; they end where their last frame was. Returns their ids."""
    lost = session.scalars(
        select(PatientSession)
        .join(LiveState, LiveState.session_id == PatientSession.id)
        .where(PatientSession.status == "live", LiveState.lease_until <= now - RESUME_WITHIN)
    ).all()
    for row in lost:
        _leave(row)
    session.flush()
    return [row.id for row in lost]


def leave(session: Session, mine: Claim) -> None:
    """Close a claimed session that is not to go on; it ends where its last frame was."""
    _leave(session.get_one(PatientSession, mine.session_id, populate_existing=True))
    session.flush()


def _leave(row: PatientSession) -> None:
    row.status, row.ended_at = "left", row.started_at + timedelta(seconds=row.duration_s)


def get(session: Session, clinic_id: str, session_id: str) -> PatientSession | None:
    """One session of a clinic. Whether the asker may see it is for `access` to say."""
    return session.scalar(
        select(PatientSession).where(
            PatientSession.id == session_id, PatientSession.clinic_id == clinic_id
        )
    )


def of_patient(
    session: Session, clinic_id: str, patient_id: str, limit: int = 100
) -> Sequence[PatientSession]:
    """A patient's sessions, newest first."""
    return session.scalars(
        select(PatientSession)
        .where(PatientSession.clinic_id == clinic_id, PatientSession.patient_id == patient_id)
        .order_by(PatientSession.started_at.desc())
        .limit(limit)
    ).all()


def events(session: Session, session_id: str) -> list[Event]:
    """All events of a session in order, as the structs that the engine made."""
    payloads = session.scalars(
        select(SessionEvent.payload)
        .where(SessionEvent.session_id == session_id)
        .order_by(SessionEvent.ordinal)
    )
    return [msgspec.convert(payload, Event) for payload in payloads]


def count_events(session: Session, session_id: str) -> int:
    """How many events a session has so far."""
    return session.scalar(select(func.count()).where(SessionEvent.session_id == session_id)) or 0


def chunks(session: Session, session_id: str) -> Sequence[SeriesChunk]:
    """The landmark series of a session that is live or not yet filed, in order."""
    return session.scalars(
        select(SeriesChunk)
        .where(SeriesChunk.session_id == session_id)
        .order_by(SeriesChunk.first_seq)
    ).all()


def series_of(session: Session, session_id: str) -> SessionSeries | None:
    """Where the landmark recording of a finished session is kept, if one is."""
    return session.get(SessionSeries, session_id)


def ended_unfiled(session: Session) -> Sequence[str]:
    """Ids of the sessions that are over while what kept them alive is still there."""
    query = (
        select(LiveState.session_id)
        .join(PatientSession, PatientSession.id == LiveState.session_id)
        .where(PatientSession.status != "live")
    )
    return session.scalars(query).all()


def forget_live(session: Session, session_id: str) -> None:
    """Drop the rows that kept a session alive, once it is filed."""
    session.execute(delete(SeriesChunk).where(SeriesChunk.session_id == session_id))
    session.execute(delete(LiveState).where(LiveState.session_id == session_id))
