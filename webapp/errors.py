"""What a person or a program is told when something goes wrong: one friendly page, one JSON shape.

JSON: `{"ok": false, "error": {"status": 404, "code": "not_found", "message": "...", "id": "..."}}`. The id stands in
the log beside the cause; nothing else of the cause leaves the server.
"""

from __future__ import annotations

import traceback

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, NotFound

from coach.errors import CoachError
from webapp.i18n import _
from webapp.logs import log, request_id
from webapp.store.access import NotVisible


def handle_errors(app: Flask) -> None:
    """Answer every error, ours or Flask's, in the one shape."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(CSRFError, _answer)
    app.register_error_handler(NotVisible, lambda error: _answer(NotFound()))
    app.register_error_handler(CoachError, lambda error: _answer(BadRequest(str(error))))
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Whether the asker is a program."""
    if request.path.startswith("/api/"):
        return True
    accept = request.accept_mimetypes
    return accept.best_match(["text/html", "application/json"]) == "application/json"


def _unexpected(error: Exception) -> Response:
    """Our fault: the cause goes to the log, the id to the person."""
    log.error(
        "unexpected",
        id=request_id(),
        route=request.endpoint,
        cause="".join(traceback.format_exception(error)),
    )
    return _answer(InternalServerError())


def _answer(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect, or an answer made elsewhere
        return make_response(error.response)
    status = error.code or 500
    title, words = _words(error, status)
    if wants_json():
        body = {
            "status": status,
            "code": error.name.lower().replace(" ", "_"),
            "message": words,
            "id": request_id(),
        }
        return make_response(jsonify({"ok": False, "error": body}), status)
    page = render_template("error.html", title=title, words=words, id=request_id(), status=status)
    return make_response(page, status)


def _words(error: HTTPException, status: int) -> tuple[str, str]:
    """A title and one plain sentence. Only descriptions that we wrote ourselves are shown as they are."""
    ours = error.description if error.description != type(error).description else None
    if isinstance(error, CSRFError):
        return _("Please send that again"), _(
            "The page was open for too long. Go back, reload it and try again."
        )
    known = {
        400: (
            _("That did not work"),
            _("Something in what was sent is not as expected. Go back and try again."),
        ),
        401: (_("Please log in"), _("This page is for people who are logged in.")),
        403: (
            _("This page is not for you"),
            _("Your account does not open this page. If it should, ask your clinic."),
        ),
        404: (_("Nothing here"), _("There is no such page, or you may not see it.")),
        405: (_("That did not work"), _("This page cannot be used in that way.")),
        413: (_("Too large"), _("What was sent is too large.")),
        429: (
            _("A little slower, please"),
            _("That was tried too often. Wait a minute and try again."),
        ),
    }
    sorry = (
        _("Something went wrong here"),
        _("That was our fault, not yours. Nothing you did before is lost."),
    )
    title, words = known.get(status, sorry)
    return title, ours if ours and status in (400, 404, 422) else words
