"""How far each session went, by angle: kept beside the events, so that a list need not read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach.events import Event, RepCompleted
from webapp.store.program_tables import SessionRange
from webapp.store.session_tables import PatientSession

Span = tuple[int, int]


def spans(events: Iterable[Event]) -> dict[str, Span]:
    """The smallest and largest degrees of each angle over all repetitions."""
    found: dict[str, Span] = {}
    for event in events:
        if isinstance(event, RepCompleted):
            for angle, (low, high) in event.rep.rom_deg.items():
                least, most = found.get(angle, (low, high))
                found[angle] = (min(least, low), max(most, high))
    return found


def widen(session: Session, session_id: str, events: Sequence[Event]) -> None:
    """Take the events that were just added to a session into its ranges."""
    fresh = spans(events)
    if not fresh:
        return
    row = session.get_one(PatientSession, session_id)
    for angle, (low, high) in fresh.items():
        known = session.get(SessionRange, (session_id, angle))
        if known is None:
            session.add(_range(row, angle, (low, high)))
        else:
            known.low_deg, known.high_deg = min(known.low_deg, low), max(known.high_deg, high)


def _range(row: PatientSession, angle: str, span: Span) -> SessionRange:
    return SessionRange(
        session_id=row.id, angle=angle, clinic_id=row.clinic_id, patient_id=row.patient_id,
        prescription_id=row.prescription_id, local_date=row.local_date, low_deg=span[0], high_deg=span[1],
    )  # fmt: skip


def of_sessions(session: Session, session_ids: Sequence[str], angle: str) -> dict[str, Span]:
    """The range of an angle by session id; sessions without degrees are absent."""
    t = SessionRange
    query = select(t.session_id, t.low_deg, t.high_deg).where(
        t.session_id.in_(session_ids), t.angle == angle
    )
    return {found: (low, high) for found, low, high in session.execute(query)}
