"""A patient's messages with their therapist."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import message_form
from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _, _l
from webapp.message_form import MessageForm
from webapp.patient.blueprint import blueprint
from webapp.store import access, messages
from webapp.store.engine import Session
from webapp.store.messages import About

#: How a message begins that asks for another way to do the exercises; the patient reads it before it is sent.
WISHES = {
    "seated": _l("I would like to do my exercises sitting down."),
    "one_side": _l("I would like to do my exercises with one side only."),
}


@blueprint.get("/messages")
def inbox() -> str:
    """The thread, and a field to write; the address may say what about, and begin a wish."""
    begun = WISHES.get(request.args.get("wish", ""), "")
    return _show(MessageForm(str(begun), message_form.about_of(request.args)))


@blueprint.post("/messages")
def write() -> ResponseReturnValue:
    """Write to the therapist: in place when htmx asks, else back to where it was written."""
    actor = current_actor()
    form = message_form.read(request.form)
    if form.problem:
        return _show(form), 422
    with database().writing() as db:
        messages.write(db, actor, actor.person_id, form.text, form.about)
    if "HX-Request" in request.headers:
        return _show(MessageForm("", form.about), _("Sent. Your therapist will see it."))
    flash(_("Sent. Your therapist will see it."))
    if request.form.get("within") == "session" and form.about.session_id:
        return redirect(url_for("patient.session", session_id=form.about.session_id))
    return redirect(url_for("patient.inbox"))


def _show(form: MessageForm, said: str = "") -> str:
    actor = current_actor()
    within = form.about.session_id if request.form.get("within") == "session" else None
    with database().writing() as db:
        shown = messages.thread(db, actor, actor.person_id, within)
        messages.mark_read(db, actor, actor.person_id, within)
        words = {} if said else _about(db, form.about)
    part = "HX-Request" in request.headers
    about = form.about if within or not said else About()
    return render_template(
        "thread_part.html" if part else "patient/messages.html", thread=shown, said=said, within=within,
        typed=form.text, problem=form.problem, about=about, about_words=words,
    )  # fmt: skip


def _about(db: Session, about: About) -> dict[str, Any]:
    """The exercise and the session that a message is to be about, for its headline. Raises NotVisible."""
    actor = current_actor()
    if about.session_id:
        row = access.require_session(db, actor, about.session_id)
        return {"exercise": row.exercise_id, "at": row.started_at, "rep": about.rep_index}
    if about.prescription_id:
        prescription = access.require_prescription(db, actor, about.prescription_id)
        return {"exercise": prescription.exercise_id, "at": None, "rep": None}
    return {}
