"""Measuring in front of the camera: by the patient at home, or on the therapist's screen with the patient there."""

from __future__ import annotations

from typing import Any, cast

import msgspec
import numpy as np
from flask import current_app, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from coach.errors import NotMeasuredError
from coach.landmarks import Side
from coach.state import ENGINE_VERSION
from poses import catalogue
from webapp import assessed, assessed_words
from webapp.assessed import Assessment, Course
from webapp.auth.actor import current_actor
from webapp.days import local_today
from webapp.extensions import database, settings
from webapp.i18n import language
from webapp.live import assess_words, page_data, words
from webapp.live.archive import as_file
from webapp.live.measuring import Measuring, MessageError, Running, Ticket, Tickets, TooLongError
from webapp.live.routes import blueprint
from webapp.store import access, assessments, audit, consents
from webapp.store.access import Actor, NotVisible
from webapp.store.assessment_tables import AssessmentResult
from webapp.store.assessments import Origin
from webapp.store.base import utc_now
from webapp.store.engine import Session
from webapp.store.series import FolderSeries
from webapp.store.tables import Person

TICKET = "X-Assessment"
Answer = dict[str, Any]
#: Exercises whose figure shows a motion that is no exercise by itself.
_FIGURES = {"knee_flexion": "hamstring_curl", "knee_extension": "seated_knee_extension",
            "hip_flexion": "knee_raise", "elbow_flexion": "biceps_curl", "elbow_extension": "biceps_curl"}  # fmt: skip


@blueprint.get("/assess/<request_id>")
def assess(request_id: str) -> str:
    """The patient measures what the therapist asked for."""
    actor = current_actor()
    with database().reading() as db:
        row = assessments.require_request(db, actor, request_id)
        patient = access.require_patient(db, actor, row.patient_id)
    what = assessed.find(row.name)
    back = url_for("patient.today")
    return _page(actor, patient, what, what.side(row.side), row.id, back)


@blueprint.get("/patients/<patient_id>/assess/<name>")
def assess_patient(patient_id: str, name: str) -> str:
    """The therapist measures a patient who is in front of the camera."""
    actor = current_actor()
    what = assessed.find(name)
    side = what.side(request.args.get("side"))
    with database().writing() as db:
        patient = access.require_patient(db, actor, patient_id)
        audit.viewed(db, actor, patient.id, "assess", assessment=name)
    back = url_for("therapist.assessments", patient_id=patient_id)
    return _page(actor, patient, what, side, None, back)


@blueprint.post("/measuring/frames")
def measuring_frames() -> Answer:
    """Landmarks of a measurement under way; the answer says what to show, and up to which number all is there."""
    try:
        _ticket, running = _running()
        with running.lock:
            view = running.take(request.get_data())
            return {"seen": running.seen, "view": msgspec.to_builtins(view)}
    except MessageError:
        return {"error": "malformed"}
    except TooLongError:
        return {"error": "too_long"}


@blueprint.post("/measuring/result")
def measuring_result() -> Answer:
    """The end of a measurement: its result is kept, and the answer says where it is shown, or why there is none."""
    try:
        ticket, running = _running()
        last = int(request.form.get("last", ""))
    except TooLongError:
        return {"error": "too_long"}
    except ValueError:
        return {"error": "malformed"}
    with running.lock:
        if running.seen < last:
            return {"seen": running.seen}
        try:
            row = _keep(current_actor(), ticket, running)
        except NotMeasuredError as error:
            _measuring().forget(ticket.run_id)
            return {"problem": assess_words.problem(error.reason)}
    _measuring().forget(ticket.run_id)
    return {"url": url_for("live.measured", result_id=row.id)}


@blueprint.get("/measured/<result_id>")
def measured(result_id: str) -> str:
    """One result: in plain words for the patient, in numbers for the therapist."""
    actor = current_actor()
    with database().writing() as db:
        row = assessments.require_result(db, actor, result_id)
        audit.viewed(db, actor, row.patient_id, "assessment", result=row.id)
        patient = access.require_patient(db, actor, row.patient_id)
        rows = assessments.results(db, actor, row.patient_id)
    same = [
        one for one in rows if (one.name, one.side) == (row.name, row.side) and one.id <= row.id
    ]
    again = _again(actor, row)
    course = Course(assessed.find(row.name), row.side, tuple(same))
    return render_template(
        "live/measured.html",
        course=course,
        row=row,
        person=patient,
        again=again,
        says=assessed_words,
    )


