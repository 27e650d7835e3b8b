"""What a patient can do, over time: ask for a measurement, enter one by hand, take a result as a target."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach.exercise import Exercise
from webapp import assessed, assessed_words
from webapp.assessed import Assessment, Course
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import _
from webapp.store import access, assessments, audit, programs
from webapp.store.access import NotVisible
from webapp.store.assessments import BY_HAND, SEXES, Origin
from webapp.store.base import utc_now
from webapp.store.engine import Session
from webapp.therapist.blueprint import blueprint
from webapp.words import exercise_or_none

#: What a person may enter, by unit: beyond it is a slip of the finger.
RANGES: Final = {"degrees": (-30.0, 200.0), "repetitions": (0.0, 60.0), "seconds": (0.0, 600.0)}
OLDEST: Final = 120


@blueprint.get("/<patient_id>/assessments", endpoint="assessments")
def assessments_page(patient_id: str) -> str:
    """Results with their course, what is asked for, and the forms."""
    return _page(patient_id, {})


@blueprint.post("/<patient_id>/assessments/ask")
def ask(patient_id: str) -> ResponseReturnValue:
    """Ask the patient to measure at home, or measure now on this screen."""
    actor = current_actor()
    what = assessed.find(request.form.get("name", ""))
    sides = _sides(what, request.form.get("side", ""))
    with database().writing() as db:
        patient = access.require_patient(db, actor, patient_id)
        if request.form.get("do") == "now":
            address = url_for(
                "live.assess_patient", patient_id=patient.id, name=what.name, side=sides[0]
            )
            return redirect(address)
        for side in sides:
            assessments.ask(db, actor, patient, what.kind, what.name, side)
    flash(_("Asked for. It is on the patient's page for today."))
    return redirect(url_for("therapist.assessments", patient_id=patient_id))


@blueprint.post("/<patient_id>/assessments/<request_id>/withdraw")
def withdraw(patient_id: str, request_id: str) -> ResponseReturnValue:
    """It need not be done any more."""
    actor = current_actor()
    with database().writing() as db:
        patient = access.require_patient(db, actor, patient_id)
        row = assessments.require_request(db, actor, request_id)
        if row.patient_id != patient.id:
            raise NotVisible
        assessments.withdraw(db, actor, row)
    return redirect(url_for("therapist.assessments", patient_id=patient_id))


@blueprint.post("/<patient_id>/assessments/enter")
def enter(patient_id: str) -> ResponseReturnValue:
    """What was measured with a goniometer or a stopwatch."""
    actor = current_actor()
    now = utc_now()
    what = assessed.find(request.form.get("name", ""))
    side = _sides(what, request.form.get("side", ""))[0]
    value = _number(request.form, *RANGES[what.unit])
    if value is None:
        low, high = RANGES[what.unit]
        words = _("Enter a number from %(low)g to %(high)g.", low=low, high=high)
        return _page(patient_id, {"value": words}), 422
    with database().writing() as db:
        patient = access.require_patient(db, actor, patient_id)
        access.require_prescriber(actor)
        last = assessments.last_value(db, patient.id, what.name, side, "manual")
        person = assessed.person(patient, last, local_today(actor, now))
        found = what.by_hand(what.side(side), value, person)
        assessments.keep(db, actor, patient, found, Origin("manual", BY_HAND), now)
    flash(_("Saved as entered by hand."))
    return redirect(url_for("therapist.assessments", patient_id=patient_id))


@blueprint.post("/<patient_id>/facts")
def facts(patient_id: str) -> ResponseReturnValue:
    """What norms need to know of a patient: sex and year of birth."""
    actor = current_actor()
    sex, typed = request.form.get("sex", ""), request.form.get("birth_year", "").strip()
    this_year = datetime.now(UTC).year
    wrong = typed and not (
        typed.isascii() and typed.isdigit() and this_year - OLDEST <= int(typed) <= this_year
    )
    if wrong or sex not in SEXES:
        words = _("Enter a year from %(low)d to %(high)d.", low=this_year - OLDEST, high=this_year)
        return _page(patient_id, {"birth_year": words}), 422
    with database().writing() as db:
        patient = access.require_patient(db, actor, patient_id)
        assessments.note_facts(db, actor, patient, sex, int(typed) if typed else None)
    flash(_("Saved. New results are compared with people of that age and sex."))
    return redirect(url_for("therapist.assessments", patient_id=patient_id))


def _page(patient_id: str, problems: Mapping[str, str]) -> str:
    actor = current_actor()
    with database().writing() as db:
        person = access.require_patient(db, actor, patient_id)
        audit.viewed(db, actor, person.id, "assessments")
        courses = assessed.courses(assessments.results(db, actor, person.id))
        program = _program(db, person.id)
        return render_template(
            "therapist/assessments.html", person=person, problems=problems, form=request.form, says=assessed_words,
            courses=[(course, targets(course, program)) for course in courses], offered=assessed.offered(),
            asked=[(assessed.find(row.name), row) for row in assessments.requests(db, actor, person.id)],
        )  # fmt: skip


def targets(course: Course, program: list[tuple[str, Exercise]]) -> list[tuple[Exercise, str]]:
    """The exercises of a program for which the newest result may be taken as target, each with its editor's address."""
    motion = course.what.motion
    if motion is None:
        return []
    fits = [
        (at, exercise)
        for at, exercise in program
        if motion.angle in exercise.targets
        and exercise.targets[motion.angle].towards == motion.towards
    ]
    deg = round(course.last.value)
    return [(exercise, _editor(at, motion.angle, deg)) for at, exercise in fits]


def _editor(prescription_id: str, angle: str, deg: int) -> str:
    wish = {f"target.{angle}": deg, "from": "assessment"}
    return url_for("therapist.edit", prescription_id=prescription_id, **wish)  # type: ignore[arg-type]


def _program(db: Session, patient_id: str) -> list[tuple[str, Exercise]]:
    rows = (
        (row.id, exercise_or_none(row.exercise_id)) for row in programs.of_patient(db, patient_id)
    )
    return [(at, exercise) for at, exercise in rows if exercise is not None]


def _sides(what: Assessment, text: str) -> list[str | None]:
    """The sides that a form asks for. Raises NotVisible for one that there is not."""
    if not what.sided:
        return [None]
    return ["left", "right"] if text == "both" else [what.side(text)]


def _number(form: Mapping[str, str], low: float, high: float) -> float | None:
    try:
        value = float(form.get("value", "").strip().replace(",", "."))
    except ValueError:
        return None
    return round(value, 1) if low <= value <= high else None


def card(db: Session, person_id: str) -> list[Course]:
    """The courses of a patient, for the small card on their page."""
    return assessed.courses(assessments.results(db, current_actor(), person_id))
