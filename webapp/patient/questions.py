"""Which question today's page asks, if any: one at a time, and none twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from webapp.store import log, reports
from webapp.store.access import Actor
from webapp.store.engine import Session

Question = Literal["morning", "sure"]

#: How sure someone is that it helps changes slowly; once a week is enough.
SURE_EVERY = timedelta(days=7)


def question(session: Session, actor: Actor, today: date) -> Question | None:
    """`morning` after a day with exercise, `sure` once a week (not before something was done); else nothing."""
    done = log.days_done(session, actor.person_id, today - SURE_EVERY)
    yesterday = today - timedelta(days=1)
    asked = reports.latest(session, actor.person_id, "morning", today)
    if yesterday in done and today not in done and asked is None:
        return "morning"
    sure = reports.latest(session, actor.person_id, "sure", today - SURE_EVERY + timedelta(days=1))
    return "sure" if done and sure is None else None


def skipped(session: Session, actor: Actor, today: date) -> reports.SkipReason | None:
    """Why the patient said not to exercise today, if they did."""
    row = reports.latest(session, actor.person_id, "skip", today)
    answer = reports.answer_of(row) if row else None
    return answer.reason if isinstance(answer, reports.Skip) else None


def asked_before(session: Session, actor: Actor, today: date) -> bool:
    """Whether the patient has said today how they feel."""
    return reports.latest(session, actor.person_id, "before", today) is not None
