"""Put the app together: settings, extensions, guards, rooms."""

from __future__ import annotations

from flask import Flask

from webapp import (
    assets,
    auth,
    clinic,
    dev,
    errors,
    extensions,
    figures,
    joining,
    languages,
    live,
    logs,
    pages,
    patient,
    plan_words,
    policy,
    preferences,
    security,
    shell,
    therapist,
    unread,
    videos,
    words,
)
from webapp.settings import Settings


def build(settings: Settings) -> Flask:
    """An app with these settings. Nothing is read from the environment here, so several can live in one process.

    Raises PolicyError when a route or socket event has no line in the policy table.
    """
    logs.set_up(settings)
    app = Flask("webapp", static_folder=None)
    app.config.update(SECRET_KEY=settings.signing_key(), TESTING=settings.env == "testing")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    logs.log_requests(app)
    errors.handle_errors(app)
    sockets = extensions.set_up(app, settings)
    security.guard(app, settings)
    languages.set_up(app)  # before flask-security, which looks for it
    auth.set_up(app, settings)
    assets.set_up(app)
    words.set_up(app)
    unread.set_up(app)
    preferences.set_up(app)
    plan_words.set_up(app)
    figures.set_up(app)
    for room in (pages, shell, patient, therapist, clinic, videos):
        app.register_blueprint(room.blueprint)
    joining.set_up(app, settings)
    if not settings.production:
        app.register_blueprint(dev.blueprint)
    live.set_up(app, sockets)
    policy.enforce(app)
    policy.check_routes(app)
    return app
