"""What is prescribed to a patient: add, change, stop. Each change leaves an audit row."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach.exercise import Exercise, Prescription
from poses import catalogue
from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _
from webapp.store import access, audit, people, programs
from webapp.store.engine import Session
from webapp.therapist import arc, forms, program
from webapp.therapist.blueprint import blueprint
from webapp.words import as_prescribed


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
