"""How much memory the web process holds."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from coach.errors import CoachError

_START_S: Final = 60.0
_STOP_S: Final = 15.0


def web_rss_mb(coach: Sequence[str]) -> float:
    """Resident megabytes of `coach serve` after its first page, with a database of its own. Raises CoachError."""
    if not Path("/proc/self/status").exists():
        raise CoachError("the memory of a process is read from /proc, which is not here")
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        env = {**os.environ, "COACH_DATA_DIR": folder}
        server = subprocess.Popen(  # noqa: S603 - our own program
            [*coach, "serve", "--port", str(port)],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _first_page(server, port)
            return max(_rss_mb(process) for process in [server.pid, *_children(server.pid)])
        finally:
            _stop(server)


def _first_page(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CoachError(f"`coach serve` ended at once with code {server.returncode}")
        if _answers(port):
            return
        time.sleep(0.2)
    raise CoachError(f"`coach serve` did not answer within {_START_S:.0f} seconds")


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/login")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _rss_mb(process: int) -> float:
    found = re.search(
        r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii")
    )
    return int(found[1]) / 1024 if found else 0.0


def _children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
