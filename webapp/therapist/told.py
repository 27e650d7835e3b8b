"""What a patient told, and what the therapist notes to be minded with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from poses.cautions import Caution, cautions
from poses.cautions import against as cautions_against
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import _, language
from webapp.store import access, people, reports
from webapp.store.base import utc_now
from webapp.store.engine import Session
from webapp.store.report_tables import PatientReport
from webapp.store.reports import Answer
from webapp.store.tables import Person
from webapp.therapist.blueprint import blueprint
from webapp.therapist.program import Line

LOOK_BACK: Final = timedelta(days=28)


def told(db: Session, person: Person) -> list[tuple[PatientReport, Answer]]:
    """What the patient told in the last four weeks, newest first."""
    actor = current_actor()
    since = local_today(actor, utc_now()) - LOOK_BACK
    return [
        (row, reports.answer_of(row)) for row in reports.of_patient(db, actor, person.id, since)
    ]


def notable() -> list[Caution]:
    """Everything that may be noted, in the order of the file."""
    return list(cautions(language()).values())


def against(person: Person, lines: Iterable[Line]) -> list[tuple[Line, Caution]]:
    """The exercises of the program that are usually left out with what is noted, each with why."""
    noted = person.cautions or ()
    return [
        (line, found)
        for line in lines
        for found in cautions_against(line.exercise, noted, language())
    ]


@blueprint.post("/<patient_id>/cautions")
def mind(patient_id: str) -> ResponseReturnValue:
    """Note what to mind with this patient: told to them before each exercise that it touches."""
    actor = current_actor()
    chosen = [at for at in request.form.getlist("caution") if at in cautions()]
    with database().writing() as db:
        people.note_cautions(db, actor, access.require_patient(db, actor, patient_id), chosen)
    flash(_("Saved. The patient is told before each exercise that it touches."))
    return redirect(url_for("therapist.patient", patient_id=patient_id))
