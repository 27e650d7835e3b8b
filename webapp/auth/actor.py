"""Who acts in this request."""

from __future__ import annotations

from typing import cast

from flask import abort, g
from flask_security import current_user

from webapp.extensions import database
from webapp.store import people
from webapp.store.access import Actor


def signed_in() -> bool:
    """Whether this request comes with a valid login that still belongs to a clinic."""
    return actor_or_none() is not None


def actor_or_none() -> Actor | None:
    """The actor of this request, read from the database once per request; None when nobody is signed in."""
    if "actor" not in g:
        g.actor = _read()
    return cast("Actor | None", g.actor)


def current_actor() -> Actor:
    """The actor of this request; a 401 when there is none."""
    actor = actor_or_none()
    if actor is None:
        abort(401)
    return actor


def _read() -> Actor | None:
    if not current_user.is_authenticated:
        return None
    with database().reading() as session:
        return people.actor_of(session, current_user.account_id)
