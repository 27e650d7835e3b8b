"""The tables of exercise sessions: what was done, event by event, and what is needed to go on after a crash.

`session_event` is only inserted: history is appended, never rewritten. `live_state` and `series_chunk` hold what a
running session needs; when it is over the chunks become one file, and `session_series` says which.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, Base, ClinicId, CreatedAt, Id, PersonId

#: `upload`: a recorded video that was analysed afterwards.
Source = Literal["camera", "clip", "manual", "upload"]
Status = Literal["live", "done", "left"]
StopReason = Literal["finished", "pain", "tired", "no_time", "other"]
STOP_REASONS: tuple[StopReason, ...] = ("finished", "pain", "tired", "no_time", "other")

SNAPSHOT_BYTES = 65536
"""The largest engine snapshot that is kept; a larger one is a bug, not a long session."""

SessionId = Annotated[
    str, mapped_column(String(ID_LENGTH), ForeignKey("patient_session.id"), primary_key=True)
]


class PatientSession(Base):
    """One patient doing one exercise, once. The totals are kept here for lists: those of the events, with what a
    therapist has overruled since (`webapp.store.verdicts`)."""

    __tablename__ = "patient_session"
    __table_args__ = (
        CheckConstraint("source IN ('camera', 'clip', 'manual', 'upload')", "source"),
        CheckConstraint("status IN ('live', 'done', 'left')", "status"),
        Index("ix_patient_session_log", "clinic_id", "started_at"),
        Index("ix_patient_session_patient", "patient_id", "started_at"),
        # holds all that totals sum, so that the table itself is not read
        Index(
            "ix_patient_session_totals",
            "clinic_id",
            "patient_id",
            "reps",
            "correct",
            "incomplete",
            "faulty",
            "duration_s",
        ),
    )

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    patient_id: Mapped[PersonId]
    exercise_id: Mapped[str] = mapped_column(String(60))
    prescription_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("prescription.id"), index=True
    )
    #: The version this session was judged by, whatever is prescribed since.
    version_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("prescription_version.id")
    )
    #: `clip` is practice with the sample clip: shown as such, and left out of adherence.
    source: Mapped[str] = mapped_column(String(10))
    #: `left`: the page went away and did not come back.
    status: Mapped[str] = mapped_column(String(10), default="live")
    stop_reason: Mapped[str | None] = mapped_column(String(20))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    #: The day it counts for, in the time zone that the patient had then.
    local_date: Mapped[date]
    timezone: Mapped[str] = mapped_column(String(64))
    #: Whether the patient consented, at the start, to keeping the landmark series.
    keep_series: Mapped[bool] = mapped_column(default=False)
    engine: Mapped[str] = mapped_column(String(20))
    #: The five-minute version of the program: one set of what is prescribed.
    short: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Seconds of the stream up to the last frame or control.
    duration_s: Mapped[float] = mapped_column(default=0.0)
    reps: Mapped[int] = mapped_column(default=0)
    correct: Mapped[int] = mapped_column(default=0)
    incomplete: Mapped[int] = mapped_column(default=0)
    faulty: Mapped[int] = mapped_column(default=0)
    sets: Mapped[int] = mapped_column(default=0)
    hold_s: Mapped[float] = mapped_column(default=0.0)
    #: The coach's own `reps`, `correct`, `incomplete` and `faulty`, once a therapist has overruled any.
    coach_totals: Mapped[dict[str, Any] | None]


class SessionEvent(Base):
    """One `coach.events` struct of a session, in the order it happened."""

    __tablename__ = "session_event"

    session_id: Mapped[SessionId]
    #: 1, 2, 3, ... without gaps.
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    clinic_id: Mapped[ClinicId]
    #: The number of the frame (or control) that brought it about.
    seq: Mapped[int]
    t_s: Mapped[float]
    #: The struct's tag (`rep`, `cue`, ...).
    kind: Mapped[str] = mapped_column(String(20))
    payload: Mapped[dict[str, Any]]


class LiveState(Base):
    """What it takes to go on with a session after a reload, a cut or a crash.

    The session is owned by whoever holds `epoch`; every commit checks it, so that an older tab or process, however
    late it wakes, changes nothing.
    """

    __tablename__ = "live_state"

    session_id: Mapped[SessionId]
    clinic_id: Mapped[ClinicId]
    owner: Mapped[str] = mapped_column(String(64))
    epoch: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime]
    #: Everything up to this number is durable; 0 before the first commit.
    last_seq: Mapped[int] = mapped_column(default=0)
    last_t_s: Mapped[float] = mapped_column(default=0.0)
    last_ordinal: Mapped[int] = mapped_column(default=0)
    #: `ExerciseSession.snapshot()` after `last_seq`.
    snapshot: Mapped[bytes | None] = mapped_column(LargeBinary(SNAPSHOT_BYTES))


class SeriesChunk(Base):
    """Wire messages as they came, concatenated and compressed; the series of a session while it is live."""

    __tablename__ = "series_chunk"

    session_id: Mapped[SessionId]
    first_seq: Mapped[int] = mapped_column(primary_key=True)
    last_seq: Mapped[int]
    clinic_id: Mapped[ClinicId]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class SessionSeries(Base):
    """The landmark recording of a finished session: where it is kept, and what it must hash to."""

    __tablename__ = "session_series"

    session_id: Mapped[SessionId]
    clinic_id: Mapped[ClinicId]
    #: A name inside the series store, never an absolute path.
    path: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int]
    frames: Mapped[int]
    created_at: Mapped[CreatedAt]
