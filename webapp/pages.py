"""The few pages that belong to nobody: the way in, the notice, and the health check."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import languages
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


@blueprint.post("/language")
def language() -> Response:
    """Read on in another language, on the page where one was."""
    try:
        languages.choose(request.form.get("language", ""))
    except KeyError:
        abort(400)
    here = request.form.get("next", "").lstrip("/")
    return redirect(request.host_url + here)  # our own origin, whatever was sent


@blueprint.get("/healthz")
def healthz() -> dict[str, object]:
    """Whether the process answers and its database can be read."""
    database().ping()
    return {"ok": True}
