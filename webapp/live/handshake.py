"""One-time tokens for opening the live socket, tied to the login that asked for them.

A browser sends its cookies with any page's websocket; only our own pages can read a token first. A token is signed,
lives half a minute, and is taken once by each process.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import MutableMapping
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

LIFETIME_S = 30
_KEY = "live_key"


class Handshakes:
    """Makes and takes tokens. Thread-safe."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="live-handshake")
        self._taken: dict[str, float] = {}
        self._lock = threading.Lock()

    def tie(self, login: MutableMapping[str, Any]) -> str:
        """The key in a login's session that its tokens must match; made when there is none yet."""
        return str(login.setdefault(_KEY, secrets.token_urlsafe(16)))

    def issue(self, login: MutableMapping[str, Any]) -> str:
        """A token for the login whose session this is."""
        return str(self._signer.dumps([secrets.token_urlsafe(12), self.tie(login)]))

    def redeem(self, token: object, login: MutableMapping[str, Any]) -> bool:
        """Whether the token is genuine, fresh, of this login, and not used before."""
        if not isinstance(token, str) or not login.get(_KEY):
            return False
        try:
            nonce, key = self._signer.loads(token, max_age=LIFETIME_S)
        except (BadSignature, TypeError, ValueError):
            return False
        return secrets.compare_digest(str(key), str(login[_KEY])) and self._first_time(str(nonce))

    def _first_time(self, nonce: str) -> bool:
        now = time.monotonic()
        with self._lock:
            self._taken = {old: until for old, until in self._taken.items() if until > now}
            if nonce in self._taken:
                return False
            self._taken[nonce] = now + LIFETIME_S + 1
            return True
