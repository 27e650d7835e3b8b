"""Days are the reader's own: the date where someone lives."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from webapp.i18n import _
from webapp.store.access import Actor

NOON, EVENING = 12, 18


def local_today(actor: Actor, now: datetime) -> date:
    """The date in the actor's time zone at a moment."""
    return now.astimezone(ZoneInfo(actor.timezone)).date()


def greeting(actor: Actor, now: datetime) -> str:
    """A word for the time of day where the actor lives."""
    hour = now.astimezone(ZoneInfo(actor.timezone)).hour
    if hour < NOON:
        return _("Good morning, %(name)s", name=actor.name)
    if hour < EVENING:
        return _("Good afternoon, %(name)s", name=actor.name)
    return _("Good evening, %(name)s", name=actor.name)
