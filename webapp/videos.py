"""A therapist's own film of an exercise, to whoever may see it."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor
from webapp.extensions import database, settings
from webapp.store import own_videos
from webapp.store.access import NotVisible

blueprint = Blueprint("videos", __name__)


def folder() -> Path:
    """Where the films of this app lie."""
    return settings().data_dir.absolute() / "videos"


@blueprint.get("/films/<video_id>")
def film(video_id: str) -> ResponseReturnValue:
    """The film, in parts as the browser asks for them."""
    with database().reading() as db:
        row = own_videos.require(db, current_actor(), video_id)
        at, mime = own_videos.place(folder(), row), row.mime
    if not at.is_file():
        raise NotVisible
    return send_file(at, mimetype=mime, conditional=True)
