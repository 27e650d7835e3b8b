"""The clinic's pages. A single session is the therapist's page of it: the policy table opens it to both."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request, stream_with_context

from poses import catalogue
from webapp.auth.actor import current_actor
from webapp.clinic import export, filters
from webapp.clinic.blueprint import blueprint
from webapp.extensions import database
from webapp.paging import page_number
from webapp.store import audit, log, own_exercises, people
from webapp.words import exercise_name


@blueprint.get("/sessions")
def sessions() -> str:
    """The log of all sessions of the clinic: a part of the page when htmx asks, else the whole."""
    actor = current_actor()
    asked = filters.from_address(request.args)
    number = page_number()
    chosen = filters.to_address(asked)
    template = "clinic/_results.html" if "HX-Request" in request.headers else "clinic/sessions.html"
    with database().writing() as db:
        audit.record(db, actor, "view.log", page=number, **chosen)
        totals = log.totals(db, actor, asked)
        return render_template(
            template, rows=log.page(db, actor, asked, number), totals=totals, page=number, chosen=chosen,
            pages=-(-totals.sessions // log.PAGE_ROWS),
            patients=[(one.id, one.name) for one in people.in_role(db, actor, "patient")],
            therapists=[(one.id, one.name) for one in people.in_role(db, actor, "therapist")],
            exercises=[
                (one, exercise_name(one)) for one in (*catalogue.ids(), *own_exercises.ids(db, actor.clinic_id))
            ],
        )  # fmt: skip


@blueprint.get("/sessions.csv")
def sessions_csv() -> Response:
    """Everything that matches the filters, as a table for a spreadsheet."""
    actor = current_actor()
    asked = filters.from_address(request.args)
    source = database()
    with source.writing() as db:
        audit.record(db, actor, "export.log", **filters.to_address(asked))

    def body() -> Iterator[str]:
        with source.reading() as db:
            yield from export.lines(log.every(db, actor, asked), log.carers(db, actor))

    headers = {"Content-Disposition": "attachment; filename=sessions.csv"}
    return Response(stream_with_context(body()), mimetype="text/csv", headers=headers)
