"""History that was not made here: programs and sessions of the past, put in as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import insert
from sqlalchemy.orm import Session

from coach.events import Event, HoldEnded, RepCompleted, SetCompleted
from coach.exercise import Prescription as Prescribed
from webapp.store import programs, ranges
from webapp.store.base import new_id
from webapp.store.plans import Plan
from webapp.store.program_tables import SessionRange
from webapp.store.report_tables import PatientReport
from webapp.store.reports import Answer, highest_pain
from webapp.store.session_tables import PatientSession, SessionEvent, Source, StopReason
from webapp.store.tables import Person, Prescription, PrescriptionVersion

#: Told apart for ever from what our engine judged.
ENGINE = "import"
NOTHING_BESIDE = Plan()


@dataclass(frozen=True, slots=True)
class OldVersion:
    """What was prescribed from a moment on."""

    prescribed: Prescribed
    why: str
    at: datetime
    #: Load, schedule, phases and note; what it says of the engine's part is not looked at.
    beside: Plan = NOTHING_BESIDE


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was put in."""

    id: str
    prescription_id: str
    prescribed: Prescribed


@dataclass(frozen=True, slots=True)
class OldSession:
    """A session of the past, with everything that happened in it."""

    exercise_id: str
    started_at: datetime
    events: tuple[Event, ...]
    stop_reason: StopReason
    source: Source = "camera"


def prescription(
    session: Session,
    patient: Person,
    author: Person,
    exercise_id: str,
    position: int,
    old: Sequence[OldVersion],
) -> list[Version]:
    """An exercise of a patient's program with all its versions, oldest first."""
    row = Prescription(
        clinic_id=patient.clinic_id, patient_id=patient.id, exercise_id=exercise_id, position=position,
        created_at=old[0].at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    made = []
    for number, one in enumerate(old, start=1):
        version = PrescriptionVersion(
            clinic_id=row.clinic_id, prescription_id=row.id, number=number, author_id=author.account_id, why=one.why,
            created_at=one.at, **programs.columns(msgspec.structs.replace(one.beside, prescribed=one.prescribed)),
        )  # fmt: skip
        session.add(version)
        session.flush()
        made.append(Version(version.id, row.id, one.prescribed))
    return made


def past_session(
    session: Session, patient: Person, version: Version, old: OldSession
) -> PatientSession:
    """One session with its events and the totals that follow from them."""
    last_s = old.events[-1].t_s if old.events else 0.0
    verdicts = [event.rep.verdict for event in old.events if isinstance(event, RepCompleted)]
    row = PatientSession(
        clinic_id=patient.clinic_id, patient_id=patient.id, exercise_id=old.exercise_id,
        prescription_id=version.prescription_id, version_id=version.id, source=old.source, status="done",
        stop_reason=old.stop_reason, started_at=old.started_at.astimezone(UTC),
        ended_at=old.started_at.astimezone(UTC) + timedelta(seconds=last_s), local_date=old.started_at.date(),
        timezone=patient.timezone, engine=ENGINE, duration_s=last_s, reps=len(verdicts),
        correct=verdicts.count("correct"), incomplete=verdicts.count("incomplete"), faulty=verdicts.count("faulty"),
        sets=sum(isinstance(event, SetCompleted) for event in old.events),
        hold_s=sum(event.held_s for event in old.events if isinstance(event, HoldEnded)),
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.execute(
        insert(SessionEvent),
        [_event(row, number, one) for number, one in enumerate(old.events, start=1)],
    )
    ranges.widen(session, row.id, old.events)
    return row


def _event(row: PatientSession, ordinal: int, event: Event) -> dict[str, object]:
    payload = msgspec.to_builtins(event)
    return {
        "session_id": row.id, "ordinal": ordinal, "clinic_id": row.clinic_id, "seq": ordinal, "t_s": event.t_s,
        "kind": payload["type"], "payload": payload,
    }  # fmt: skip


def past_report(
    session: Session,
    patient: Person,
    by: str,
    answer: Answer,
    at: datetime,
    about: PatientSession | None = None,
) -> None:
    """What a patient told at a moment of the past; `by` is the account that wrote it down."""
    answers = msgspec.to_builtins(answer)
    session.add(
        PatientReport(
            clinic_id=patient.clinic_id, patient_id=patient.id, account_id=by, kind=answers.pop("kind"),
            local_date=at.astimezone(ZoneInfo(patient.timezone)).date(), session_id=about.id if about else None,
            pain=highest_pain(answer), answers=answers, created_at=at.astimezone(UTC),
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OldTotals:
    """A session of the past of which only the totals are known, and how far one angle went."""

    started_at: datetime
    reps: int
    correct: int
    incomplete: int
    faulty: int
    duration_s: float
    angle: str = ""
    span: tuple[int, int] = (0, 0)


def past_totals(
    session: Session, patient: Person, exercise_id: str, version: Version, old: Sequence[OldTotals]
) -> None:
    """Many sessions at once, without their repetitions."""
    ids = [new_id() for _ in old]
    rows = [
        {
            "id": new, "clinic_id": patient.clinic_id, "patient_id": patient.id, "exercise_id": exercise_id,
            "prescription_id": version.prescription_id, "version_id": version.id, "source": "camera", "status": "done",
            "stop_reason": "finished", "started_at": one.started_at, "ended_at": one.started_at,
            "local_date": one.started_at.date(), "timezone": patient.timezone, "engine": ENGINE,
            "duration_s": one.duration_s, "reps": one.reps, "correct": one.correct, "incomplete": one.incomplete,
            "faulty": one.faulty, "sets": 1,
        }
        for new, one in zip(ids, old, strict=True)
    ]  # fmt: skip
    spans = [
        {
            "session_id": new, "angle": one.angle, "clinic_id": patient.clinic_id, "patient_id": patient.id,
            "prescription_id": version.prescription_id, "local_date": one.started_at.date(), "low_deg": one.span[0],
            "high_deg": one.span[1],
        }
        for new, one in zip(ids, old, strict=True)
        if one.angle
    ]  # fmt: skip
    session.execute(insert(PatientSession), rows)
    if spans:
        session.execute(insert(SessionRange), spans)
