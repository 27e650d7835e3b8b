"""The few pages that belong to nobody: the way in, the notice, and the health check."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.auth.actor import actor_or_none
from webapp.extensions import database

blueprint = Blueprint("pages", __name__)

#: Where each role begins.
HOMES = {"patient": "patient.today", "therapist": "therapist.patients", "clinic": "clinic.sessions"}


@blueprint.get("/")
def home() -> Response:
    """Everyone's first page: their own, or the login."""
    actor = actor_or_none()
    return redirect(url_for("security.login" if actor is None else HOMES[actor.role]))


@blueprint.get("/about")
def about() -> str:
    """What this is, what it is not, and where the pictures stay."""
    return render_template("about.html")


@blueprint.get("/healthz")
def healthz() -> dict[str, object]:
    """Whether the process answers and its database can be read."""
    database().ping()
    return {"ok": True}
