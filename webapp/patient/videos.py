"""A video of an exercise: upload it, see how far its analysis is, call it off."""

from __future__ import annotations

import shutil

from flask import abort, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.auth.actor import current_actor
from webapp.extensions import database, settings
from webapp.i18n import _, _l
from webapp.patient.blueprint import blueprint
from webapp.patient.receiving import Receiver
from webapp.store import access, jobs, programs
from webapp.store import videos as store
from webapp.store.access import Actor, NotVisible
from webapp.store.base import utc_now
from webapp.store.job_tables import OPEN

MB = 1 << 20
#: So many of a patient's videos may wait at a time.
MOST_WAITING = 5
#: Why a video could not be analysed, by the key that its job keeps.
ERRORS = {
    "unreadable": _l(
        "This file could not be read as a video. Record it again with your phone's camera, and send the whole "
        "file (MP4, MOV or WebM)."
    ),
    "nobody": _l(
        "Nobody was found in this video. The whole body should be in the picture, in good light, two to three "
        "metres away."
    ),
    "too_long": _l("This video is too long. Cut it to the exercise, or record a shorter one."),
    "too_big": _l(
        "The pictures of this video are too large. Record it in a usual size, such as 1080p."
    ),
    "too_slow": _l(
        "Looking at this video took too long, so it was stopped. A shorter video may work."
    ),
}
OUR_FAULT = _l(
    "Something went wrong here while looking at your video. That was not your fault. Try it once more; if it "
    "stays, tell your clinic."
)


def _own_check(state: BlueprintSetupState) -> None:
    """The general check of forms would read a large one before anybody is asked who sends it: ours comes after."""
    state.app.extensions["csrf"].exempt(f"{__name__}.upload")


blueprint.record_once(_own_check)


@blueprint.get("/videos")
def videos() -> str:
    """Choose an exercise and a file; below, what was sent before."""
    _must_be_taken()
    return _page(current_actor(), request.args.get("exercise", ""))


@blueprint.post("/videos")
def upload() -> ResponseReturnValue:
    """Take a video and put it in line."""
    _must_be_taken()
    actor = current_actor()
    if problem := _no_room(actor):
        return _page(actor, "", problem), 422
    with Receiver(settings().uploads / actor.clinic_id, settings().upload_mb * MB) as received:
        try:
            received.take(request)
        except RequestEntityTooLarge:
            return _page(actor, "", _too_large()), 422
        chosen = received.form.get("exercise", "")
        if received.file is None:
            return _page(actor, chosen, _("Choose a video file.")), 422
        try:
            job_id = _enqueue(actor, chosen, f"{actor.clinic_id}/{received.file.name}")
        except NotVisible:
            return _page(actor, "", _("Choose one of your exercises.")), 422
        received.keep()
    return redirect(url_for("patient.video", job_id=job_id), 303)


@blueprint.get("/videos/<job_id>")
def video(job_id: str) -> str:
    """How far it is; as a part of the page for the page's own asking."""
    actor = current_actor()
    with database().reading() as db:
        job = access.require_job(db, actor, job_id)
        exercise_id = str(job.args["exercise"])
        template = (
            "patient/_video.html" if "HX-Request" in request.headers else "patient/video.html"
        )
        return render_template(
            template, job=job, exercise_id=exercise_id, open=job.status in OPEN, ahead=jobs.ahead(db, job),
            why=ERRORS.get(job.error or "", OUR_FAULT),
        )  # fmt: skip


@blueprint.post("/videos/<job_id>/cancel")
def cancel_video(job_id: str) -> ResponseReturnValue:
    """Nobody need look at it any more: it is deleted now, or as soon as whoever looks at it hears of that."""
    actor = current_actor()
    with database().writing() as db:
        job = access.require_job(db, actor, job_id)
        waiting = job.status == "waiting"
        file = settings().uploads / str(job.args["file"])
        if jobs.cancel(db, job, utc_now()) and waiting:
            file.unlink(missing_ok=True)
    return redirect(url_for("patient.videos"), 303)


def _must_be_taken() -> None:
    """Where a clinic takes no videos there are no such pages."""
    if not settings().upload_mb:
        abort(404)


def _enqueue(actor: Actor, prescription_id: str, file: str) -> str:
    with database().writing() as db:
        prescription = access.require_prescription(db, actor, prescription_id)
        return store.enqueue(db, actor, prescription, file, settings().upload_minutes).id


def _page(actor: Actor, chosen: str, problem: str = "") -> str:
    with database().reading() as db:
        tasks = [(row.id, row.exercise_id) for row in programs.of_patient(db, actor.person_id)]
        sent = jobs.of_patient(db, actor, store.KIND)
        return render_template(
            "patient/videos.html", tasks=tasks, chosen=chosen, problem=problem, sent=sent,
            limit_mb=settings().upload_mb, limit_minutes=settings().upload_minutes, too_large=_too_large(),
        )  # fmt: skip


def _too_large() -> str:
    return _(
        "This file is too large: at most %(mb)d MB. Record a shorter video, or in a lower quality.",
        mb=settings().upload_mb,
    )


def _no_room(actor: Actor) -> str:
    """Why nothing can be taken now; empty when it can."""
    with database().reading() as db:
        if jobs.count_open(db, actor.person_id, store.KIND) >= MOST_WAITING:
            return _(
                "Several of your videos are still waiting. Send the next one when they are done."
            )
    settings().make_data_dir()
    if shutil.disk_usage(settings().data_dir).free < 2 * settings().upload_mb * MB:
        return _("There is no room for videos at your clinic just now. Try again tomorrow.")
    return ""
