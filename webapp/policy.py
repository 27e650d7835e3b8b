"""Who may use which route and which socket event: one table, deny by default.

A patient's helper is nobody's role but a part of its own (`Actor.part`): what a helper may do who only looks, who helps
with exercising, or who stands in for the patient, is said here and nowhere else.

A route or event that is not in the table stops the app at start (`check_routes`, `check_events`). The table says who
may knock; which patient's data they then see is decided by `webapp.store.access`, and only there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.auth.actor import actor_or_none, current_actor, signed_in
from webapp.extensions import database
from webapp.store import helping
from webapp.store.access import Actor
from webapp.store.tables import ROLES

ANYONE: Final = frozenset({"anyone"})
NOBODY: Final = frozenset[str]()
PATIENT: Final = frozenset({"patient"})
STANDING_IN: Final = PATIENT | {"helper:stand_in"}
HELPING: Final = STANDING_IN | {"helper:help"}
LOOKING: Final = HELPING | {"helper:see"}
SIGNED_IN: Final = LOOKING | frozenset(ROLES)
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
    "pages.language": ANYONE,
    "shell.manifest": ANYONE,
    "shell.worker": ANYONE,
    "shell.offline": ANYONE,
    "dev.components": ANYONE,  # registered outside production only
    "security.login": ANYONE,
    "security.logout": SIGNED_IN,
    "security.verify": NOBODY,  # comes with flask-security; nothing here asks for a fresh login yet
    "auth.demo_login": ANYONE,
    "auth.passkey_login_options": ANYONE,
    "auth.passkey_login": ANYONE,
    "auth.ways_in": SIGNED_IN,
    "auth.password": SIGNED_IN,
    "auth.sign_out_device": SIGNED_IN,
    "auth.passkey_options": SIGNED_IN,
    "auth.add_passkey": SIGNED_IN,
    "auth.remove_passkey": SIGNED_IN,
    "joining.by_code": ANYONE,
    "joining.by_link": ANYONE,
    "joining.welcome": LOOKING,
    "patient.today": LOOKING,
    "patient.history": LOOKING,
    "patient.session": LOOKING,
    "patient.by_hand": HELPING,
    "patient.settings": STANDING_IN,
    "patient.choose_looks": STANDING_IN,
    "patient.progress": LOOKING,
    "patient.before": HELPING,
    "patient.timer": HELPING,
    "patient.after": HELPING,
    "patient.count": HELPING,
    "patient.morning": HELPING,
    "patient.sure": STANDING_IN,
    "patient.skip": HELPING,
    "patient.goal": STANDING_IN,
    "patient.helpers": PATIENT,
    "patient.invite_helper": PATIENT,
    "patient.end_helper": PATIENT,
    "patient.another_device": PATIENT,
    "patient.inbox": LOOKING,
    "patient.write": STANDING_IN,
    "patient.videos": HELPING,
    "patient.upload": HELPING,
    "patient.video": HELPING,
    "patient.cancel_video": HELPING,
    "patient.pictures": STANDING_IN,
    "therapist.patients": THERAPIST,
    "therapist.invite": THERAPIST,
    "therapist.invitations": THERAPIST,
    "therapist.give_access": THERAPIST,
    "therapist.end_invitation": THERAPIST,
    "therapist.sign_out": THERAPIST,
    "therapist.patient": THERAPIST,
    "therapist.add": THERAPIST,
    "therapist.body": THERAPIST,
    "therapist.add_video": THERAPIST,
    "therapist.remove_video": THERAPIST,
    "videos.film": LOOKING | STAFF,
    "therapist.edit": THERAPIST,
    "therapist.revise": THERAPIST,
    "therapist.line": THERAPIST,
    "therapist.activate": THERAPIST,
    "therapist.mind": THERAPIST,
    "therapist.assessments": THERAPIST,
    "therapist.ask": THERAPIST,
    "therapist.withdraw": THERAPIST,
    "therapist.enter": THERAPIST,
    "therapist.facts": THERAPIST,
    "therapist.move": THERAPIST,
    "therapist.needing": THERAPIST,
    "therapist.attend": THERAPIST,
    "therapist.decide": THERAPIST,
    "therapist.picker": THERAPIST,
    "therapist.favourite": THERAPIST,
    "therapist.save_template": THERAPIST,
    "therapist.remove_template": THERAPIST,
    "therapist.take_over": THERAPIST,
    "therapist.on_paper": THERAPIST,
    "therapist.session": STAFF,
    "therapist.angles": STAFF,
    "therapist.film": STAFF,
    "therapist.reference": STAFF,
    "therapist.differences": STAFF,
    "therapist.judge": THERAPIST,
    "therapist.missed": THERAPIST,
    "therapist.agree": THERAPIST,
    "therapist.agreement": STAFF,
    "therapist.agreement_csv": STAFF,
    "therapist.movements": THERAPIST,
    "therapist.new_movement": THERAPIST,
    "therapist.teach": THERAPIST,
    "therapist.shape": THERAPIST,
    "therapist.save_movement": THERAPIST,
    "therapist.check_movement": THERAPIST,
    "therapist.movement_curve": THERAPIST,
    "therapist.recorded_movement": THERAPIST,
    "therapist.export_movement": THERAPIST,
    "therapist.put_movement_away": THERAPIST,
    "therapist.inbox": THERAPIST,
    "therapist.thread": THERAPIST,
    "therapist.write": THERAPIST,
    "live.page": HELPING,
    "live.movement": HELPING,
    "live.token": HELPING,
    "live.assess": HELPING,
    "live.assess_patient": THERAPIST,
    "live.measuring_frames": HELPING | THERAPIST,
    "live.measuring_result": HELPING | THERAPIST,
    "live.measured": LOOKING | THERAPIST,
    "live.pictures": HELPING,
    "clinic.sessions": CLINIC,
    "clinic.sessions_csv": CLINIC,
    "clinic.settings": CLINIC,
}

#: Socket event -> who. Asked again at every event: a login may have ended since the connection was made.
EVENTS: Final[dict[str, Who]] = {
    "connect": HELPING,
    "open": HELPING,
    "frames": HELPING,
    "picture": HELPING,
    "disconnect": HELPING,
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


def may_use(who: Who, part: str | None) -> bool:
    """Whether someone in this part (`Actor.part`; None: not signed in) is among `who`."""
    return "anyone" in who or part in who


def may_send(event: str, part: str | None) -> bool:
    """Whether someone in this part may send this socket event; an undeclared event is for nobody."""
    return may_use(EVENTS.get(event, frozenset()), part)


def may_open(endpoint: str) -> bool:
    """Whether the actor of this request may use a route: what templates ask before they offer it."""
    actor = actor_or_none()
    return may_use(ROUTES.get(endpoint, NOBODY), actor.part if actor else None)


def enforce(app: Flask) -> None:
    """Ask the table before every request. Who is not signed in is sent to the login, who is wrong here gets a 403.

    What a helper does leaves an audit row each time, here where no route can forget it.
    """
    app.jinja_env.globals["may_open"] = may_open

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
        if not may_use(who, actor.part):
            abort(403)
        if actor.helping is not None and who != SIGNED_IN:
            _note(actor)
        return None


def _note(actor: Actor) -> None:
    """What a helper opens or sends, with the ids in the address."""
    ids = {name: str(value) for name, value in (request.view_args or {}).items()}
    with database().writing() as db:
        helping.note(db, actor, str(request.endpoint), method=request.method, **ids)
