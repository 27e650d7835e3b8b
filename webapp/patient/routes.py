"""The patient's pages."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import exercises
from webapp.auth.actor import current_actor
from webapp.days import greeting, local_today
from webapp.extensions import database
from webapp.i18n import _
from webapp.paging import page_number
from webapp.patient import forms, measuring, questions
from webapp.patient import today as plan
from webapp.patient.blueprint import blueprint
from webapp.patient.short import five, minutes
from webapp.review import headline, review
from webapp.store import (
    access,
    clinic_settings,
    consents,
    helping,
    log,
    manual,
    messages,
    programs,
    reports,
)
from webapp.store.base import utc_now


@blueprint.get("/today")
def today() -> str:
    """The one exercise to do next; everything else waits below it."""
    actor = current_actor()
    now = utc_now()
    day = local_today(actor, now)
    short = request.args.get("short") == "1"
    with database().reading() as session:
        tasks = plan.tasks(session, actor, day)
        open_tasks = plan.waiting(tasks)
        chosen = five(open_tasks) if short else open_tasks
        return render_template(
            "patient/today.html", tasks=tasks, next=next(iter(chosen), None), short=short, chosen=chosen,
            minutes=minutes(chosen, short=short) if chosen else 0, days=plan.last_days(session, actor, day),
            greeting=greeting(actor, now), question=questions.question(session, actor, day),
            measure=measuring.open_requests(session, actor),
            skipped=questions.skipped(session, actor, day), asked=questions.asked_before(session, actor, day),
        )  # fmt: skip


@blueprint.get("/history")
def history() -> str:
    """What was done, newest first."""
    actor = current_actor()
    number = page_number()
    mine = log.Filters(patient_id=actor.person_id)
    with database().reading() as session:
        days = plan.last_days(session, actor, local_today(actor, utc_now()), 14)
        rows = log.page(session, actor, mine, number)
        totals = log.totals(session, actor, mine)
        return render_template(
            "patient/history.html", rows=rows, totals=totals, days=days, page=number,
            more=number * log.PAGE_ROWS < totals.sessions,
        )  # fmt: skip


@blueprint.get("/sessions/<session_id>")
def session(session_id: str) -> str:
    """How a session went, in plain words, and what the therapist says to it."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_session(db, actor, session_id)
        thread = messages.thread(db, actor, actor.person_id, row.id)
        messages.mark_read(db, actor, actor.person_id, row.id)
    with database().reading() as db:
        found = review(db, row)
        remaining = plan.waiting(plan.tasks(db, actor, local_today(actor, utc_now())))
        return render_template(
            "patient/session.html", row=row, review=found, headline=headline(row, found),
            next=next(iter(five(remaining) if row.short else remaining), None),
            after=reports.of_session(db, row.id), said=reports.corrections(db, [row.id]).get(row.id),
            rule=clinic_settings.of(db, row.clinic_id).pain, thread=thread, helped_by=helping.names(db, row),
        )  # fmt: skip


@blueprint.route("/by-hand/<prescription_id>", methods=["GET", "POST"])
def by_hand(prescription_id: str) -> ResponseReturnValue:
    """Enter what was done without a camera."""
    actor = current_actor()
    with database().reading() as db:
        prescription = access.require_prescription(db, actor, prescription_id)
        exercise = exercises.load(prescription.exercise_id)
        day = local_today(actor, utc_now())
        dose = programs.current_dose(db, prescription.id, exercise, day)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            entry = forms.manual_entry(request.form, exercise)
        except forms.FormError as error:
            problems = error.problems
        else:
            with database().writing() as db:
                row = manual.enter(
                    db,
                    actor,
                    access.require_prescription(db, actor, prescription_id),
                    entry,
                    utc_now(),
                )
            return redirect(url_for("patient.session", session_id=row.id))
    page = render_template("patient/by_hand.html", exercise=exercise, dose=dose, problems=problems)
    return page, 422 if problems else 200


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """Whether the body points of a session may be kept."""
    actor = current_actor()
    if request.method == "POST":
        with database().writing() as db:
            consents.decide(db, actor, request.form.get("keep") == "yes")
        flash(_("Saved."))
        return redirect(url_for("patient.settings"))
    with database().reading() as db:
        latest = consents.latest(db, actor.person_id)
        pictures = consents.latest(db, actor.person_id, consents.PICTURES)
        return render_template("patient/settings.html", latest=latest, pictures=pictures)
