"""What the patient tells us: before and after exercise, the next morning, once a week, and why not today."""

from __future__ import annotations

from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import exercises
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import _
from webapp.patient import forms
from webapp.patient.blueprint import blueprint
from webapp.preferences import exercise_page
from webapp.store import access, clinic_settings, hearing, reports
from webapp.store.base import utc_now
from webapp.store.reports import After, Before, Goal, Morning, Skip, Sure

Told = TypeVar("Told", Morning, Sure, Skip, Goal)


@blueprint.route("/before/<prescription_id>", methods=["GET", "POST"])
def before(prescription_id: str) -> ResponseReturnValue:
    """Pain and mood before the day's first exercise; then the exercise, or kind advice."""
    actor = current_actor()
    short = request.args.get("short") == "1"
    with database().reading() as db:
        exercise = exercises.load(
            access.require_prescription(db, actor, prescription_id).exercise_id
        )
    gently = url_for(exercise_page(), prescription_id=prescription_id, short=1)
    on = gently if short else url_for(exercise_page(), prescription_id=prescription_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            said = forms.told(request.form, Before)
        except forms.FormError as error:
            problems = error.problems
        else:
            with database().writing() as db:
                hearing.tell(db, actor, said, local_today(actor, utc_now()))
                rule = clinic_settings.of(db, actor.clinic_id).pain
            if said.feeling != "unwell" and rule.zone(said.pain) != "red":
                return redirect(on)
            return render_template("patient/before_advice.html", said=said, on=on, gently=gently)
    page = render_template(
        "patient/before.html", exercise=exercise, on=on, problems=problems, form=request.form
    )
    return page, 422 if problems else 200


@blueprint.post("/morning")
def morning() -> ResponseReturnValue:
    """How the morning after was."""
    said = _tell(Morning)
    with database().reading() as db:
        rule = clinic_settings.of(db, current_actor().clinic_id).pain
    if said is not None and (said.since == "worse" or rule.zone(said.pain) == "red"):
        flash(_("Thank you. Go gently today: the five-minute version is enough."))
    elif said is not None:
        flash(_("Thank you. Good to know."))
    return redirect(url_for("patient.today"))


@blueprint.post("/sure")
def sure() -> ResponseReturnValue:
    """How sure the patient is that it helps."""
    if _tell(Sure) is not None:
        flash(_("Thank you. Your therapist sees it, and can talk it over with you."))
    return redirect(url_for("patient.today"))


@blueprint.post("/not-today")
def skip() -> ResponseReturnValue:
    """Why not today."""
    _tell(Skip)
    return redirect(url_for("patient.today"))


@blueprint.post("/goal")
def goal() -> ResponseReturnValue:
    """What the patient does it for."""
    if _tell(Goal) is not None:
        flash(_("Saved. Your therapist sees it too."))
    return redirect(url_for("patient.progress"))


@blueprint.post("/sessions/<session_id>/after")
def after(session_id: str) -> ResponseReturnValue:
    """Pain and effort of a session."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_session(db, actor, session_id)
        try:
            said = forms.told(request.form, After)
        except forms.FormError:
            flash(_("Please choose a number in each of the three rows."))
        else:
            hearing.tell(db, actor, said, row.local_date, row)
    return redirect(url_for("patient.session", session_id=session_id, _anchor="after"))


@blueprint.post("/sessions/<session_id>/count")
def count(session_id: str) -> ResponseReturnValue:
    """The patient's own count; what the coach counted stays beside it."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_session(db, actor, session_id)
        try:
            reports.correct(db, actor, row, forms.own_count(request.form))
        except forms.FormError as error:
            flash(error.problems["said"])
        else:
            flash(_("Thank you. Both numbers are kept."))
    return redirect(url_for("patient.session", session_id=session_id))


def _tell(kind: type[Told]) -> Told | None:
    """Keep an answer about today; None (and a word to the patient) when it was not one."""
    actor = current_actor()
    try:
        said = forms.told(request.form, kind)
    except forms.FormError as error:
        flash(next(iter(error.problems.values())))
        return None
    with database().writing() as db:
        hearing.tell(db, actor, said, local_today(actor, utc_now()))
    return said
