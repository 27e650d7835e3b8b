"""The live session: landmarks in over a socket, what to show and say out, every repetition kept before it is told."""

from __future__ import annotations

from flask import Flask
from flask_socketio import SocketIO

from webapp import policy
from webapp.extensions import database, settings
from webapp.live import assess_routes, quiet, routes
from webapp.live.handshake import Handshakes
from webapp.live.measuring import Measuring, Tickets
from webapp.live.namespace import EVENTS, LiveNamespace
from webapp.live.pictures import Pictures
from webapp.live.registry import Registry
from webapp.store.series import FolderSeries
from webapp.store.writer import Writer

__all__ = ["assess_routes", "set_up"]


def set_up(app: Flask, sockets: SocketIO) -> None:
    """The live page and its socket. Nothing runs until somebody opens a session."""
    policy.check_events(EVENTS)
    series = FolderSeries(settings(app).data_dir / "series")
    registry = Registry(database(app), Writer(database(app)), series)
    pictures = Pictures(settings(app).picture_slots)
    handshakes = Handshakes(str(app.config["SECRET_KEY"]))
    app.extensions["coach_live"] = registry
    app.extensions["coach_handshakes"] = handshakes
    app.extensions["coach_tickets"] = Tickets(str(app.config["SECRET_KEY"]))
    app.extensions["coach_measuring"] = Measuring()
    app.extensions["coach_pictures"] = pictures
    app.register_blueprint(routes.blueprint)
    sockets.on_namespace(LiveNamespace(registry, handshakes, pictures))
    quiet.hush()
