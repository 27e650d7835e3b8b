"""Passkeys (WebAuthn): made in the settings, used at the login. What the device signs is checked by `webauthn`.

The library is loaded when it is first needed: it
brings a large part of cryptography, and most starts need none of it.
"""

from __future__ import annotations

import json
from typing import Any, cast

from flask import current_app, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user

from webapp.auth import device_login
from webapp.auth.accounts import AccountDatastore
from webapp.auth.actor import current_actor
from webapp.auth.blueprint import blueprint
from webapp.auth.challenges import Challenges
from webapp.extensions import database
from webapp.i18n import _
from webapp.store import audit, passkeys
from webapp.store.base import utc_now
from webapp.store.entry_tables import Passkey
from webapp.store.passkeys import NewPasskey

#: How long a page waits for a finger on the sensor.
TIMEOUT_MS = 120_000


@blueprint.post("/settings/sign-in/passkeys/options")
def passkey_options() -> dict[str, Any]:
    """What the browser needs to make a passkey for this account."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    actor = current_actor()
    with database().reading() as db:
        known = [row.credential_id for row in passkeys.of_account(db, actor.account_id)]
    options = generate_registration_options(
        rp_id=_host(), rp_name=_("Form coach"), user_id=actor.account_id.encode(), user_name=actor.name,
        user_display_name=actor.name, timeout=TIMEOUT_MS,
        exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(one)) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )  # fmt: skip
    return _remembered(options_to_json(options))


@blueprint.post("/settings/sign-in/passkeys")
def add_passkey() -> ResponseReturnValue:
    """Keep the public key of a passkey that was just made."""
    actor = current_actor()
    new = _verified_new()
    if new is None:
        return _refused()
    with database().writing() as db:
        if passkeys.find(db, new.credential_id) is not None:
            return _refused()
        row = passkeys.add(db, actor.account_id, new)
        subject = None if actor.helping else actor.person_id
        audit.record(db, actor, "sign_in.passkey_added", subject, passkey=row.id)
    return {"ok": True, "next": url_for("auth.ways_in")}


@blueprint.post("/login/passkey/options")
def passkey_login_options() -> dict[str, Any]:
    """What the browser needs to sign in with a passkey. The same for everybody: the device knows whose it is."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=_host(), timeout=TIMEOUT_MS, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _remembered(options_to_json(options))


@blueprint.post("/login/passkey")
def passkey_login() -> ResponseReturnValue:
    """Log in whoever can sign with a passkey that we know."""
    answer = _answer()
    with database().reading() as db:
        known = passkeys.find(db, str(answer.get("id", "")))
    count = None if known is None else _verified_use(answer, known)
    if known is None or count is None:
        return _refused()
    datastore: AccountDatastore = current_app.extensions["security"].datastore
    user = datastore.find_user(id=known.account_id)
    if user is None or not user.active:
        return _refused()
    with database().writing() as db:
        passkeys.note_use(db, known.id, count, utc_now())
    login_user(user, authn_via=["passkey"])
    return {"ok": True, "next": url_for("pages.home")}


def _verified_new() -> NewPasskey | None:
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = verify_registration_response(
            credential=_answer(), expected_challenge=_challenge(), expected_rp_id=_host(), expected_origin=_origin(),
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError):
        return None
    return NewPasskey(
        bytes_to_base64url(found.credential_id),
        found.credential_public_key,
        found.sign_count,
        device_login.kind(),
    )


def _verified_use(answer: dict[str, Any], known: Passkey) -> int | None:
    """How often the passkey has been used, as it says itself; None when the signature is not its own."""
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = verify_authentication_response(
            credential=answer, expected_challenge=_challenge(), expected_rp_id=_host(), expected_origin=_origin(),
            credential_public_key=known.public_key, credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError):
        return None
    return found.new_sign_count


def _remembered(options: str) -> dict[str, Any]:
    """The options as they go to the page; their challenge waits in the login's session."""
    found: dict[str, Any] = json.loads(options)
    _challenges().keep(session, found["challenge"])
    return found


def _challenge() -> bytes:
    """The challenge that waits, once. Raises ValueError when there is none that anybody could have signed."""
    from webauthn.helpers import base64url_to_bytes

    waiting = _challenges().take(session)
    if waiting is None:
        raise ValueError("no challenge waits")
    return base64url_to_bytes(waiting)


def _challenges() -> Challenges:
    return cast(Challenges, current_app.extensions["coach_challenges"])


def _answer() -> dict[str, Any]:
    found = request.get_json(silent=True)
    return found if isinstance(found, dict) else {}


def _host() -> str:
    """The name that passkeys belong to: ours, without the port."""
    return request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host


def _origin() -> str:
    return request.host_url.rstrip("/")


def _refused() -> ResponseReturnValue:
    words = _("That did not work. Try again, or take another way in.")
    return {"ok": False, "error": {"status": 422, "code": "refused", "message": words}}, 422
