"""Exercising without a camera: a figure and a voice lead, and what was done is entered at the end."""

from __future__ import annotations

from flask import render_template, request, url_for

from webapp import doses, exercises
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import _, language
from webapp.patient.blueprint import blueprint
from webapp.preferences import chosen
from webapp.store import access, programs
from webapp.store.base import utc_now
from webapp.words import as_prescribed


@blueprint.get("/without-camera/<prescription_id>")
def timer(prescription_id: str) -> str:
    """Sets, repetitions and rests by the clock."""
    short = request.args.get("short") == "1"
    with database().reading() as db:
        row = access.require_prescription(db, current_actor(), prescription_id)
        day = local_today(current_actor(), utc_now())
        wish = programs.prescribed(programs.current(db, row.id), day)
    exercise, prescribed = as_prescribed(exercises.load(row.exercise_id), wish)
    today = doses.of_day(exercise, prescribed, short=short)
    dose, tempo = today.dose or exercise.dose, today.tempo or exercise.tempo
    data = {
        "language": language(),
        "movement": url_for("live.movement", prescription_id=row.id),
        "still": chosen().still,
        "dose": {
            "sets": dose.sets, "reps": dose.reps, "hold_s": dose.hold_s, "rest_s": dose.rest_s,
            "period_s": max(2.0, tempo.out_s + max(tempo.hold_s, dose.hold_s) + tempo.back_s),
        },
        "texts": {
            "pause": _("Pause"), "go_on": _("Go on"), "of": _("of {goal}"), "seconds": _("seconds of {goal}"),
            "set_of": _("set {set} of {sets}"), "rest": _("seconds of rest"), "begin": _("Begin"),
            "rest_say": _("Well done. Rest now."), "done": _("All done. Well done."),
        },
    }  # fmt: skip
    return render_template("patient/timer.html", exercise=exercise, dose=dose, data=data, row=row)
