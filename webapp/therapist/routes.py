"""The therapist's pages. Each view of a patient and each change leaves an audit row."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach.exercise import Exercise, Prescription
from poses import catalogue
from webapp.auth.actor import current_actor
from webapp.curves import curves
from webapp.days import local_today
from webapp.extensions import database, settings
from webapp.i18n import _
from webapp.paging import page_number
from webapp.review import review
from webapp.store import access, attention, audit, log, people, programs
from webapp.store.base import utc_now
from webapp.store.engine import Session
from webapp.store.series import FolderSeries
from webapp.therapist import arc, forms, program
from webapp.words import as_prescribed

blueprint = Blueprint("therapist", __name__, template_folder="templates", url_prefix="/patients")


@blueprint.get("/")
def patients() -> str:
    """Who needs me, then everyone else."""
    actor = current_actor()
    today = local_today(actor, utc_now())
    with database().reading() as db:
        return render_template(
            "therapist/patients.html", standings=attention.standings(db, actor, today), today=today
        )


@blueprint.get("/<patient_id>")
def patient(patient_id: str) -> str:
    """One patient: program and sessions."""
    actor = current_actor()
    with database().writing() as db:
        person = access.require_patient(db, actor, patient_id)
        audit.viewed(db, actor, person.id, "patient")
        number = page_number()
        filters = log.Filters(patient_id=person.id)
        return render_template(
            "therapist/patient.html", person=person, lines=program.lines(db, person.id),
            stopped=program.lines(db, person.id, stopped=True), offered=program.offered(db, person.id),
            marks=program.adherence(db, person.id, local_today(actor, utc_now())), page=number,
            absent=people.absent_of(person), rows=log.page(db, actor, filters, number),
            totals=log.totals(db, actor, filters), per_page=log.PAGE_ROWS,
        )  # fmt: skip


@blueprint.post("/<patient_id>/program")
def add(patient_id: str) -> ResponseReturnValue:
    """Put an exercise into the program, with the exercise's own dose and targets; then show the editor."""
    actor = current_actor()
    exercise = catalogue.load(request.form.get("exercise", ""))
    with database().writing() as db:
        wish = forms.merged(exercise, Prescription())
        row = programs.add(db, actor, patient_id, exercise.id, wish, forms.reason(request.form))
    return redirect(url_for("therapist.edit", prescription_id=row.id))


@blueprint.post("/<patient_id>/absent")
def body(patient_id: str) -> ResponseReturnValue:
    """Which parts of a patient's body are missing or not seen as such: from the next session on."""
    actor = current_actor()
    with database().writing() as db:
        person = access.require_patient(db, actor, patient_id)
        people.set_absent(db, actor, person, request.form.getlist("absent"))
    flash(_("Saved. The next session uses it."))
    return redirect(url_for("therapist.patient", patient_id=patient_id))


@blueprint.get("/program/<prescription_id>")
def edit(prescription_id: str) -> str:
    """Dose, targets and limits of one exercise, with their history."""
    with database().writing() as db:
        row = access.require_prescription(db, current_actor(), prescription_id)
        audit.viewed(db, current_actor(), row.patient_id, "prescription", prescription=row.id)
        return _editor(db, row.id, {}, {})


@blueprint.post("/program/<prescription_id>")
def revise(prescription_id: str) -> ResponseReturnValue:
    """A new version, from the patient's next session on."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_prescription(db, actor, prescription_id)
        exercise = catalogue.load(row.exercise_id)
        absent = people.absent_of(access.require_patient(db, actor, row.patient_id))
        try:
            wish = forms.prescription(request.form, exercise, absent)
        except forms.FormError as error:
            return _editor(db, prescription_id, error.problems, request.form), 422
        before = programs.current(db, row.id)
        # the form is filled with what applies: what it sends back unchanged is no change
        same = forms.merged(exercise, wish) == forms.merged(exercise, programs.prescribed(before))
        changed = (
            not same and programs.revise(db, actor, row, wish, forms.reason(request.form)) != before
        )
        said = _("Saved. The next session uses it.") if changed else _("Nothing was changed.")
        if "HX-Request" in request.headers:
            return render_template("therapist/_line.html", line=program.line(db, row), said=said)
        flash(said)
        return redirect(url_for("therapist.patient", patient_id=row.patient_id))


@blueprint.get("/program/<prescription_id>/line")
def line(prescription_id: str) -> str:
    """The row of one exercise as it was: what the editor turns back into when it is left."""
    with database().writing() as db:
        row = access.require_prescription(db, current_actor(), prescription_id)
        audit.viewed(db, current_actor(), row.patient_id, "prescription", prescription=row.id)
        return render_template("therapist/_line.html", line=program.line(db, row), said="")


@blueprint.post("/program/<prescription_id>/active")
def activate(prescription_id: str) -> ResponseReturnValue:
    """Stop an exercise, or take it up again."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_prescription(db, actor, prescription_id)
        programs.set_active(db, actor, row, request.form.get("active") == "yes")
    return redirect(url_for("therapist.patient", patient_id=row.patient_id))


@blueprint.get("/sessions/<session_id>")
def session(session_id: str) -> str:
    """One session: repetitions, angles over time, faults."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_session(db, actor, session_id)
        audit.viewed(db, actor, row.patient_id, "session", session=row.id)
        person = access.require_patient(db, actor, row.patient_id)
        return render_template(
            "therapist/session.html",
            row=row,
            person=person,
            review=review(db, row),
        )


@blueprint.get("/sessions/<session_id>/angles.json")
def angles(session_id: str) -> ResponseReturnValue:
    """The curves of a session, for the chart."""
    with database().writing() as db:
        row = access.require_session(db, current_actor(), session_id)
        audit.viewed(db, current_actor(), row.patient_id, "angles", session=row.id)
    with database().reading() as db:
        answer = jsonify(curves(db, row, FolderSeries(settings().data_dir / "series")))
    if row.status != "live":
        answer.headers["Cache-Control"] = (
            "private, max-age=600"  # judged again each time it is asked for
        )
    return answer


def _editor(
    db: Session, prescription_id: str, problems: dict[str, str], typed: Mapping[str, str]
) -> str:
    """The editor: a part of the page when htmx asks, else a page of its own. `typed` is what was sent, if anything."""
    actor = current_actor()
    row = access.require_prescription(db, actor, prescription_id)
    base: Exercise = catalogue.load(row.exercise_id)
    version = programs.current(db, row.id)
    wish = programs.prescribed(version)
    exercise = as_prescribed(base, wish)[0]
    template = (
        "therapist/_editor.html" if "HX-Request" in request.headers else "therapist/edit.html"
    )
    return render_template(
        template, row=row, exercise=exercise, variants=base.variants, version=version, problems=problems, typed=typed,
        arc=arc, drawn=forms.drawn,
        prescribed=forms.merged(base, wish), history=programs.history(db, row.id),
        person=access.require_patient(db, actor, row.patient_id),
    )  # fmt: skip
