"""Taking back that pictures may go to the clinic's computer. The yes is given where it is needed: on the live page."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _
from webapp.patient.blueprint import blueprint
from webapp.store import consents


@blueprint.post("/settings/pictures")
def pictures() -> ResponseReturnValue:
    """No pictures from now on: the live socket asks again before the next second is over."""
    with database().writing() as db:
        consents.decide(db, current_actor(), False, consents.PICTURES)
    flash(_("Saved. No more pictures are sent."))
    return redirect(url_for("patient.settings"))
