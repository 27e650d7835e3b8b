"""The therapist's list of patients, and the page of each. Each view of a patient leaves an audit row."""

from __future__ import annotations

from flask import render_template, request

from webapp import assessed_words
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.paging import page_number
from webapp.store import (
    access,
    attention,
    audit,
    clinic_settings,
    grants,
    invitations,
    log,
    messages,
    people,
    proposals,
)
from webapp.store.attention import Standing
from webapp.store.base import utc_now
from webapp.therapist import assessments, program, reason_words, told
from webapp.therapist.blueprint import blueprint
from webapp.words import words_of

#: The last of a patient's messages stand on their page; the others are one click away.
SHOWN_MESSAGES = 3
#: People on one page of the list of all patients.
PAGE_ROWS = 25
#: Reasons are shown for so many at first; the rest is one click away.
NEEDING = 12


@blueprint.get("/")
def patients() -> str:
    """Who needs me, most urgent first; then everyone, by name."""
    actor = current_actor()
    today = local_today(actor, utc_now())
    with database().reading() as db:
        found = attention.standings(db, actor, today)
        invited = len(invitations.open_ones(db, actor, utc_now()))
    needing = [one for one in found if one.reasons]
    everyone = _named(found, request.args.get("q", "").strip())
    number = page_number()
    shown = len(needing) if request.args.get("all") else NEEDING
    return render_template(
        "therapist/patients.html", needing=needing[:shown], number_needing=len(needing), words=reason_words,
        hidden=[one for one in found if one.hidden], today=today, total=len(everyone), of_all=len(found), page=number,
        everyone=everyone[(number - 1) * PAGE_ROWS : number * PAGE_ROWS], per_page=PAGE_ROWS, invited=invited,
    )  # fmt: skip


def _named(found: list[Standing], text: str) -> list[Standing]:
    """Those whose name holds the text, by name."""
    wanted = text.casefold()
    return sorted(
        (one for one in found if wanted in one.facts.name.casefold()),
        key=lambda one: one.facts.name,
    )


@blueprint.get("/<patient_id>")
def patient(patient_id: str) -> str:
    """One patient: what is proposed, program, messages, what they say, sessions, access."""
    actor = current_actor()
    now = utc_now()
    today = local_today(actor, now)
    with database().writing() as db:
        person = access.require_patient(db, actor, patient_id)
        audit.viewed(db, actor, person.id, "patient")
        number = page_number()
        filters = log.Filters(patient_id=person.id)
        lines = program.lines(db, person.id, today)
        return render_template(
            "therapist/patient.html", person=person, lines=lines, few=program.FEW, said="",
            stopped=program.lines(db, person.id, today, stopped=True), words=reason_words,
            proposals=[(one, proposals.step_of(one)) for one in proposals.of_patient(db, actor, person.id)],
            names={one.row.id: words_of(one.exercise).name for one in lines}, told=told.told(db, person),
            notable=told.notable(), rule=clinic_settings.of(db, person.clinic_id).pain, says=assessed_words,
            assessed=assessments.card(db, person.id), against=told.against(person, lines),
            absent=people.absent_of(person),
            thread=messages.thread(db, actor, person.id)[:SHOWN_MESSAGES],
            door=invitations.standing(db, person, now), helpers=grants.of_patient(db, actor, person.id, now), now=now,
            marks=program.adherence(db, person.id, today), page=number,
            rows=log.page(db, actor, filters, number), totals=log.totals(db, actor, filters), per_page=log.PAGE_ROWS,
        )  # fmt: skip
