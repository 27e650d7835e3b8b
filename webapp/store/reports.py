"""What patients tell: pain and mood before, pain and effort after, the morning after, doubt, why not today, a goal.

Each kind of answer is a struct; it is kept whole and never changed. The newest answer of its kind and day (or session)
is the one that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Literal

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store import access
from webapp.store.access import Actor
from webapp.store.report_tables import PatientReport, ReportKind, SessionCorrection
from webapp.store.session_tables import PatientSession

Scale = Annotated[int, msgspec.Meta(ge=0, le=10)]
"""0 to 10. Pain: the numeric rating scale, 10 the worst imaginable. Effort: Borg's CR10."""

Feeling = Literal["well", "so_so", "unwell"]
Since = Literal["better", "same", "worse"]
SkipReason = Literal["no_time", "unwell", "pain", "doubt", "away", "other"]
SKIP_REASONS: tuple[SkipReason, ...] = ("no_time", "unwell", "pain", "doubt", "away", "other")

MAX_SAID = 500
"""More repetitions than this in one session are a slip of the finger."""


class Before(msgspec.Struct, frozen=True, tag="before", tag_field="kind"):
    """Before the day's first exercise."""

    pain: Scale
    feeling: Feeling


class After(msgspec.Struct, frozen=True, tag="after", tag_field="kind"):
    """After a session."""

    pain_during: Scale
    pain_after: Scale
    effort: Scale


class Morning(msgspec.Struct, frozen=True, tag="morning", tag_field="kind"):
    """The morning after a day with exercise: how the pain is now, against before."""

    pain: Scale
    since: Since


class Sure(msgspec.Struct, frozen=True, tag="sure", tag_field="kind"):
    """How sure the patient is that the exercises help, asked once a week: 0 not at all, 10 completely."""

    sure: Scale


class Skip(msgspec.Struct, frozen=True, tag="skip", tag_field="kind"):
    """Why not today."""

    reason: SkipReason


class Goal(msgspec.Struct, frozen=True, tag="goal", tag_field="kind"):
    """What the patient does it for, in their own words."""

    words: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


Answer = Before | After | Morning | Sure | Skip | Goal


def tell(
    session: Session,
    actor: Actor,
    answer: Answer,
    day: date,
    exercised: PatientSession | None = None,
) -> PatientReport:
    """Keep an answer of the actor about their own day (or one of their sessions)."""
    answers = msgspec.to_builtins(answer)
    row = PatientReport(
        clinic_id=actor.clinic_id, patient_id=actor.person_id, account_id=actor.account_id, kind=answers.pop("kind"),
        local_date=day, session_id=exercised.id if exercised else None, pain=highest_pain(answer), answers=answers,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def answer_of(row: PatientReport) -> Answer:
    """A row as its struct."""
    answer: Answer = msgspec.convert({"kind": row.kind, **row.answers}, Answer)
    return answer


def latest(
    session: Session, patient_id: str, kind: ReportKind, since: date | None = None
) -> PatientReport | None:
    """The patient's newest answer of a kind, about a day from `since` on."""
    query = select(PatientReport).where(
        PatientReport.patient_id == patient_id, PatientReport.kind == kind
    )
    if since is not None:
        query = query.where(PatientReport.local_date >= since)
    return session.scalar(query.order_by(PatientReport.id.desc()).limit(1))


def of_session(session: Session, session_id: str) -> After | None:
    """What the patient said after a session."""
    row = session.scalar(
        select(PatientReport)
        .where(PatientReport.session_id == session_id, PatientReport.kind == "after")
        .order_by(PatientReport.id.desc())
        .limit(1)
    )
    answer = answer_of(row) if row else None
    return answer if isinstance(answer, After) else None


def of_patient(
    session: Session, actor: Actor, patient_id: str, since: date
) -> Sequence[PatientReport]:
    """All that a patient told since a day, newest first, as far as the actor may see it."""
    t = PatientReport
    return session.scalars(
        select(t)
        .where(access.visible(actor, t.clinic_id, t.patient_id))
        .where(t.patient_id == patient_id, t.local_date >= since)
        .order_by(t.id.desc())
    ).all()


def correct(session: Session, actor: Actor, row: PatientSession, said: int) -> SessionCorrection:
    """The patient's own count beside the coach's. Saying the coach's number again takes a correction back."""
    correction = SessionCorrection(
        clinic_id=row.clinic_id, patient_id=row.patient_id, session_id=row.id, account_id=actor.account_id,
        counted=row.reps, said=said,
    )  # fmt: skip
    session.add(correction)
    session.flush()
    return correction


def corrections(session: Session, session_ids: Iterable[str]) -> dict[str, int]:
    """What patients said of these sessions where it differs from what was counted, by session id."""
    rows = session.scalars(
        select(SessionCorrection)
        .where(SessionCorrection.session_id.in_(list(session_ids)))
        .order_by(SessionCorrection.id)
    )
    newest = {row.session_id: row for row in rows}
    return {at: row.said for at, row in newest.items() if row.said != row.counted}


def highest_pain(answer: Answer) -> int | None:
    """The highest pain that an answer speaks of; None where pain was not asked."""
    if isinstance(answer, After):
        return max(answer.pain_during, answer.pain_after)
    return answer.pain if isinstance(answer, Before | Morning) else None
