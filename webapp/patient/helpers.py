"""Someone who helps: let in, seen and sent away by the patient. And one's own next device."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _
from webapp.invitation_sheet import sheet
from webapp.patient import forms
from webapp.patient.blueprint import blueprint
from webapp.store import grants, invitations
from webapp.store.base import utc_now
from webapp.store.invitations import BirthYearMissingError
from webapp.words import RELATIONS, SCOPES


@blueprint.route("/settings/helpers", methods=["GET", "POST"])
def helpers() -> ResponseReturnValue:
    """Who helps me, and letting one more help. The answer to the form is the sheet, from its own address."""
    actor = current_actor()
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            new = forms.new_helper(request.form, utc_now().year)
        except forms.FormError as error:
            problems = error.problems
        else:
            with database().writing() as db:
                grant = grants.give(db, actor, new)
            return redirect(url_for("patient.invite_helper", grant_id=grant.id), code=307)
    with database().reading() as db:
        found = grants.of_patient(db, actor, actor.person_id, utc_now())
    page = render_template(
        "patient/helpers.html", helpers=found, problems=problems, relations=RELATIONS, scopes=SCOPES
    )
    return page, 422 if problems else 200


@blueprint.post("/settings/helpers/<grant_id>/invitation")
def invite_helper(grant_id: str) -> str:
    """A link and a code for a helper; those before end."""
    actor = current_actor()
    with database().writing() as db:
        made = grants.invite(db, actor, grant_id, utc_now())
        name = grants.name_of(db, actor, grant_id)
    return render_template("patient/invitation.html", sheet=sheet(name, made), own=False)


@blueprint.post("/settings/helpers/<grant_id>/end")
def end_helper(grant_id: str) -> Response:
    """The helper is out at their next click."""
    with database().writing() as db:
        grants.take_back(db, current_actor(), grant_id, utc_now())
    flash(_("Done. They cannot see anything of yours any more."))
    return redirect(url_for("patient.helpers"))


@blueprint.post("/settings/another-device")
def another_device() -> ResponseReturnValue:
    """A link and a code for oneself, to use on another phone, tablet or computer."""
    actor = current_actor()
    try:
        with database().writing() as db:
            made = invitations.for_patient(db, actor, actor.person_id, utc_now())
    except BirthYearMissingError:
        flash(
            _(
                "Your clinic does not know your year of birth yet. Please ask them for an invitation."
            )
        )
        return redirect(url_for("patient.settings"))
    return render_template("patient/invitation.html", sheet=sheet(actor.name, made), own=True)
