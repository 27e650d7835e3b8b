"""The pages of the live session: the page itself, the movement to show, and the token that opens the socket."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, current_app, render_template, request, session, url_for

from poses.cautions import touching
from webapp import doses, exercises
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database
from webapp.i18n import language
from webapp.live import page_data, words
from webapp.live.handshake import Handshakes
from webapp.live.page_data import Asked
from webapp.live.pictures import Pictures
from webapp.store import access, consents, log, own_videos, programs
from webapp.store.base import utc_now
from webapp.words import as_prescribed

blueprint = Blueprint("live", __name__, template_folder="templates")


@blueprint.get("/exercise/<prescription_id>")
def page(prescription_id: str) -> str:
    """Explain, ask for the camera, guide into place, count and coach."""
    actor = current_actor()
    _handshakes().tie(session)  # now, because a socket opens with the cookie of this answer
    with database().reading() as db:
        prescription = access.require_prescription(db, actor, prescription_id)
        today = local_today(actor, utc_now())
        wish = programs.judged(db, programs.current(db, prescription.id), today)
        rows = programs.of_patient(db, prescription.patient_id)
        done = log.times_done(db, prescription.patient_id, today)
        asked = consents.latest(db, actor.person_id) is not None
        video = own_videos.shown(db, prescription)
        agreed = consents.given(db, actor.person_id, consents.PICTURES)
        noted = access.require_patient(db, actor, prescription.patient_id).cautions or ()
    exercise, prescribed = as_prescribed(exercises.load(prescription.exercise_id), wish)
    program = {row.exercise_id: row.id for row in rows if row.exercise_id != exercise.id}
    following = next((one for one, its in program.items() if its not in done), None)
    short = request.args.get("short") == "1"
    return render_template(
        "live/live.html",
        exercise=exercise,
        asked=asked,
        agreed=agreed and _pictures().capacity > 0,
        data=page_data.for_page(
            exercise,
            doses.of_day(exercise, prescribed, short=short),
            prescription_id,
            Asked(request.args.get("source", ""), short, request.args.get("auto") == "1"),
            program,
            following,
        )
        | {"pictures": {"taken": _pictures().capacity > 0, "agreed": agreed}},
        video=video,
        cautions=touching(exercise, noted, language()),
        timer_url=url_for("patient.timer", prescription_id=prescription_id),
        manual_url=url_for("patient.by_hand", prescription_id=prescription_id),
        back_url=url_for("patient.today"),
        reasons=words.stop_reasons(),
        placement=words.placement(exercise),
    )


@blueprint.get("/exercise/<prescription_id>/movement.json")
def movement(prescription_id: str) -> dict[str, Any]:
    """The reference movement, for the figure and the ghost."""
    with database().reading() as db:
        prescription = access.require_prescription(db, current_actor(), prescription_id)
    return page_data.movement(exercises.load(prescription.exercise_id))


@blueprint.post("/exercise/token")
def token() -> dict[str, str]:
    """A one-time token for this login's next socket."""
    return {"token": _handshakes().issue(session)}


@blueprint.post("/exercise/pictures")
def pictures() -> dict[str, bool]:
    """The patient agrees that this browser sends pictures; says whether there is room for one more."""
    with database().writing() as db:
        if not consents.given(db, current_actor().person_id, consents.PICTURES):
            consents.decide(db, current_actor(), True, consents.PICTURES)
    return {"room": _pictures().room}


def _pictures() -> Pictures:
    return cast(Pictures, current_app.extensions["coach_pictures"])


def _handshakes() -> Handshakes:
    return cast(Handshakes, current_app.extensions["coach_handshakes"])
