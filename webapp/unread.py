"""How many messages wait for the reader: the number beside *Messages* on every page."""

from __future__ import annotations

from flask import Flask

from webapp.auth.actor import actor_or_none
from webapp.extensions import database
from webapp.logs import log
from webapp.store import messages
from webapp.store.engine import DatabaseFault


def set_up(app: Flask) -> None:
    """Give templates `unread_messages()`."""

    @app.template_global()
    def unread_messages() -> int:
        actor = actor_or_none()
        if actor is None:
            return 0
        try:
            with database().reading() as session:
                return messages.unread(session, actor)
        except DatabaseFault as error:  # the page that says what went wrong has this number, too
            log.warning("unread_not_counted", cause=str(error))
            return 0
