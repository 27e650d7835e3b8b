"""`coach serve --demo` in a process of its own, for tests that need the real server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

#: The target is 3 s; shared test machines are given room.
START_WITHIN_S = 60
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`coach serve --demo` on a free port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        environment = {
            name: text for name, text in os.environ.items() if not name.startswith("COACH_")
        }
        command = [sys.executable, "-m", "webapp.cli", "serve", "--demo", "--port", str(self.port)]
        began = time.monotonic()
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment | {"COACH_DATA_DIR": str(folder), "COACH_LOGIN_ATTEMPTS": "1000"},
            stderr=subprocess.DEVNULL,
        )
        self.started_s = self._wait() - began

    def _wait(self) -> float:
        until = time.monotonic() + START_WITHIN_S
        while time.monotonic() < until:
            try:
                if requests.get(f"{self.base}/healthz", timeout=5).ok:
                    return time.monotonic()
            except requests.ConnectionError:
                time.sleep(0.05)
        self.process.kill()
        raise TimeoutError("the server did not start")

    def log_in(self) -> requests.Session:
        """The demo patient."""
        session = requests.Session()
        token = token_of(session.get(f"{self.base}/login").text)
        session.post(f"{self.base}/login/demo/patient", {"csrf_token": token}).raise_for_status()
        return session

    def worker_rss_mb(self) -> float:
        """Resident memory of the process that answers."""
        children = (
            Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        )
        [worker] = children
        status = Path(f"/proc/{worker}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def loaded(self) -> str:
        """The libraries that the process that answers has mapped."""
        [worker] = (
            Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        )
        return Path(f"/proc/{worker}/maps").read_text()


def token_of(page: str) -> str:
    return page.split('name="csrf-token" content="')[1].split('"', maxsplit=1)[0]
