"""The therapist's list of patients, and the page of each. Each view of a patient leaves an audit row."""

from __future__ import annotations

from flask import render_template

from poses import cautions
from webapp import assessed_words
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.paging import page_number
from webapp.pain import USUAL
from webapp.store import access, attention, audit, log
from webapp.store.base import utc_now
from webapp.therapist import assessments, program, told
from webapp.therapist.blueprint import blueprint


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
        lines = program.lines(db, person.id)
        return render_template(
            "therapist/patient.html", person=person, lines=lines, told=told.told(db, person),
            notable=told.notable(), rule=USUAL, assessed=assessments.card(db, person.id), says=assessed_words,
            against=[(line, one) for line in lines for one in cautions.against(line.exercise, person.cautions or ())],
            stopped=program.lines(db, person.id, stopped=True), offered=program.offered(db, person.id),
            marks=program.adherence(db, person.id, local_today(actor, utc_now())), page=number,
            rows=log.page(db, actor, filters, number), totals=log.totals(db, actor, filters), per_page=log.PAGE_ROWS,
        )  # fmt: skip
