"""Keep a process that loads mediapipe from speaking to anyone.

mediapipe 0.10.30 and later (1.2.2 included) tries to reach its maker's log servers about a minute
into use, without asking. It honours the proxy variables that stand in the environment *before* it
is imported, so a proxy that nobody listens on silences it: it then opens that one loopback
connection, is refused, and works on.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import MutableMapping, Sequence
from typing import Final

from coach.io.model_files import ROOT

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


def start_offline(
    module: Sequence[str], keep: Sequence[int], *, group: int | None = 0
) -> subprocess.Popen[bytes]:
    """Run `module` (its name, then its arguments) in a process that is cut off before it begins.

    `keep` are the file descriptors that it inherits. `group` 0 gives it a process group of its own: Ctrl+C is for us to
    answer, a recording is still to be written. None leaves it in ours, so that whoever ends us ends it too.
    """
    env = dict(os.environ)
    block_outgoing_proxy(env)
    # -P: nothing in the current folder may pose as a module; this package is found wherever it lies
    env["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), env.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, paths of our own
        [sys.executable, "-P", "-m", *module],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # mediapipe's chatter; errors come as messages
        env=env,
        pass_fds=tuple(keep),
        process_group=group,
    )
