"""Seen, later, show again: what a therapist does with a reason in the list. Each leaves an audit row."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import _
from webapp.store import attention, marks
from webapp.store.base import utc_now
from webapp.therapist import reason_words
from webapp.therapist.blueprint import blueprint

LONGEST = timedelta(days=366)
#: So many stand beside a patient's page; the whole list is one click away.
BESIDE = 12


@blueprint.get("/needing")
def needing() -> str:
    """Who needs me, short: what stands beside a patient's page."""
    actor = current_actor()
    with database().reading() as db:
        found = attention.standings(db, actor, local_today(actor, utc_now()))
    return render_template(
        "therapist/_needing.html", needing=[one for one in found if one.reasons][:BESIDE],
        chosen=request.args.get("patient", ""), words=reason_words,
    )  # fmt: skip


@blueprint.post("/<patient_id>/attention")
def attend(patient_id: str) -> ResponseReturnValue:
    """Mark a reason as seen, put it off until a day with a note, or show it again."""
    actor = current_actor()
    form = request.form
    reason, note = form.get("reason", ""), form.get("note", "").strip()
    try:
        until = _until(form.get("until", ""), local_today(actor, utc_now()))
    except ValueError as error:
        flash(str(error))
        return redirect(url_for("therapist.patients"))
    with database().writing() as db:
        if form.get("do") == "show":
            marks.show_again(db, actor, patient_id, reason)
        else:
            marks.mark(db, actor, patient_id, reason, until, note)
    return redirect(url_for("therapist.patients"))


def _until(text: str, today: date) -> date | None:
    """The day up to which to hide; none means seen. Raises ValueError with the sentence to show."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(_("Enter a date as year-month-day, for example 2026-03-31.")) from None
    if not today < day <= today + LONGEST:
        raise ValueError(_("Choose a day after today and within a year."))
    return day
