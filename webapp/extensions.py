"""The Flask extensions, made per app so that two apps in one process share nothing."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_socketio import SocketIO
from flask_wtf.csrf import CSRFProtect

from webapp.settings import Settings
from webapp.store.engine import Database

#: A message holds at most eight frames of under 940 bytes, or one small picture; the engine's default of 1 MB only
#: serves attackers.
SOCKET_MESSAGE_BYTES = 192 * 1024


def set_up(app: Flask, options: Settings) -> SocketIO:
    """Put the database and the extensions on an app. Returns the socket server, which listens for nothing yet."""
    app.extensions["coach_settings"] = options
    app.extensions["coach_database"] = Database(options.database)
    app.config["WTF_CSRF_TIME_LIMIT"] = (
        None  # as long as the login: a page may stay open through a long exercise
    )
    CSRFProtect(app)  # before flask-security, which looks for it
    app.extensions["coach_limiter"] = Limiter(get_remote_address, app=app, storage_uri="memory://")
    return SocketIO(
        app,
        async_mode="threading",  # left to itself it picks whatever some tool installed
        transports=["websocket"],
        cors_allowed_origins=options.allowed_origins or None,  # None: our own origin only
        async_handlers=False,  # a thread per message loses their order
        max_http_buffer_size=SOCKET_MESSAGE_BYTES,
    )


def settings(app: Flask | None = None) -> Settings:
    """The settings of the app (default: the one that runs)."""
    return cast(Settings, (app or current_app).extensions["coach_settings"])


def database(app: Flask | None = None) -> Database:
    """The database of the app (default: the one that runs)."""
    return cast(Database, (app or current_app).extensions["coach_database"])


def limiter(app: Flask | None = None) -> Limiter:
    """The rate limiter of the app (default: the one that runs)."""
    return cast(Limiter, (app or current_app).extensions["coach_limiter"])
