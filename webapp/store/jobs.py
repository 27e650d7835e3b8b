"""Long work: put it in line, take it with a lease, say how far it is, end it once.

A worker that is killed renews nothing: its lease runs out and another takes the job up again, at most `MOST_ATTEMPTS`
times. Every write of a worker names the owner that its claim made, so that one who was thought dead changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from webapp.store.access import Actor, visible
from webapp.store.base import new_id
from webapp.store.job_tables import OPEN, Job, JobStatus

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
#: What people are told of a job whose workers died under it every time.
GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is the holder's to do, for as long as the lease is renewed."""

    job_id: str
    clinic_id: str
    kind: str
    args: dict[str, Any]
    owner: str
    attempt: int


def enqueue(
    session: Session, actor: Actor, kind: str, args: dict[str, Any], patient_id: str | None = None
) -> Job:
    """Put a job at the end of the line."""
    row = Job(
        clinic_id=actor.clinic_id, patient_id=patient_id, kind=kind, args=args, status="waiting", progress=0.0,
        attempts=0, created_by=actor.account_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def due(session: Session, now: datetime) -> bool:
    """Whether there is anything to claim: a read, so that an idle worker never locks the database."""
    return session.scalar(select(Job.id).where(_free(now)).limit(1)) is not None


def claim(session: Session, now: datetime) -> Claim | None:
    """Take the oldest job that nobody holds; None when there is none. In one writing transaction.

    A job that was begun too often is given up instead: it fails, and the next one is looked at.
    """
    oldest = (
        select(Job)
        .where(_free(now))
        .order_by(Job.created_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    while (row := session.scalar(oldest)) is not None:
        if row.attempts >= MOST_ATTEMPTS:
            _end(row, "failed", now)
            row.error = GAVE_UP
            session.flush()
            continue
        row.status, row.owner, row.attempts = "running", new_id(), row.attempts + 1
        row.lease_until = now + LEASE
        session.flush()
        return Claim(row.id, row.clinic_id, row.kind, row.args, row.owner, row.attempts)
    return None


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(
        Job.status == "waiting",
        and_(Job.status == "running", or_(Job.lease_until.is_(None), Job.lease_until <= now)),
    )


def renew(session: Session, mine: Claim, progress: float, now: datetime) -> bool:
    """Keep the lease and say how far it is. False when the job is not the holder's any more: stop doing it.

    A job that begins again after a crash may be less far than its page has shown; what is shown never goes back.
    """
    told = min(1.0, max(0.0, progress))
    shown = case((Job.progress > told, Job.progress), else_=told)
    values: dict[str, Any] = {"progress": shown, "lease_until": now + LEASE}
    changed = session.execute(
        update(Job).where(_mine(mine)).values(values).returning(Job.id)
    ).scalar()
    return changed is not None


def finish(session: Session, mine: Claim, result: dict[str, Any], now: datetime) -> bool:
    """The job is done. False, and nothing is written, when it is not the holder's any more.

    What the job brought about belongs into the same transaction: it then happens once, however often it was begun.
    """
    row = _held(session, mine)
    if row is None:
        return False
    _end(row, "done", now)
    row.progress, row.result, row.error = 1.0, result, None
    session.flush()
    return True


def fail(session: Session, mine: Claim, error: str, now: datetime, *, again: bool = False) -> bool:
    """The job did not work out; `again`: it may the next time, if it was not begun too often already."""
    row = _held(session, mine)
    if row is None:
        return False
    if again and row.attempts < MOST_ATTEMPTS:
        row.status, row.owner, row.lease_until = "waiting", None, None
    else:
        _end(row, "failed", now)
        row.error = error
    session.flush()
    return True


def release(session: Session, mine: Claim) -> None:
    """The worker stops on purpose: the job waits again, and this attempt does not count."""
    row = _held(session, mine)
    if row is not None:
        row.status, row.owner, row.lease_until = "waiting", None, None
        row.attempts -= 1
        session.flush()


def cancel(session: Session, job: Job, now: datetime) -> bool:
    """Nobody wants it any more; whoever does it finds out at the next renewal. False when it has ended already."""
    if job.status not in OPEN:
        return False
    _end(job, "cancelled", now)
    session.flush()
    return True


def holds(session: Session, mine: Claim) -> bool:
    """Whether the job is still the holder's."""
    return _held(session, mine) is not None


def is_open(session: Session, job_id: str) -> bool:
    """Whether the job is still to be done, by whomever."""
    query = select(Job.id).where(Job.id == job_id, Job.status.in_(OPEN))
    return session.scalar(query) is not None


def _mine(mine: Claim) -> ColumnElement[bool]:
    return and_(Job.id == mine.job_id, Job.status == "running", Job.owner == mine.owner)


def _held(session: Session, mine: Claim) -> Job | None:
    return session.scalar(select(Job).where(_mine(mine)))


def _end(row: Job, status: JobStatus, now: datetime) -> None:
    row.status, row.finished_at, row.owner, row.lease_until = status, now, None, None


def of_patient(session: Session, actor: Actor, kind: str, limit: int = 10) -> Sequence[Job]:
    """The newest jobs about patients whom the actor may see."""
    query = select(Job).where(visible(actor, Job.clinic_id, Job.patient_id), Job.kind == kind)
    return session.scalars(query.order_by(Job.created_at.desc(), Job.id.desc()).limit(limit)).all()


def ahead(session: Session, job: Job) -> int:
    """How many jobs are done before this one."""
    query = select(func.count()).where(Job.status.in_(OPEN), Job.created_at < job.created_at)
    return session.scalar(query) or 0


def count_open(session: Session, patient_id: str, kind: str) -> int:
    """How many of a patient's jobs are still to be done."""
    query = select(func.count()).where(
        Job.patient_id == patient_id, Job.kind == kind, Job.status.in_(OPEN)
    )
    return session.scalar(query) or 0


def open_args(session: Session, kind: str) -> Sequence[dict[str, Any]]:
    """The arguments of every job of a kind that is still to be done."""
    return session.scalars(select(Job.args).where(Job.kind == kind, Job.status.in_(OPEN))).all()
