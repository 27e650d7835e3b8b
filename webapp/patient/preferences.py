"""How the app looks and works for this patient."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _
from webapp.patient.blueprint import blueprint
from webapp.store import preferences
from webapp.store.preferences import NAMES, Preferences


@blueprint.post("/settings/looks")
def choose_looks() -> ResponseReturnValue:
    """Keep what is ticked."""
    wish = Preferences(**{name: request.form.get(name) == "yes" for name in NAMES})
    with database().writing() as db:
        preferences.choose(db, current_actor(), wish)
    flash(_("Saved."))
    return redirect(url_for("patient.settings", _anchor="looks"))