def _again(actor: Actor, row: AssessmentResult) -> str | None:
    """Where to measure the same once more; None for a patient whom nobody has asked."""
    if actor.role == "patient":
        return url_for("live.assess", request_id=row.request_id) if row.request_id else None
    return url_for("live.assess_patient", patient_id=row.patient_id, name=row.name, side=row.side)


def _page(
    actor: Actor, patient: Person, what: Assessment, side: Side | None, request_id: str | None, back: str
) -> str:  # fmt: skip
    ticket = _tickets().issue(actor, patient.id, what.name, side, request_id)
    data = {
        "ticket": ticket,
        "kind": what.test.kind if what.test else "motion",
        "seconds": what.test.seconds if what.test else 0,
        "reps": what.test.reps if what.test else 0,
        "edges": page_data.limbs([what.motion.angle]) if what.motion else page_data.edges(what.exercise),
        "guide_first": [
            *(f"show_{part}" for part in what.exercise.camera.see[:3]),
            f"turn_{what.exercise.camera.views[0]}",
        ],
        "language": language(),
        "csrf": generate_csrf(),
        "urls": {
            "frames": url_for("live.measuring_frames"), "result": url_for("live.measuring_result"), "back": back,
            **page_data.landmarker(),
        },
        "figure": _figure(what),
        "texts": assess_words.texts(what),
        "guide": words.guide_texts(),
    }  # fmt: skip
    return render_template(
        "live/assess.html", what=what, side=side, person=patient, data=data, back=back,
        placement=words.placement(what.exercise),
    )  # fmt: skip


def _figure(what: Assessment) -> list[Any] | None:
    """The movement in metres, for the drawn figure, where an exercise shows it."""
    shown = _FIGURES.get(what.name, what.test.exercise if what.test else what.name)
    if shown not in catalogue.ids():
        return None
    return np.round(catalogue.reference(shown).seen_from(), 3).tolist()  # type: ignore[no-any-return]


def _running() -> tuple[Ticket, Running]:
    """The measurement that a request is about. Raises NotVisible, TooLongError."""
    actor = current_actor()
    ticket = _tickets().read(request.headers.get(TICKET, ""), actor)
    with database().reading() as db:
        access.require_patient(db, actor, ticket.patient_id)
        keep = consents.given(db, ticket.patient_id)
    return ticket, _measuring().of(ticket, keep=keep)


def _keep(actor: Actor, ticket: Ticket, running: Running) -> AssessmentResult:
    """The result in the database, with its recording where the patient agreed. Raises NotMeasuredError, NotVisible."""
    now = utc_now()
    what = assessed.find(ticket.name)
    with database().writing() as db:
        patient = access.require_patient(db, actor, ticket.patient_id)
        last = assessments.last_value(db, patient.id, what.name, ticket.side, "camera")
        today = local_today(actor, now)
        found = running.result(assessed.person(patient, last, today))
        origin = Origin("camera", ENGINE_VERSION, ticket.run_id, _open(db, actor, ticket))
        row = assessments.keep(
            db, actor, patient, assessed.outcome(what, ticket.side, found), origin, now
        )
        _keep_series(db, ticket, running, row)
        return row


def _open(db: Session, actor: Actor, ticket: Ticket) -> str | None:
    """The request that a result answers; nothing when it was withdrawn in the meantime."""
    if ticket.request_id is None:
        return None
    try:
        return assessments.require_request(db, actor, ticket.request_id).id
    except NotVisible:
        return None


def _keep_series(db: Session, ticket: Ticket, running: Running, row: AssessmentResult) -> None:
    series = running.series(ticket.name, ticket.side, ENGINE_VERSION)
    if series is not None:
        store = FolderSeries(settings().data_dir / "series")
        stored = store.put(f"{row.clinic_id}/{row.id}.npz", as_file(series))
        assessments.keep_series(db, row, stored, len(series.t_s))


def _tickets() -> Tickets:
    return cast(Tickets, current_app.extensions["coach_tickets"])


def _measuring() -> Measuring:
    return cast(Measuring, current_app.extensions["coach_measuring"])
