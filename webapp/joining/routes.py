"""The way in for who was invited, and the page that greets them."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.auth import device_login
from webapp.auth.actor import actor_or_none, current_actor
from webapp.extensions import database
from webapp.i18n import _
from webapp.joining.blueprint import blueprint
from webapp.languages import LANGUAGES
from webapp.store import access, consents, invitations, people
from webapp.store.base import utc_now
from webapp.store.invitations import Try


@blueprint.route("/join", methods=["GET", "POST"])
def by_code() -> ResponseReturnValue:
    """With the code on the sheet and the birth year."""
    if request.method == "GET":
        return _page({})
    code, year = request.form.get("code", ""), request.form.get("year", "")
    problems = _missing(code, year)
    if problems:
        return _page(problems), 422
    with database().writing() as db:
        found = invitations.by_code(db, code, utc_now())
        tried = invitations.enter(db, found, year, device_login.kind(), utc_now())
    return _answer(tried)


@blueprint.route("/join/<token>", methods=["GET", "POST"])
def by_link(token: str) -> ResponseReturnValue:
    """With the link and the birth year only. A link that opens nothing asks for a code."""
    with database().reading() as db:
        known = invitations.by_token(db, token, utc_now()) is not None
    if not known:
        return _answer(Try("gone"), status=404)
    if request.method == "GET":
        return _page({}, token)
    year = request.form.get("year", "")
    problems = _missing("a link", year)
    if problems:
        return _page(problems, token), 422
    with database().writing() as db:
        found = invitations.by_token(db, token, utc_now())
        tried = invitations.enter(db, found, year, device_login.kind(), utc_now())
    return _answer(tried, token)


@blueprint.route("/welcome", methods=["GET", "POST"])
def welcome() -> ResponseReturnValue:
    """Once: what this is, what stays private, one question. Then straight to today."""
    actor = current_actor()
    if request.method == "POST":
        with database().writing() as db:
            if request.form.get("keep") in ("yes", "no") and actor.helping is None:
                consents.decide(db, actor, request.form["keep"] == "yes")
            if request.form.get("language") in LANGUAGES:
                people.set_language(db, actor, request.form["language"])
        return redirect(url_for("patient.today"))
    with database().reading() as db:
        patient = access.require_patient(db, actor, actor.person_id)
        asked = consents.latest(db, patient.id) is not None
        carers = people.carers_of(db, actor, patient.id)
    return render_template(
        "joining/welcome.html", asked=asked, carers=carers, languages=LANGUAGES, patient=patient
    )


def _missing(code: str, year: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not code.strip():
        problems["code"] = _("Write the code from your sheet here.")
    if not any(sign.isdigit() for sign in year):
        problems["year"] = _("Write the year you were born in, such as 1958.")
    return problems


def _answer(tried: Try, token: str = "", status: int = 422) -> ResponseReturnValue:
    """In, or the form again with what to do next. The address of a link that opens nothing is not kept."""
    if tried.outcome == "in":
        return _come_in(tried)
    if tried.outcome == "wrong_year":
        words = _(
            "This year does not fit the invitation. Look at it once more: it is the year of your own birth, "
            "four digits. If it is right, your clinic may have another one: please call them."
        )
        return _page({"year": words}, token), 422
    if tried.outcome == "locked":
        words = _(
            "For your safety this invitation is closed for one hour, because the year was wrong several times. "
            "Try again later, or ask your clinic for a new invitation."
        )
        return _page({"form": words}, token), 422
    words = _(
        "This invitation does not open. Please check the code on your sheet: it opens one device, once, within two "
        "weeks. Your clinic can give you a new one at any time. Are you signed in on another device? There you can "
        "make a new code yourself, under Settings, How you sign in."
    )
    return _page({"form": words}), status


def _come_in(tried: Try) -> Response:
    """This device stays signed in from now on."""
    device_login.begin(tried.device)
    g.pop("actor", None)
    return redirect(url_for("joining.welcome"))


def _page(problems: dict[str, str], token: str = "") -> str:
    return render_template(
        "joining/join.html", problems=problems, token=token, here=actor_or_none()
    )
