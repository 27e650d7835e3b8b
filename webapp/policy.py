"""Who may use which route and which socket event: one table, deny by default.

A route or event that is not in the table stops the app at start (`check_routes`, `check_events`). The table says who
may knock; which patient's data they then see is decided by `webapp.store.access`, and only there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import current_actor, signed_in
from webapp.store.tables import ROLES

ANYONE: Final = frozenset({"anyone"})
NOBODY: Final = frozenset[str]()
SIGNED_IN: Final = frozenset(ROLES)
PATIENT: Final = frozenset({"patient"})
THERAPIST: Final = frozenset({"therapist"})
CLINIC: Final = frozenset({"clinic"})
STAFF: Final = THERAPIST | CLINIC

Who = frozenset[str]

#: Endpoint -> who. One line per route.
ROUTES: Final[dict[str, Who]] = {
    "assets.file": ANYONE,
    "pages.home": ANYONE,
    "pages.healthz": ANYONE,
    "pages.about": ANYONE,
    "dev.components": ANYONE,  # registered outside production only
    "security.login": ANYONE,
    "security.logout": SIGNED_IN,
    "security.verify": NOBODY,  # comes with flask-security; nothing here asks for a fresh login yet
    "auth.demo_login": ANYONE,
    "patient.today": PATIENT,
    "patient.history": PATIENT,
    "patient.session": PATIENT,
    "patient.by_hand": PATIENT,
    "patient.settings": PATIENT,
    "patient.progress": PATIENT,
    "patient.before": PATIENT,
    "patient.timer": PATIENT,
    "patient.after": PATIENT,
    "patient.count": PATIENT,
    "patient.morning": PATIENT,
    "patient.sure": PATIENT,
    "patient.skip": PATIENT,
    "patient.goal": PATIENT,
    "patient.videos": PATIENT,
    "patient.upload": PATIENT,
    "patient.video": PATIENT,
    "patient.cancel_video": PATIENT,
    "patient.pictures": PATIENT,
    "therapist.patients": THERAPIST,
    "therapist.patient": THERAPIST,
    "therapist.add": THERAPIST,
    "therapist.edit": THERAPIST,
    "therapist.revise": THERAPIST,
    "therapist.line": THERAPIST,
    "therapist.activate": THERAPIST,
    "therapist.mind": THERAPIST,
    "therapist.session": STAFF,
    "therapist.angles": STAFF,
    "live.page": PATIENT,
    "live.movement": PATIENT,
    "live.token": PATIENT,
    "live.pictures": PATIENT,
    "clinic.sessions": CLINIC,
    "clinic.sessions_csv": CLINIC,
}

#: Socket event -> who. Asked again at every event: a login may have ended since the connection was made.
EVENTS: Final[dict[str, Who]] = {
    "connect": PATIENT,
    "open": PATIENT,
    "frames": PATIENT,
    "picture": PATIENT,
    "disconnect": PATIENT,
}


class PolicyError(Exception):
    """A route or event is not declared in the table, so nobody could say who may use it."""


def check_routes(app: Flask) -> None:
    """Raise PolicyError that names every route without a line in the table."""
    undeclared = {rule.endpoint for rule in app.url_map.iter_rules()} - ROUTES.keys()
    if undeclared:
        raise PolicyError(
            f"routes without a rule in webapp/policy.py: {', '.join(sorted(undeclared))}"
        )


def check_events(events: Iterable[str]) -> None:
    """Raise PolicyError that names every socket event without a line in the table."""
    undeclared = set(events) - EVENTS.keys()
    if undeclared:
        raise PolicyError(
            f"socket events without a rule in webapp/policy.py: {', '.join(sorted(undeclared))}"
        )


def may_use(who: Who, role: str | None) -> bool:
    """Whether someone in this role (None: not signed in) is among `who`."""
    return "anyone" in who or role in who


def may_send(event: str, role: str | None) -> bool:
    """Whether someone in this role may send this socket event; an undeclared event is for nobody."""
    return may_use(EVENTS.get(event, frozenset()), role)


def enforce(app: Flask) -> None:
    """Ask the table before every request. Who is not signed in is sent to the login, who is wrong here gets a 403."""

    @app.before_request
    def ask() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None  # no such page: the 404 comes by itself
        who = ROUTES.get(request.endpoint, frozenset())
        if may_use(who, None):
            return None
        if not signed_in():
            if request.method == "GET" and "HX-Request" not in request.headers:
                return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
            abort(401)
        actor = current_actor()
        if not may_use(who, actor.role):
            abort(403)
        return None
