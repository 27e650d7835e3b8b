"""The table of long work: what waits, who does it now, how far it is, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id

JobStatus = Literal["waiting", "running", "done", "failed", "cancelled"]
#: A job in one of these is still to be done.
OPEN: tuple[JobStatus, ...] = ("waiting", "running")


class Job(Base):
    """One piece of long work. Whoever does it holds a lease; when it runs out, the job is anybody's again."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(
            "status IN ('waiting', 'running', 'done', 'failed', 'cancelled')", "status"
        ),
        CheckConstraint("progress BETWEEN 0 AND 1", "progress"),
        Index("ix_job_due", "status", "created_at"),
    )

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    #: Whose data it is about; None for work that is about no patient.
    patient_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("person.id"), index=True
    )
    #: A name in `webapp.jobs.kinds`.
    kind: Mapped[str] = mapped_column(String(20))
    args: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    #: 0 to 1.
    progress: Mapped[float] = mapped_column(default=0.0)
    #: How often somebody has begun it.
    attempts: Mapped[int] = mapped_column(default=0)
    #: Made anew at each claim: who was thought dead and wakes late is not the owner any more.
    owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None]
    #: A key of the words that people are told (`webapp.words.JOB_ERRORS`).
    error: Mapped[str | None] = mapped_column(String(40))
    created_by: Mapped[AccountId]
    created_at: Mapped[CreatedAt]
    finished_at: Mapped[datetime | None]
