"""How someone signs in: the devices that stay signed in, passkeys, and a password for who wants one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, verify_password
from werkzeug.wrappers import Response

from webapp.auth import device_login
from webapp.auth.actor import current_actor
from webapp.auth.blueprint import blueprint
from webapp.auth.emails import normal_email
from webapp.auth.passwords import MIN_LENGTH, hash_password
from webapp.extensions import database
from webapp.i18n import _, _l
from webapp.store import audit, devices, passkeys, people
from webapp.store.access import Actor
from webapp.store.base import utc_now

KINDS = {
    "iphone": _l("iPhone"), "ipad": _l("iPad"), "android_phone": _l("Android phone"),
    "android_tablet": _l("Android tablet"), "windows": _l("Windows computer"), "mac": _l("Mac"),
    "chromebook": _l("Chromebook"), "linux": _l("Linux computer"), "other": _l("Another device"),
}  # fmt: skip


@blueprint.get("/settings/sign-in")
def ways_in() -> ResponseReturnValue:
    """Every way in of this account, each with how to end it."""
    return _page({})


@blueprint.post("/settings/sign-in/password")
def password() -> ResponseReturnValue:
    """Set or change the password, and the e-mail that goes with it."""
    actor = current_actor()
    email, problems = _checked()
    if not problems:
        with database().writing() as db:
            hashed = hash_password(request.form["password"])
            if people.set_password(db, actor.account_id, email, hashed):
                audit.record(db, actor, "sign_in.password_set", _subject(actor))
            else:
                problems["email"] = _("This address cannot be used here. Try another one.")
    if problems:
        return _page(problems), 422
    flash(_("Saved. From now on you can also log in with your e-mail and password."))
    return redirect(url_for("auth.ways_in"))


@blueprint.post("/settings/sign-in/devices/<device_id>/out")
def sign_out_device(device_id: str) -> Response:
    """A device is out at its next click."""
    actor = current_actor()
    with database().writing() as db:
        devices.sign_out(db, actor.account_id, device_id, utc_now())
        audit.record(db, actor, "sign_in.device_out", _subject(actor), device=device_id)
    flash(_("Signed out."))
    return redirect(url_for("auth.ways_in"))


@blueprint.post("/settings/sign-in/passkeys/<passkey_id>/remove")
def remove_passkey(passkey_id: str) -> Response:
    """The passkey opens nothing any more."""
    actor = current_actor()
    with database().writing() as db:
        passkeys.remove(db, actor.account_id, passkey_id)
        audit.record(db, actor, "sign_in.passkey_removed", _subject(actor), passkey=passkey_id)
    flash(_("Removed."))
    return redirect(url_for("auth.ways_in"))


def _page(problems: dict[str, str]) -> str:
    actor = current_actor()
    with database().reading() as db:
        account = people.find_account(db, account_id=actor.account_id)
        return render_template(
            "auth/ways_in.html", account=account, problems=problems, kinds=KINDS, min_length=MIN_LENGTH,
            devices=devices.of_account(db, actor.account_id, utc_now()), this=device_login.current(),
            passkeys=passkeys.of_account(db, actor.account_id),
        )  # fmt: skip


def _checked() -> tuple[str, dict[str, str]]:
    """The e-mail in its one form, and a sentence for each field that is wrong."""
    problems: dict[str, str] = {}
    email = normal_email(request.form.get("email", ""))
    if not email:
        problems["email"] = _("Write an e-mail address, such as name@example.org.")
    if len(request.form.get("password", "")) < MIN_LENGTH:
        problems["password"] = _(
            "Use at least %(number)d characters. Three or four words in a row are good.",
            number=MIN_LENGTH,
        )
    old = current_user.password
    if old and not verify_password(request.form.get("current", ""), old):
        problems["current"] = _("This is not your password until now.")
    return email, problems


def _subject(actor: Actor) -> str | None:
    """Whose sign-in it is: the person's own; a helper's is not the patient's."""
    return None if actor.helping else actor.person_id
