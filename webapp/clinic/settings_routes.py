"""What the clinic decides for all its patients: the pain rule, and when missed days are too many."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.clinic import settings_form
from webapp.clinic.blueprint import blueprint
from webapp.extensions import database
from webapp.i18n import _
from webapp.store import clinic_settings


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """Show and change it; what was and what is stand in the audit log."""
    actor = current_actor()
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            new = settings_form.read(request.form)
        except settings_form.FormError as error:
            problems = error.problems
        else:
            with database().writing() as db:
                clinic_settings.change(db, actor, new)
            flash(_("Saved. It holds from now on, for every patient of the clinic."))
            return redirect(url_for("clinic.settings"))
    with database().reading() as db:
        now = clinic_settings.of(db, actor.clinic_id)
    page = render_template("clinic/settings.html", now=now, typed=request.form, problems=problems)
    return page, 422 if problems else 200
