"""Assessments of a patient: asked for by the therapist, measured at home or in the practice, kept for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.store import access, audit
from webapp.store.access import Actor, NotVisible
from webapp.store.assessment_tables import (
    AssessmentRequest,
    AssessmentResult,
    AssessmentSeries,
    Kind,
    Source,
)
from webapp.store.base import utc_now
from webapp.store.series import Stored
from webapp.store.tables import Person

#: No engine judged it.
BY_HAND = "manual"
SEXES = ("female", "male", "unknown")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured, in the columns of a result."""

    kind: Kind
    name: str
    side: str | None
    value: float
    unit: str
    compared: str
    error: float | None = None
    attempts: tuple[dict[str, Any], ...] = ()
    norm: float | None = None
    norm_of: str | None = None
    at_risk: bool | None = None
    change: float | None = None
    real: bool | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a result comes from. `run_id` is that of the page's measurement, by which it is known again."""

    source: Source
    engine: str
    run_id: str | None = None
    request_id: str | None = None


def ask(
    session: Session, actor: Actor, patient: Person, kind: Kind, name: str, side: str | None
) -> AssessmentRequest:
    """Ask a patient to measure something; what is open already is not asked for twice. Raises NotVisible."""
    access.require_prescriber(actor)
    waiting = [
        row for row in requests(session, actor, patient.id) if (row.name, row.side) == (name, side)
    ]
    if waiting:
        return waiting[0]
    row = AssessmentRequest(
        clinic_id=patient.clinic_id, patient_id=patient.id, kind=kind, name=name, side=side,
        author_id=actor.account_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(
        session, actor, "assessment.ask", patient.id, request=row.id, assessment=name, side=side
    )
    return row


def withdraw(session: Session, actor: Actor, request: AssessmentRequest) -> None:
    """It need not be done any more. Raises NotVisible."""
    access.require_prescriber(actor)
    if request.withdrawn_at is None:
        request.withdrawn_at = utc_now()
        audit.record(session, actor, "assessment.withdraw", request.patient_id, request=request.id)


def requests(session: Session, actor: Actor, patient_id: str) -> Sequence[AssessmentRequest]:
    """What is asked of a patient and not yet done, oldest first."""
    t = AssessmentRequest
    done = select(AssessmentResult.request_id).where(AssessmentResult.request_id.is_not(None))
    return session.scalars(
        select(t)
        .where(access.visible(actor, t.clinic_id, t.patient_id), t.patient_id == patient_id)
        .where(t.withdrawn_at.is_(None), t.id.not_in(done))
        .order_by(t.id)
    ).all()


def require_request(session: Session, actor: Actor, request_id: str) -> AssessmentRequest:
    """A request that was not withdrawn; done ones may be done again. Raises NotVisible."""
    t = AssessmentRequest
    mine = access.visible(actor, t.clinic_id, t.patient_id)
    row = session.scalar(select(t).where(t.id == request_id, mine, t.withdrawn_at.is_(None)))
    if row is None:
        raise NotVisible
    return row


def keep(
    session: Session, actor: Actor, patient: Person, outcome: Outcome, origin: Origin, now: datetime
) -> AssessmentResult:
    """Keep a result; one that comes a second time is kept once. Staff leave an audit row."""
    row = _of_run(session, origin.run_id)
    if row is not None:
        return row
    values = asdict(outcome) | {"attempts": list(outcome.attempts)}
    row = AssessmentResult(
        clinic_id=patient.clinic_id, patient_id=patient.id, account_id=actor.account_id,
        local_date=now.astimezone(ZoneInfo(patient.timezone)).date(), created_at=now, **asdict(origin), **values,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if actor.person_id != patient.id:
        audit.record(
            session, actor, "assessment.keep", patient.id,
            result=row.id, assessment=row.name, side=row.side, source=row.source,
        )  # fmt: skip
    return row


def _of_run(session: Session, run_id: str | None) -> AssessmentResult | None:
    if run_id is None:
        return None
    return session.scalar(select(AssessmentResult).where(AssessmentResult.run_id == run_id))


def keep_series(session: Session, result: AssessmentResult, stored: Stored, frames: int) -> None:
    """Note where the landmark recording of a result is kept; the same one again takes its place."""
    session.merge(
        AssessmentSeries(
            result_id=result.id, clinic_id=result.clinic_id, path=stored.path, sha256=stored.sha256,
            bytes=stored.bytes, frames=frames,
        )
    )  # fmt: skip


def results(session: Session, actor: Actor, patient_id: str) -> Sequence[AssessmentResult]:
    """All results of a patient, oldest first."""
    t = AssessmentResult
    return session.scalars(
        _visible(actor).where(t.patient_id == patient_id).order_by(t.created_at, t.id)
    ).all()


def require_result(session: Session, actor: Actor, result_id: str) -> AssessmentResult:
    """One result. Raises NotVisible."""
    row = session.scalar(_visible(actor).where(AssessmentResult.id == result_id))
    if row is None:
        raise NotVisible
    return row


def last_value(
    session: Session, patient_id: str, name: str, side: str | None, source: Source
) -> float | None:
    """The newest value of an assessment from this source: only like is compared with like."""
    t = AssessmentResult
    return session.scalar(
        select(t.value)
        .where(t.patient_id == patient_id, t.name == name, t.source == source)
        .where(t.side.is_(None) if side is None else t.side == side)
        .order_by(t.created_at.desc(), t.id.desc())
        .limit(1)
    )


def note_facts(
    session: Session, actor: Actor, patient: Person, sex: str, birth_year: int | None
) -> None:
    """Keep what norms need of a patient, with an audit row. Raises NotVisible."""
    access.require_prescriber(actor)
    if (patient.sex or "unknown", patient.birth_year) != (sex, birth_year):
        patient.sex, patient.birth_year = sex, birth_year
        audit.record(session, actor, "patient.facts", patient.id)


def _visible(actor: Actor) -> Select[AssessmentResult]:
    t = AssessmentResult
    return select(t).where(access.visible(actor, t.clinic_id, t.patient_id))
