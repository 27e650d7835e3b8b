"""Looking at a session of a patient. Each view leaves an audit row."""

from __future__ import annotations

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.curves import curves
from webapp.extensions import database, settings
from webapp.review import review
from webapp.store import access, audit, helping
from webapp.store.series import FolderSeries
from webapp.therapist.blueprint import blueprint


@blueprint.get("/sessions/<session_id>")
def session(session_id: str) -> str:
    """One session: repetitions, angles over time, faults."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_session(db, actor, session_id)
        audit.viewed(db, actor, row.patient_id, "session", session=row.id)
        person = access.require_patient(db, actor, row.patient_id)
        return render_template(
            "therapist/session.html",
            row=row,
            person=person,
            review=review(db, row),
            helped_by=helping.names(db, row),
        )


@blueprint.get("/sessions/<session_id>/angles.json")
def angles(session_id: str) -> ResponseReturnValue:
    """The curves of a session, for the chart."""
    with database().writing() as db:
        row = access.require_session(db, current_actor(), session_id)
        audit.viewed(db, current_actor(), row.patient_id, "angles", session=row.id)
    with database().reading() as db:
        answer = jsonify(curves(db, row, FolderSeries(settings().data_dir / "series")))
    if row.status != "live":
        answer.headers["Cache-Control"] = (
            "private, max-age=600"  # judged again each time it is asked for
        )
    return answer
