"""Logging out: it also ends the device's own login, and asks first where that would shut someone out."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from webapp.auth import device_login
from webapp.extensions import database
from webapp.store import passkeys, people


def set_up(app: Flask) -> None:
    """Put ours around flask-security's logout."""
    leave: Callable[..., ResponseReturnValue] = app.ensure_sync(
        app.view_functions["security.logout"]
    )

    def ask_first() -> ResponseReturnValue:
        if _no_way_back() and request.form.get("sure") != "yes":
            return render_template("auth/leave.html")
        answer = leave()
        device_login.end()
        return answer

    app.view_functions["security.logout"] = ask_first


def _no_way_back() -> bool:
    """Whether this device's login is the only way in that its account has."""
    device = device_login.current()
    if device is None:
        return False
    with database().reading() as db:
        account = people.find_account(db, account_id=device.account_id)
        return not (account and account.password) and not passkeys.of_account(db, device.account_id)
