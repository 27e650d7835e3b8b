"""A patient's wishes for how pages look and work, known to every template."""

from __future__ import annotations

from typing import cast

from flask import Flask, g

from webapp.auth.actor import actor_or_none
from webapp.extensions import database
from webapp.logs import log
from webapp.store import preferences
from webapp.store.engine import DatabaseFault
from webapp.store.preferences import Preferences


def set_up(app: Flask) -> None:
    """Give templates `preferences`, and `exercise_page`: the endpoint where this patient exercises."""
    app.context_processor(lambda: {"preferences": chosen(), "exercise_page": exercise_page()})


def chosen() -> Preferences:
    """The wishes of this request's patient, read once; as it comes for everybody else."""
    if "preferences" not in g:
        g.preferences = _read()
    return cast(Preferences, g.preferences)


def exercise_page() -> str:
    """Where *Start* leads: to the camera, or to the timer for who exercises without one."""
    return "patient.timer" if chosen().no_camera else "live.page"


def _read() -> Preferences:
    try:
        actor = actor_or_none()
        if actor is None or actor.role != "patient":
            return Preferences()
        with database().reading() as session:
            return preferences.of(session, actor)
    except DatabaseFault as error:  # the page that says what went wrong is shown as it comes
        log.warning("preferences_not_read", cause=str(error))
        return Preferences()
