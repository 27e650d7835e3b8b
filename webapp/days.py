"""Days are the reader's own: the date where someone lives."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from webapp.store.access import Actor


def local_today(actor: Actor, now: datetime) -> date:
    """The date in the actor's time zone at a moment."""
    return now.astimezone(ZoneInfo(actor.timezone)).date()
