"""The live socket: five events, each asked of the policy before it is looked at."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog
from flask import request, session
from flask_socketio import ConnectionRefusedError, Namespace
from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from pydantic import ValidationError

from coach.errors import DoseError
from coach.io.jpeg_landmarker import Seen
from webapp import policy
from webapp.auth.actor import actor_or_none
from webapp.extensions import database
from webapp.live import page_data
from webapp.live.handshake import Handshakes
from webapp.live.pictures import Pictures
from webapp.live.registry import Ask, Opened, Registry
from webapp.store import consents
from webapp.store.access import Actor, NotVisible
from webapp.store.sessions import SessionOverError, StaleEpochError
from webapp.words import as_prescribed

log = structlog.get_logger(__name__)

PATH = "/live"
EVENTS = ("connect", "open", "frames", "picture", "disconnect")
OPENS = RateLimitItemPerMinute(30)
#: Generous: a page that comes back from a long cut sends its outbox as fast as it is answered.
MESSAGES = RateLimitItemPerSecond(300)
#: The page sends at most twelve.
PICTURES_TAKEN = RateLimitItemPerSecond(15)
ERRORS_LOGGED = RateLimitItemPerSecond(1)
#: How long an answer of the database about who someone is may be believed.
BELIEVE_S = 1.0
#: Milliseconds of a page's clock; larger numbers are nobody's.
MAX_MS = 100_000_000_000

Answer = dict[str, Any]


@dataclass(slots=True)
class _Known:
    actor: Actor | None
    until: float
    pictures: bool = False


class LiveNamespace(Namespace):
    """Handlers for one app."""

    def __init__(self, registry: Registry, handshakes: Handshakes, pictures: Pictures) -> None:
        super().__init__(PATH)
        self._registry, self._handshakes, self._pictures = registry, handshakes, pictures
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._known: dict[str, _Known] = {}

    def on_connect(self, auth: Any = None) -> None:
        """Only our own page, for someone who is signed in as a patient."""
        token = auth.get("token") if isinstance(auth, dict) else None
        if not self._handshakes.redeem(token, session) or self._actor("connect") is None:
            self._known.pop(_sid(), None)  # nobody will say goodbye on a connection that never was
            raise ConnectionRefusedError("not_allowed")

    def on_disconnect(self, _reason: object = None) -> None:
        """Commit what waits; the page may come back."""
        self._known.pop(_sid(), None)
        self._pictures.release(_sid())
        self._registry.close(_sid())

    def on_open(self, ask: object = None, *_rest: object) -> Answer:
        """Begin a session, or go on with one."""
        actor = self._actor("open")
        if actor is None:
            return {"error": "not_allowed"}
        if not self._limiter.hit(OPENS, "open", actor.account_id):
            return {"error": "slow_down"}
        try:
            opened, loser = self._registry.open(_sid(), actor, Ask.model_validate(ask))
        except (ValidationError, NotVisible, DoseError):  # the last: nothing of it can be counted
            return {"error": "not_found"}
        except SessionOverError:
            return {"error": "over"}
        except StaleEpochError:
            return {"error": "taken"}
        if loser is not None:
            self.emit("taken", room=loser)
        return _opened(opened)

    def on_frames(self, data: object = None, *_rest: object) -> Answer:
        """Landmarks, or a control; the answer says what to show, and what is durable."""
        if self._actor("frames") is None:
            return {"error": "not_allowed"}
        if not self._limiter.hit(MESSAGES, "frames", _sid()):
            return {"error": "slow_down"}
        running = self._registry.of(_sid())
        if running is None:
            return {"error": "not_open"}
        was_over = running.over
        reply = running.take(data if isinstance(data, bytes) else b"")
        if running.over and not was_over:
            self._registry.file(running)
        return msgspec.to_builtins(reply)  # type: ignore[no-any-return]

    def on_picture(self, at_ms: object = None, jpeg: object = None, *_rest: object) -> Answer:
        """A picture of a patient who agreed to that; the answer is what is in it, and the picture is forgotten."""
        actor = self._actor("picture")
        if actor is None:
            return {"error": "not_allowed"}
        if not self._limiter.hit(PICTURES_TAKEN, "picture", _sid()):
            return {"error": "slow_down"}
        if self._registry.of(_sid()) is None:
            return {"error": "not_open"}
        if not self._agreed(actor):
            return {"error": "not_agreed"}
        if not isinstance(jpeg, bytes) or not isinstance(at_ms, int) or not 0 <= at_ms <= MAX_MS:
            return {"error": "unreadable"}
        seen = self._pictures.look(_sid(), jpeg, at_ms)
        return {"error": seen} if isinstance(seen, str) else _seen(seen)

    def error(self, error: Exception) -> Answer:
        """Our own fault in a handler: the cause goes to the log, the page is answered and tries again."""
        if isinstance(error, ConnectionRefusedError):
            raise error  # that is how a connection is refused
        if self._limiter.hit(ERRORS_LOGGED, "errors"):
            log.error("live_event_failed", cause="".join(traceback.format_exception(error)))
        return {"error": "internal"}

    def _agreed(self, actor: Actor) -> bool:
        """Whether the patient agrees that pictures are sent: asked anew as often as who they are."""
        known = self._known[_sid()]
        if not known.pictures:
            with database().reading() as db:
                known.pictures = consents.given(db, actor.person_id, consents.PICTURES)
        return known.pictures

    def _actor(self, event: str) -> Actor | None:
        """Who sends this, if they may; read anew at least every second, so that a lost right counts on open sockets."""
        known = self._known.get(_sid())
        if known is None or known.until < time.monotonic():
            known = self._known[_sid()] = _Known(actor_or_none(), time.monotonic() + BELIEVE_S)
        actor = known.actor
        return actor if policy.may_send(event, actor.part if actor else None) else None


def _opened(opened: Opened) -> Answer:
    """The answer to an open: the page shows what its session is judged by, whatever it was loaded with."""
    answer: Answer = {name: getattr(opened, name) for name in Opened.__slots__ if name != "case"}
    shown = page_data.prescribed_for(*as_prescribed(opened.case.exercise, opened.case.prescription))
    return msgspec.to_builtins(answer | {"prescribed": shown})  # type: ignore[no-any-return]


def _seen(seen: Seen) -> Answer:
    """As the browser's own model says it: 33 x (x, y in shares of the picture; x, y, z in metres; visibility)."""
    return {"width": seen.width, "height": seen.height, "landmarks": seen.landmarks}


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # put there by Flask-SocketIO
