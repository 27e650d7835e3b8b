"""Keep a process that loads mediapipe from speaking to anyone.

mediapipe 0.10.30 and later (1.2.2 included) tries to reach its maker's log servers about a minute
into use, without asking. It honours the proxy variables that stand in the environment *before* it
is imported, so a proxy that nobody listens on silences it: it then opens that one loopback
connection, is refused, and works on.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Final

CLOSED_PROXY: Final = "http://127.0.0.1:9"
"""Port 9 (discard, RFC 863) is privileged and unused: a connection is refused at once."""

_PROXY_VARIABLES: Final = ("http_proxy", "https_proxy", "all_proxy")
_EXEMPTION_VARIABLES: Final = ("no_proxy", "NO_PROXY")


def block_outgoing_proxy(env: MutableMapping[str, str]) -> None:
    """Send all proxied traffic of `env` (usually `os.environ`) to a closed loopback port.

    Call it in the inference process before `import mediapipe`; later it has no effect.
    """
    for name in _PROXY_VARIABLES:
        env[name] = env[name.upper()] = CLOSED_PROXY
    for name in _EXEMPTION_VARIABLES:
        env.pop(name, None)
