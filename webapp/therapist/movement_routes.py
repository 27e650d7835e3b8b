"""A movement recorded once: learn it, shape it, use it, share it, take it along."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach.exercise import Exercise, Prescription
from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _
from webapp.movements import definition, landmarks
from webapp.movements.definition import DefinitionError
from webapp.movements.landmarks import DemonstrationError
from webapp.movements.learning import NotLearnedError, taught
from webapp.store import access, audit, own_exercises, programs
from webapp.store import exercises as clinic_exercises
from webapp.store.engine import Session
from webapp.store.own_exercise_tables import OwnExercise
from webapp.store.own_exercises import Recorded
from webapp.therapist import forms, movement_page
from webapp.therapist.blueprint import blueprint
from webapp.words import exercise_or_none


@blueprint.get("/movements")
def movements() -> str:
    """The clinic's own exercises."""
    actor = current_actor()
    with database().reading() as db:
        lines = [movement_page.line(db, actor, row) for row in own_exercises.known(db, actor)]
    return render_template("therapist/movements.html", lines=lines)


@blueprint.get("/movements/new")
def new_movement() -> str:
    """Record a movement, for everybody or (`?patient=`) as this patient's own version of an exercise (`?like=`)."""
    actor = current_actor()
    patient_id = request.args.get("patient")
    with database().reading() as db:
        person = access.require_patient(db, actor, patient_id) if patient_id else None
    like = exercise_or_none(request.args.get("like", ""))
    return render_template(
        "therapist/new_movement.html", person=person, like=like, choices=movement_page.likes(),
        positions=movement_page.positions(),
        data=movement_page.for_recording(),
    )  # fmt: skip


@blueprint.post("/movements")
def teach() -> ResponseReturnValue:
    """Learn what was shown and keep it as a draft; answers the page's script with the address to go on at."""
    actor = current_actor()
    patient_id = request.form.get("patient") or None
    with database().reading() as db:  # before any work is done for it
        if patient_id:
            access.require_patient(db, actor, patient_id)
    like = exercise_or_none(request.form.get("like", ""))
    sent = request.files.get("landmarks")
    try:
        frames = landmarks.parse(b"" if sent is None else sent.read())
        made = taught(frames, own_exercises.new_key(), like)
    except DemonstrationError:
        return _refused("damaged")
    except NotLearnedError as error:
        return _refused(str(error.cause))
    exercise = movement_page.named(made.exercise, request.form)
    like_id = None if like is None else like.id
    recorded = Recorded(exercise, made.recording, made.reference, made.count, like_id, patient_id)
    with database().writing() as db:
        row = own_exercises.draft(db, actor, recorded)
    return jsonify(url=url_for("therapist.shape", key=row.key))


def _refused(cause: str) -> ResponseReturnValue:
    return jsonify(problem=movement_page.why_not(cause)), 422


@blueprint.get("/movements/<key>")
def shape(key: str) -> str:
    """The curve with what was derived from it, to be adjusted, and the words."""
    with database().writing() as db:
        row = own_exercises.require(db, current_actor(), key)
        _looked_at(db, row)
        return _page(db, row, None, {})


@blueprint.post("/movements/<key>")
def save_movement(key: str) -> ResponseReturnValue:
    """Use it like this from now on; a patient's own version is put into their program."""
    actor = current_actor()
    with database().writing() as db:
        row = own_exercises.require_changeable(db, actor, key)
        try:
            exercise = definition.changed(_current(db, row), request.form)
        except DefinitionError as error:
            return _page(db, row, request.form, error.problems), 422
        reps = movement_page.counted(row, exercise)
        if len(reps) != row.count:
            problems = {"form": movement_page.verdict(row, exercise, reps).said}
            return _page(db, row, request.form, problems), 422
        first = row.state == "draft"
        own_exercises.save(db, actor, row, exercise, shared=request.form.get("shared") == "yes")
        if first and row.patient_id is not None:
            return _into_program(db, row, exercise)
    flash(_("Saved. You find it where you add exercises, under “Our own exercises”."))
    return redirect(url_for("therapist.movements"))


