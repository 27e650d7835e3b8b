"""A therapist's own film of an exercise: add it, take it away."""

from __future__ import annotations

import io

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.extensions import database
from webapp.i18n import _
from webapp.policy import may_open
from webapp.store import access, own_videos
from webapp.store.base import utc_now
from webapp.therapist.blueprint import blueprint
from webapp.videos import folder

#: The fields beside the film.
FORM_BYTES = 100_000


@blueprint.url_value_preprocessor
def _allow_films(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """A film is larger than a form may be; said here, because the form is read before the view is asked."""
    if endpoint == "therapist.add_video" and may_open(endpoint):
        request.max_content_length = own_videos.MAX_BYTES + FORM_BYTES


@blueprint.post("/program/<prescription_id>/video")
def add_video(prescription_id: str) -> ResponseReturnValue:
    """Keep a film: shown before the exercise, beside the moving figure."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_prescription(db, actor, prescription_id)
        sent = request.files.get("film")
        film = sent.stream if sent else io.BytesIO()
        only = request.form.get("only") == "yes"
        try:
            with film:
                own_videos.keep(db, actor, row, film, folder(), only=only)
        except own_videos.NoVideoError:
            flash(_("Choose a film of type MP4 or WebM, of 100 MB at most."))
        else:
            flash(_("Saved. It is shown before the exercise."))
    return redirect(url_for("therapist.edit", prescription_id=prescription_id))


@blueprint.post("/program/<prescription_id>/video/<video_id>/remove")
def remove_video(prescription_id: str, video_id: str) -> ResponseReturnValue:
    """Show a film no more, and delete it."""
    actor = current_actor()
    with database().writing() as db:
        access.require_prescription(db, actor, prescription_id)
        own_videos.remove(db, actor, own_videos.require(db, actor, video_id), folder(), utc_now())
    flash(_("Removed."))
    return redirect(url_for("therapist.edit", prescription_id=prescription_id))
