"""Decide about what a rule proposed: accept, change first, or decline with a reason."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import _
from webapp.store import proposals
from webapp.store.base import utc_now
from webapp.therapist import forms, reason_words
from webapp.therapist.blueprint import blueprint


@blueprint.post("/proposals/<proposal_id>")
def decide(proposal_id: str) -> ResponseReturnValue:
    """Accept what is proposed, or decline it; both are kept with who and when."""
    actor = current_actor()
    today = local_today(actor, utc_now())
    with database().writing() as db:
        proposal = proposals.require(db, actor, proposal_id)
        if request.form.get("do") == "accept":
            proposals.accept(db, actor, proposal, reason_words.why(proposal), today)
            flash(_("Accepted. The next session uses it."))
        elif forms.reason(request.form):
            proposals.decide(db, actor, proposal, "declined", forms.reason(request.form))
            flash(_("Declined. It is proposed again only when new sessions speak for it."))
        else:
            flash(_("Write in a few words why you decline, then try again."))
        return redirect(url_for("therapist.patient", patient_id=proposal.patient_id))