def _into_program(db: Session, row: OwnExercise, exercise: Exercise) -> ResponseReturnValue:
    """The patient's own version, at the end of their program and, where wanted, in place of what it is like."""
    actor, patient_id = current_actor(), str(row.patient_id)
    if request.form.get("instead") == "yes":
        for one in programs.of_patient(db, patient_id):
            if one.exercise_id == row.like_id:
                programs.set_active(db, actor, one, False)
    wish = forms.merged(exercise, Prescription())
    programs.add(db, actor, patient_id, row.key, wish, _("Recorded for this patient."))
    flash(_("Saved, and put into the program. The dose can be changed there."))
    return redirect(url_for("therapist.patient", patient_id=patient_id))


@blueprint.post("/movements/<key>/check")
def check_movement(key: str) -> ResponseReturnValue:
    """What the definition in the form makes of its own recording; nothing is kept."""
    with database().reading() as db:
        row = own_exercises.require_changeable(db, current_actor(), key)
        try:
            exercise = definition.changed(_current(db, row), request.form)
        except DefinitionError as error:
            said = _("Some fields need another look.")
            return jsonify(right=False, said=said, problems=error.problems, reps=None)
        reps = movement_page.counted(row, exercise)
    found = movement_page.verdict(row, exercise, reps)
    return jsonify(msgspec.to_builtins(found) | {"problems": {}})


@blueprint.get("/movements/<key>/curve.json")
def movement_curve(key: str) -> dict[str, Any]:
    """The recording's signal over time."""
    with database().reading() as db:
        row = own_exercises.require(db, current_actor(), key)
        return movement_page.curve(row, _current(db, row))


@blueprint.get("/movements/<key>/movement.json")
def recorded_movement(key: str) -> dict[str, Any]:
    """The movement to show, for the moving figure."""
    with database().reading() as db:
        row = own_exercises.require(db, current_actor(), key)
        movement = clinic_exercises.reference_from(row.reference)
    return {"frames": np.round(movement.seen_from(), 3).tolist()}


@blueprint.get("/movements/<key>/files.zip")
def export_movement(key: str) -> Response:
    """The exercise file and its reference movement, as `coach exercises validate` takes them."""
    with database().writing() as db:
        row = own_exercises.require(db, current_actor(), key)
        _looked_at(db, row)
        audit.record(db, current_actor(), "own_exercise.export", row.patient_id, exercise=row.key)
        packed = movement_page.files(row, _current(db, row))
    headers = {"Content-Disposition": f"attachment; filename={row.key}.zip"}
    return Response(packed, mimetype="application/zip", headers=headers)


@blueprint.post("/movements/<key>/away")
def put_movement_away(key: str) -> ResponseReturnValue:
    """Offer it no more, or again. Programs that have it keep it."""
    actor = current_actor()
    with database().writing() as db:
        row = own_exercises.require_changeable(db, actor, key)
        own_exercises.put_away(db, actor, row, away=request.form.get("away") == "yes")
    return redirect(url_for("therapist.movements"))


def _current(db: Session, row: OwnExercise) -> Exercise:
    return clinic_exercises.load(db, row.clinic_id, row.key)


def _looked_at(db: Session, row: OwnExercise) -> None:
    if row.patient_id is not None:
        audit.viewed(db, current_actor(), row.patient_id, "own_exercise", exercise=row.key)


def _page(db: Session, row: OwnExercise, sent: Any, problems: dict[str, str]) -> str:
    actor, exercise = current_actor(), _current(db, row)
    return render_template(
        "therapist/movement.html", row=row, exercise=exercise, problems=problems,
        filled=definition.fields(exercise) | dict(sent or {}),
        shared=sent.get("shared") == "yes" if sent else row.shared,
        mine=own_exercises.changeable(actor, row), versions=len(own_exercises.versions(db, row)),
        person=access.require_patient(db, actor, row.patient_id) if row.patient_id else None,
        like=exercise_or_none(row.like_id or ""), choices=movement_page.choices(),
        data=movement_page.for_shaping(row, exercise), bounds=definition,
    )  # fmt: skip
