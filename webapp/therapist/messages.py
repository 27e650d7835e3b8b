"""A therapist's messages: who has written, and each patient's thread."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import message_form
from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _
from webapp.message_form import MessageForm
from webapp.store import access, audit, messages
from webapp.store.messages import About
from webapp.therapist.blueprint import blueprint


@blueprint.get("/messages")
def inbox() -> str:
    """Every thread, those with something unread first."""
    actor = current_actor()
    with database().writing() as db:
        audit.record(db, actor, "view.inbox")
        threads = messages.inbox(db, actor)
    return render_template("therapist/inbox.html", threads=threads)


@blueprint.get("/<patient_id>/messages")
def thread(patient_id: str) -> str:
    """One patient's thread. What is in it is read by being shown."""
    return _show(patient_id, MessageForm("", message_form.about_of(request.args)))


@blueprint.post("/<patient_id>/messages")
def write(patient_id: str) -> ResponseReturnValue:
    """Write to a patient: in place when htmx asks, else back to where it was written."""
    form = message_form.read(request.form)
    if form.problem:
        return _show(patient_id, form), 422
    with database().writing() as db:
        messages.write(db, current_actor(), patient_id, form.text, form.about)
    if "HX-Request" in request.headers:
        return _show(patient_id, MessageForm("", form.about), _("Sent."))
    flash(_("Sent."))
    if form.about.session_id:
        return redirect(url_for("therapist.session", session_id=form.about.session_id) + "#thread")
    return redirect(url_for("therapist.thread", patient_id=patient_id))


def _show(patient_id: str, form: MessageForm, said: str = "") -> str:
    """The thread, or that of one session when it was written there; alone when htmx asks."""
    actor = current_actor()
    within = form.about.session_id if request.form.get("within") == "session" else None
    with database().writing() as db:
        person = access.require_patient(db, actor, patient_id)
        audit.viewed(db, actor, person.id, "messages", session=within)
        shown = messages.thread(db, actor, person.id, within)
        messages.mark_read(db, actor, person.id, within)
    part = "HX-Request" in request.headers
    about = form.about if within or not part else About()
    return render_template(
        "thread_part.html" if part else "therapist/thread.html", person=person, thread=shown, said=said, within=within,
        typed=form.text, problem=form.problem, about=about,
    )  # fmt: skip
