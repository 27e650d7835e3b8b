"""Challenges that a passkey signs: each is taken once, within five minutes, by the login that asked for it.

The login's session is a signed cookie, which its owner could send again; so what was taken is remembered here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import MutableMapping
from typing import Any, Final

LIFETIME_S: Final = 300.0
_KEY: Final = "passkey_challenge"


class Challenges:
    """Which challenges of the last minutes were taken. Thread-safe."""

    def __init__(self) -> None:
        self._taken: dict[str, float] = {}
        self._lock = threading.Lock()

    def keep(self, login: MutableMapping[str, Any], challenge: str) -> None:
        """Let a challenge wait in a login's session; one that waited there is forgotten."""
        login[_KEY] = [challenge, time.time()]

    def take(self, login: MutableMapping[str, Any]) -> str | None:
        """The challenge that waits, if it is fresh and was not taken before."""
        challenge, made_s = login.pop(_KEY, None) or ("", 0.0)
        now_s = time.time()
        with self._lock:
            self._taken = {one: until for one, until in self._taken.items() if until > now_s}
            if challenge in self._taken or not 0.0 <= now_s - made_s < LIFETIME_S:
                return None
            self._taken[challenge] = made_s + LIFETIME_S
        return str(challenge)
