"""Structured logs: one JSON object a line, with a request id and without personal data."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

from webapp.settings import Settings
from webapp.store.base import new_id

#: Keys that may name a person; whatever is logged under them is replaced.
PRIVATE = frozenset(
    {"email", "name", "password", "token", "cookie", "birth_year", "address", "why"}
)

log = structlog.stdlib.get_logger("coach")


def _without_personal_data(
    _logger: object, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key in PRIVATE & entry.keys():
        entry[key] = "(withheld)"
    return entry


def set_up(settings: Settings) -> None:
    """Send our logs to standard error in the chosen form."""
    last: Any = structlog.processors.JSONRenderer()
    if settings.log_format == "console":
        last = structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _without_personal_data,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            getattr(logging, settings.log_level.upper())
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def log_requests(app: Flask) -> None:
    """One line per request: which route, what answer, how long. Paths hold ids, so the route's name stands for them."""

    @app.before_request
    def begin() -> None:
        g.request_id = new_id()[-12:]
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        took_ms = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
        if request.endpoint not in ("assets.file", "pages.healthz", "live.measuring_frames"):
            log.info(
                "request", id=request_id(), route=request.endpoint, method=request.method,
                status=response.status_code, took_ms=took_ms,
            )  # fmt: skip
        return response


def request_id() -> str:
    """The id of this request, which a person can quote when something went wrong."""
    return str(g.get("request_id", "-"))
