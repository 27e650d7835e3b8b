"""What makes the app installable, and what is left of it without a network: manifest, service worker, offline page.

Only files that are the same for everybody are kept by the worker, and one page without anybody's name on it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, url_for
from flask_babel import force_locale

from webapp.assets import FOLDER
from webapp.i18n import _, language
from webapp.languages import ENGLISH, LANGUAGES, direction
from webapp.modules import brought_along

blueprint = Blueprint("shell", __name__)

OFFLINE_SCRIPT = "js/offline_page.js"
_STYLES = ("vendor/fonts.css", "css/tokens.css", "css/base.css", "css/components.css", "css/pages.css")  # fmt: skip
ICONS_PX = (192, 512)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What the system shows of the installed app."""
    icons = [
        {"src": asset(f"icons/app-{px}.png"), "sizes": f"{px}x{px}", "type": "image/png", "purpose": "any maskable"}
        for px in ICONS_PX
    ]  # fmt: skip
    said: dict[str, Any] = {
        "id": "/",
        "name": _("Form coach"),
        "short_name": _("Form coach"),
        "description": _("Do the exercises your therapist chose, and see how far you move."),
        "start_url": url_for("patient.today"),
        "scope": "/",
        "display": "standalone",
        "lang": language(),
        "dir": direction(),
        "background_color": "#faf7f2",
        "theme_color": "#faf7f2",
        "icons": icons,
    }
    answer = jsonify(said)
    answer.mimetype = "application/manifest+json"
    return answer


@blueprint.get("/sw.js")
def worker() -> Response:
    """The service worker, which begins with what it has to keep."""
    begin = f"self.shell = {json.dumps(_kept())};\n"
    source = (FOLDER / "js" / "service_worker.js").read_text(encoding="utf-8")
    answer = Response(begin + source, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/offline/<code>")
def offline(code: str) -> Response:
    """The page that is shown without a network, in one language."""
    if code not in LANGUAGES:
        abort(404)
    with force_locale(code):
        answer = Response(
            render_template("offline.html", data=_texts(), language=code, direction=direction())
        )
    answer.headers["Content-Language"] = code
    return answer


def asset(name: str) -> str:
    """The address of a static file."""
    return url_for("assets.file", version=_version(), filename=name)


def _version() -> str:
    return str(current_app.extensions["coach_assets"])


def _kept() -> dict[str, Any]:
    return {
        "version": _version(),
        "assets": url_for("assets.file", version=_version(), filename=""),
        "offline": url_for("shell.offline", code=ENGLISH),
        "files": [asset(name) for name in _files()],
    }


@cache
def _files() -> tuple[str, ...]:
    """Everything the offline page loads."""
    fonts = sorted(path.name for path in (FOLDER / "vendor" / "fonts").glob("*-latin-?00-*.woff2"))
    return (
        "icon.svg",
        "vendor/icons.svg",
        *_STYLES,
        *brought_along(OFFLINE_SCRIPT),
        *(f"vendor/fonts/{name}" for name in fonts),
    )


def _texts() -> dict[str, str]:
    """What the offline page's script writes. `EXERCISE` stands for the id of the prescription."""
    return {
        "exercise": url_for("live.page", prescription_id="EXERCISE"),
        "health": url_for("pages.healthz"),
        "waits": _("{seconds} seconds of your exercise wait on this device."),
        "none": _("Nothing waits to be sent."),
        "sending": _("The connection is back. Sending what you did…"),
        "sent": _("Everything is sent."),
        "later": _("It could not be sent yet. It stays on this device, and is sent when you open the exercise again."),
    }  # fmt: skip
