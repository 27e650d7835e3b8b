"""The patient's progress: days, weeks, how far it goes, and what it is all for."""

from __future__ import annotations

from datetime import date, timedelta

from flask import render_template, request

from webapp import assessed_words
from webapp import progress as progressing
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.patient import measuring
from webapp.patient.blueprint import blueprint
from webapp.store import log, reports
from webapp.store.base import utc_now
from webapp.store.reports import Goal


@blueprint.get("/progress")
def progress() -> str:
    """Calendar, weeks, angles against the target, and the patient's own words."""
    actor = current_actor()
    today = local_today(actor, utc_now())
    first = _month(request.args.get("month", ""), today)
    since = min(first, today - timedelta(weeks=progressing.WEEKS))
    with database().reading() as db:
        done = log.days_done(db, actor.person_id, since)
        trends = progressing.trends(db, actor.person_id)
        row = reports.latest(db, actor.person_id, "goal")
        courses = measuring.courses(db, actor)
    answer = reports.answer_of(row) if row else None
    weeks = progressing.weeks(done, today)
    return render_template(
        "patient/progress.html", today=today, done=done, first=first, month=progressing.month(first),
        weeks=weeks,
        weekdays=[weeks[0].first + timedelta(days=n) for n in range(7)],
        streak=progressing.streak(weeks), trends=trends, courses=courses, says=assessed_words,
        goal=answer.words if isinstance(answer, Goal) else "",
        earlier=(first - timedelta(days=1)).replace(day=1),
        later=(first + timedelta(days=32)).replace(day=1) if first < today.replace(day=1) else None,
    )  # fmt: skip


def _month(text: str, today: date) -> date:
    """The first day of the month that the address names, this month if it names none that has begun."""
    try:
        wanted = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return min(wanted, today.replace(day=1))
