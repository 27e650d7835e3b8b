"""Where exercises come from: the catalogue with search and favourites, templates, other patients; and on paper."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import _
from webapp.store import access, audit, own_exercises, people, programs, templates
from webapp.store.access import NotVisible
from webapp.store.base import utc_now
from webapp.store.engine import Session
from webapp.therapist import library, program
from webapp.therapist.blueprint import blueprint


@blueprint.get("/<patient_id>/exercises")
def picker(patient_id: str) -> str:
    """Choose exercises for a patient: search, filter, favourites first; templates and other patients beside."""
    actor = current_actor()
    wanted = library.wanted(request.args)
    with database().reading() as db:
        person = access.require_patient(db, actor, patient_id)
        taken = {row.exercise_id for row in programs.of_patient(db, person.id)}
        starred = templates.favourites(db, actor, "exercise")
        page = (
            "therapist/_found.html" if "HX-Request" in request.headers else "therapist/picker.html"
        )
        return render_template(
            page, person=person, taken=taken, starred=starred, wanted=wanted,
            found=library.search(wanted, starred, own_exercises.offered(db, actor, person.id)),
            choices=library.choices(),
            templates=library.ordered(templates.visible(db, actor), templates.favourites(db, actor, "template")),
            starred_templates=templates.favourites(db, actor, "template"),
            others=[one for one in people.in_role(db, actor, "patient") if one.id != person.id],
        )  # fmt: skip


@blueprint.post("/favourites")
def favourite() -> ResponseReturnValue:
    """Mark an exercise or template as a favourite, or no more."""
    form, actor = request.form, current_actor()
    kind, key = form.get("kind", ""), form.get("key", "")
    with database().writing() as db:
        if kind == "template":
            templates.require(db, actor, key)
        patient = access.require_patient(db, actor, form.get("patient", ""))
        if kind != "template" and not (
            kind == "exercise" and own_exercises.usable(db, actor, patient.id, key)
        ):
            raise NotVisible
        templates.set_favourite(db, actor, kind, key, on=form.get("on") == "yes")
    return redirect(url_for("therapist.picker", patient_id=patient.id))


@blueprint.post("/<patient_id>/templates")
def save_template(patient_id: str) -> ResponseReturnValue:
    """Keep a patient's program as a template."""
    actor = current_actor()
    name = request.form.get("name", "").strip()
    if not name:
        flash(_("Give the template a name, then save it again."))
        return redirect(url_for("therapist.patient", patient_id=patient_id))
    with database().writing() as db:
        templates.save(db, actor, patient_id, name, shared=request.form.get("shared") == "yes")
    flash(_("Saved as a template. You find it where you add exercises."))
    return redirect(url_for("therapist.patient", patient_id=patient_id))


@blueprint.post("/templates/<template_id>/remove")
def remove_template(template_id: str) -> ResponseReturnValue:
    """Put one's own template away; programs made from it stay."""
    actor = current_actor()
    with database().writing() as db:
        templates.remove(db, actor, templates.require(db, actor, template_id))
        patient = access.require_patient(db, actor, request.form.get("patient", ""))
    return redirect(url_for("therapist.picker", patient_id=patient.id))


@blueprint.route("/<patient_id>/from", methods=["GET", "POST"])
def take_over(patient_id: str) -> ResponseReturnValue:
    """What a template or another patient's program would add; choose, then add it. The dose can be changed after."""
    actor = current_actor()
    with database().writing() as db:
        person = access.require_patient(db, actor, patient_id)
        title, items = _source(db, person.id)
        if request.method == "GET":
            taken = {row.exercise_id for row in programs.of_patient(db, person.id)}
            return render_template(
                "therapist/take_over.html", person=person, title=title, items=library.named(items), taken=taken
            )  # fmt: skip
        why = _("From %(source)s.", source=title)
        chosen = set(request.form.getlist("exercise"))
        added = templates.apply(db, actor, person.id, items, chosen, why)
        flash(library.added(len(added)))
    return redirect(url_for("therapist.patient", patient_id=patient_id))


def _source(db: Session, patient_id: str) -> tuple[str, templates.Items]:
    """The name of what is copied, and those of its exercises that this patient may be given."""
    title, items = _copied(db)
    mine = current_actor()
    return title, [
        (exercise_id, plan)
        for exercise_id, plan in items
        if own_exercises.usable(db, mine, patient_id, exercise_id)
    ]


def _copied(db: Session) -> tuple[str, templates.Items]:
    """Of another patient no name is kept in this one's record."""
    actor = current_actor()
    other = request.values.get("patient", "")
    if other:
        source = access.require_patient(db, actor, other)
        audit.viewed(db, actor, source.id, "program")
        return _("another patient's program"), templates.of_patient(db, source.id)
    template = templates.require(db, actor, request.values.get("template", ""))
    return template.name, templates.items_of(template)


@blueprint.get("/<patient_id>/print")
def on_paper(patient_id: str) -> str:
    """The program on paper: figures, dose, steps."""
    actor = current_actor()
    today = local_today(actor, utc_now())
    with database().writing() as db:
        person = access.require_patient(db, actor, patient_id)
        audit.viewed(db, actor, person.id, "program")
        lines = program.lines(db, person.id, today)
        return render_template("therapist/print.html", person=person, lines=lines, today=today)
