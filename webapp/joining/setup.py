"""Put joining on an app, with limits on how often someone may guess."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response

from webapp.extensions import limiter
from webapp.joining.blueprint import blueprint
from webapp.settings import Settings
from webapp.store import codes

#: How many times as many wrong tries one address may make as one code gets: many people may share an address.
ADDRESS_FACTOR = 10


def set_up(app: Flask, options: Settings) -> None:
    """The routes, each counted per code or link and, more generously, per address; only what failed counts."""
    app.register_blueprint(blueprint)
    for endpoint in ("joining.by_code", "joining.by_link"):
        view: Callable[..., ResponseReturnValue] = app.ensure_sync(app.view_functions[endpoint])
        for number, key in (
            (options.login_attempts, _secret),
            (options.login_attempts * ADDRESS_FACTOR, get_remote_address),
        ):
            view = limiter(app).limit(
                f"{number} per minute", key_func=key, methods=["POST"], deduct_when=_refused
            )(view)
        app.view_functions[endpoint] = view


def _secret() -> str:
    """The code or link that is tried, however it was typed."""
    token = (request.view_args or {}).get("token")
    return f"link {token}" if token else f"code {codes.normal(request.form.get('code', ''))}"


def _refused(response: Response) -> bool:
    """An attempt that worked answers with a redirect."""
    return response.status_code != HTTPStatus.FOUND
