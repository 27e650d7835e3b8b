"""Put flask-security on an app, with argon2 and without the features we do not use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_security import Security, login_user
from werkzeug.wrappers import Response

from webapp.auth import device_login, leaving, passkeys, ways
from webapp.auth.accounts import AccountDatastore
from webapp.auth.blueprint import blueprint
from webapp.auth.challenges import Challenges
from webapp.auth.forms import LoginForm
from webapp.demo.accounts import DEMO_EMAILS
from webapp.extensions import database, limiter, settings
from webapp.i18n import _
from webapp.settings import Settings
from webapp.store.tables import Role

#: The modules whose routes stand on the blueprint.
ROUTES = (ways, passkeys)

#: Fast hashing for tests only: they make many accounts and guard none.
CHEAP_ARGON2 = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}


#: How many times as many wrong passwords one address may send as one account: many people may share an address.
ADDRESS_FACTOR = 10


def set_up(app: Flask, options: Settings) -> None:
    """Login and logout at /login and /logout, devices that stay signed in, passkeys, and the demo buttons."""
    app.config.update(_configuration(options))
    datastore = AccountDatastore(database(app), demo=options.demo)
    Security(app, datastore, login_form=LoginForm)
    app.extensions["coach_challenges"] = Challenges()
    device_login.set_up(app)
    leaving.set_up(app)
    app.register_blueprint(blueprint)
    _limit_guesses(app, options)


def _limit_guesses(app: Flask, options: Settings) -> None:
    """Wrong passwords are counted per account and address, and more generously per address: a clinic has one."""
    view: Callable[..., ResponseReturnValue] = app.ensure_sync(app.view_functions["security.login"])
    for number, key in (
        (options.login_attempts, _account_and_address),
        (options.login_attempts * ADDRESS_FACTOR, get_remote_address),
    ):
        view = limiter(app).limit(
            f"{number} per minute", key_func=key, methods=["POST"], deduct_when=_refused
        )(view)
    app.view_functions["security.login"] = view


def _account_and_address() -> str:
    return f"{request.form.get('email', '').strip().lower()} {get_remote_address()}"


def _refused(response: Response) -> bool:
    """A login that worked answers with a redirect."""
    return response.status_code != HTTPStatus.FOUND


def _configuration(options: Settings) -> dict[str, object]:
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": {
            "argon2"
        },  # argon2 has no length limit that a second hash would lift
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP_ARGON2 if options.env == "testing" else {},
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
        "SECURITY_LOGIN_USER_TEMPLATE": "auth/login.html",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "pages.home",
        "SECURITY_POST_LOGOUT_VIEW": "security.login",
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_CACHE_CONTROL": None,  # ours holds for every page
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=options.login_hours),
        "SESSION_COOKIE_NAME": "__Host-coach" if options.production else "coach",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": options.production,
        "REMEMBER_COOKIE_DURATION": timedelta(0),
    }


@blueprint.post("/login/demo/<any(patient, therapist, clinic):role>")
def demo_login(role: Role) -> Response:
    """One click into the demo clinic. Only in demo mode; elsewhere there is no such page."""
    if not settings().demo:
        abort(404)
    datastore: AccountDatastore = current_app.extensions["security"].datastore
    user = datastore.find_user(email=DEMO_EMAILS[role])
    if user is None:
        abort(404, _("There is no demo clinic yet. Make one with: coach demo"))
    login_user(user, authn_via=["demo"])
    return redirect(url_for("pages.home"))
