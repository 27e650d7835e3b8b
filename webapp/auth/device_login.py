"""A device that stays signed in: a long-lived cookie that is believed as long as its row in the database holds.

The cookie stands beside the login of flask-security, which wins while it lasts. Every request asks the database, so a
device that is signed out from elsewhere is out at its next click.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, Request, Response, after_this_request, current_app, g, request
from flask_login import user_logged_in
from flask_security import logout_user

from webapp.auth.accounts import User
from webapp.extensions import database, settings
from webapp.store import devices
from webapp.store.base import utc_now
from webapp.store.entry_tables import DeviceLogin


def set_up(app: Flask) -> None:
    """Believe device cookies where no login is; another account's login ends the device's own."""
    manager: Any = app.extensions["security"].login_manager
    other_ways = manager._request_callback

    @manager.request_loader
    def load(incoming: Request) -> User | None:
        return _user_of_device() or other_ways(incoming)

    user_logged_in.connect(_forget_another, app)


def kind() -> devices.Kind:
    """What kind of device asks."""
    return devices.kind_of(request.user_agent.string)


def begin(secret: str) -> None:
    """This device stays signed in from now on; whoever was signed in on it is not any more."""
    end()
    logout_user()
    _send_cookie(secret)


def end() -> None:
    """This device is not signed in any more, here and in the database."""
    device = _device()
    if device is not None:
        with database().writing() as db:
            devices.sign_out(db, device.account_id, device.id, utc_now())
    if _name() in request.cookies:
        _send_cookie("")


def current() -> DeviceLogin | None:
    """The device that asks, if it is one that stays signed in."""
    return _device()


def _name() -> str:
    return "__Host-coach-device" if settings().production else "coach-device"


def _device() -> DeviceLogin | None:
    """Asked once a request."""
    if "device" not in g:
        secret = request.cookies.get(_name(), "")
        with database().reading() as db:
            g.device = devices.find(db, secret, utc_now()) if secret else None
    found: DeviceLogin | None = g.device
    return found


def _user_of_device() -> User | None:
    device = _device()
    if device is None:
        return None
    user: User | None = current_app.extensions["security"].datastore.find_user(id=device.account_id)
    if user is None or not user.active:
        return None
    _note_use(device)
    return user


def _note_use(device: DeviceLogin) -> None:
    now = utc_now()
    if devices.is_use_to_note(device, now):
        with database().writing() as db:
            devices.note_use(db, device.id, now)
        _send_cookie(request.cookies[_name()])


def _send_cookie(secret: str) -> None:
    """Set the cookie with the answer to this request; an empty secret removes it."""
    production = settings().production
    name = _name()
    guards: Final[dict[str, Any]] = {
        "path": "/",
        "secure": production,
        "httponly": True,
        "samesite": "Lax",
    }

    @after_this_request
    def answer(response: Response) -> Response:
        if secret:
            lasts_s = int(devices.LASTS.total_seconds())
            response.set_cookie(name, secret, max_age=lasts_s, **guards)
        else:
            response.delete_cookie(name, **guards)
        return response


def _forget_another(_app: Flask, user: User, **_more: object) -> None:
    """Someone else logs in on this device: it must not fall back to the first one when that login is over."""
    device = _device()
    if device is not None and device.account_id != user.account_id:
        end()
