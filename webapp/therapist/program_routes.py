"""What is prescribed to a patient: add, change, order, stop. Each change leaves an audit row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coach.exercise import Exercise, Prescription
from webapp import exercises
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import _
from webapp.store import access, audit, own_exercises, own_videos, people, programs, proposals
from webapp.store.access import NotVisible
from webapp.store.base import utc_now
from webapp.store.engine import Session
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Prescription as PrescriptionRow
from webapp.therapist import arc, changes, forms, plan_forms, program, suggestions
from webapp.therapist.blueprint import blueprint
from webapp.words import as_prescribed, day_text


@blueprint.post("/<patient_id>/program")
def add(patient_id: str) -> ResponseReturnValue:
    """Put an exercise into the program, with the exercise's own dose and targets; then show the editor."""
    actor = current_actor()
    chosen = request.form.get("exercise", "")
    with database().writing() as db:
        if not own_exercises.usable(db, actor, patient_id, chosen):
            raise NotVisible
        exercise = exercises.load(chosen)
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
    """Dose, schedule, targets and limits of one exercise, with their history.

    `?target.<angle>=<deg>&from=<text>` fills a target in and says in the reason where it is from; `from` may be the id
    of a session, with `rep` for one repetition of it. Nothing is changed before it is saved.
    """
    with database().writing() as db:
        row = access.require_prescription(db, current_actor(), prescription_id)
        audit.viewed(db, current_actor(), row.patient_id, "prescription", prescription=row.id)
        return _editor(db, row, {}, _prefilled(db, row), sent=False)


@blueprint.post("/program/<prescription_id>")
def revise(prescription_id: str) -> ResponseReturnValue:
    """A new version, from the patient's next session on."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_prescription(db, actor, prescription_id)
        try:
            changed = _save(db, row)
        except forms.FormError as error:
            return _editor(db, row, error.problems, request.form, sent=True), 422
        said = _("Saved. The next session uses it.") if changed else _("Nothing was changed.")
        if "HX-Request" in request.headers:
            return _row(db, row, said)
        flash(said)
        return redirect(url_for("therapist.patient", patient_id=row.patient_id))


def _save(db: Session, row: PrescriptionRow) -> bool:
    """Keep what the form says; whether that changed anything. Raises FormError."""
    actor = current_actor()
    exercise = exercises.load(row.exercise_id)
    before = programs.plan(programs.current(db, row.id))
    absent = people.absent_of(access.require_patient(db, actor, row.patient_id))
    wish = forms.plan(request.form, exercise, before, _today(), absent)
    # the form is filled with what applies: what it sends back unchanged is no change
    if forms.complete(exercise, wish) == forms.complete(exercise, before):
        return False
    if request.form.get("proposal"):
        answered = proposals.require(db, actor, request.form["proposal"])
        proposals.decide(db, actor, answered, "changed")
    programs.revise(db, actor, row, wish, forms.reason(request.form))
    return True


@blueprint.get("/program/<prescription_id>/line")
def line(prescription_id: str) -> str:
    """The row of one exercise as it was: what the editor turns back into when it is left."""
    with database().writing() as db:
        row = access.require_prescription(db, current_actor(), prescription_id)
        audit.viewed(db, current_actor(), row.patient_id, "prescription", prescription=row.id)
        return _row(db, row, "")


@blueprint.post("/program/<prescription_id>/active")
def activate(prescription_id: str) -> ResponseReturnValue:
    """Stop an exercise, or take it up again."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_prescription(db, actor, prescription_id)
        programs.set_active(db, actor, row, request.form.get("active") == "yes")
    return redirect(url_for("therapist.patient", patient_id=row.patient_id))


@blueprint.post("/program/<prescription_id>/move")
def move(prescription_id: str) -> ResponseReturnValue:
    """Put an exercise at another place of the program (`to`, 0 first)."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_prescription(db, actor, prescription_id)
        programs.move(db, actor, row, request.form.get("to", 0, type=int))
        if "HX-Request" in request.headers:
            lines = program.lines(db, row.patient_id, _today())
            return render_template("therapist/_program.html", lines=lines, said="")
    return redirect(url_for("therapist.patient", patient_id=row.patient_id))


def _today() -> date:
    return local_today(current_actor(), utc_now())


def _prefilled(db: Session, row: PrescriptionRow) -> dict[str, str]:
    """What the address asks to be filled in: targets, and where they are from."""
    typed = {name: text for name, text in request.args.items() if name.startswith("target.")}
    source = request.args.get("from", "").strip()[:100]
    if not typed or not source:
        return typed
    try:
        seen = access.require_session(db, current_actor(), source)
    except access.NotVisible:
        return typed | {"why": _("From %(source)s.", source=source)}
    return typed | {"why": _seen_in(seen) if seen.prescription_id == row.id else ""}


def _seen_in(seen: PatientSession) -> str:
    """The session, and the repetition of it, that a target is from."""
    rep, day = request.args.get("rep", type=int), day_text(seen.local_date)
    if rep is None:
        return _("From the session of %(day)s.", day=day)
    return _("From repetition %(rep)d of the session of %(day)s.", rep=rep, day=day)


def _row(db: Session, row: PrescriptionRow, said: str) -> str:
    """One row of the program."""
    lines = program.lines(db, row.patient_id, _today())
    place = next((n for n, one in enumerate(lines) if one.row.id == row.id), 0)
    found = lines[place] if lines else program.line(db, row, _today())
    return render_template(
        "therapist/_line.html", line=found, said=said, place=place, last=place == len(lines) - 1
    )


def _editor(
    db: Session,
    row: PrescriptionRow,
    problems: dict[str, str],
    typed: Mapping[str, str],
    *,
    sent: bool,
) -> str:
    """The editor: a part of the page when htmx asks, else a page of its own. `typed` is what was sent or filled in."""
    base: Exercise = exercises.load(row.exercise_id)
    plan = forms.complete(base, programs.plan(programs.current(db, row.id)))
    exercise = as_prescribed(base, plan.prescribed)[0]
    template = (
        "therapist/_editor.html" if "HX-Request" in request.headers else "therapist/edit.html"
    )
    return render_template(
        template, row=row, exercise=exercise, variants=base.variants, problems=problems, typed=typed, sent=sent,
        arc=arc, drawn=forms.drawn,
        plan=plan, prescribed=plan.prescribed, phases=plan_forms.fields(plan, exercise),
        chosen_days=request.form.getlist("weekday", type=int) if sent else list(plan.schedule.weekdays),
        phase_numbers=range(1, plan_forms.PHASES + 1), history=changes.history(db, row.id, base),
        suggestions=suggestions.of(db, row, exercise), proposal=request.values.get("proposal", ""),
        person=access.require_patient(db, current_actor(), row.patient_id), video=own_videos.shown(db, row),
    )  # fmt: skip
