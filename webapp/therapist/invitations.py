"""Inviting patients: a new one, one who has no access yet, or the same one again; and which invitations are open."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _, _n
from webapp.invitation_sheet import sheet
from webapp.languages import LANGUAGES
from webapp.store import access, invitations
from webapp.store.base import utc_now
from webapp.therapist import invitation_form
from webapp.therapist.blueprint import blueprint


@blueprint.route("/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """A new patient of one's own. The answer to the form is the sheet to hand over.

    The sheet comes from its own address, to which this one passes the request on: reloading it makes a new
    invitation, never a second patient.
    """
    actor = current_actor()
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            new, email = invitation_form.read(request.form, utc_now().year)
        except invitation_form.FormError as error:
            problems = error.problems
        else:
            with database().writing() as db:
                patient = invitations.new_patient(db, actor, new, email)
            return redirect(url_for("therapist.give_access", patient_id=patient.id), code=307)
    page = render_template(
        "therapist/invite.html",
        problems=problems,
        languages=LANGUAGES,
        zones=invitation_form.zones(),
    )
    return page, 422 if problems else 200


@blueprint.post("/<patient_id>/invitation")
def give_access(patient_id: str) -> ResponseReturnValue:
    """A new invitation for a patient; the one before ends. Its secrets are shown in this answer and never again."""
    actor = current_actor()
    with database().writing() as db:
        patient = access.require_patient(db, actor, patient_id)
        if patient.birth_year is None:
            try:
                patient.birth_year = invitation_form.birth_year(request.form, utc_now().year)
            except invitation_form.FormError:
                flash(_("Enter the year of birth first: the patient types it to get in."))
                return redirect(url_for("therapist.patient", patient_id=patient_id))
        made = invitations.for_patient(db, actor, patient_id, utc_now())
    return render_template(
        "therapist/invitation.html", person=patient, sheet=sheet(patient.name, made)
    )


@blueprint.get("/invitations", endpoint="invitations")
def open_invitations() -> str:
    """Every open invitation of one's patients."""
    with database().reading() as db:
        found = invitations.open_ones(db, current_actor(), utc_now())
    return render_template("therapist/invitations.html", invitations=found, now=utc_now())


@blueprint.post("/<patient_id>/invitation/end")
def end_invitation(patient_id: str) -> Response:
    """The open invitation of a patient opens nothing any more."""
    with database().writing() as db:
        invitations.end(db, current_actor(), patient_id, utc_now())
    flash(_("The invitation has ended."))
    return redirect(url_for("therapist.patient", patient_id=patient_id))


@blueprint.post("/<patient_id>/sign-out")
def sign_out(patient_id: str) -> Response:
    """All devices of a patient, for a phone that was lost."""
    with database().writing() as db:
        number = invitations.sign_out_patient(db, current_actor(), patient_id, utc_now())
    flash(_n("Signed out on %(num)d device.", "Signed out on %(num)d devices.", number))
    return redirect(url_for("therapist.patient", patient_id=patient_id))
