"""The real server in a process of its own, and a page's client in Python: outbox, acknowledgements, reconnection."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import requests
import socketio
from socketio import exceptions

from tests.webapp.live.clinic import EMAIL, PASSWORD, Clinic

START_WITHIN_S = 60.0
ANSWER_WITHIN_S = 30.0
ROOT = Path(__file__).parents[3]


class Served:
    """`coach serve` on a free port. `kill` is SIGKILL to the whole process group: nobody gets to tidy up."""

    def __init__(self, clinic: Clinic) -> None:
        self.port = _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        kept = {name: text for name, text in os.environ.items() if not name.startswith("COACH_")}
        self._environment = kept | {
            "COACH_ENV": "testing",
            "COACH_DATA_DIR": str(clinic.settings.data_dir),
            "COACH_SECRET_KEY": clinic.settings.secret_key,
            "COACH_PORT": str(self.port),
            "COACH_LOGIN_ATTEMPTS": "1000",
        }
        self._log = (clinic.settings.data_dir / "server.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "webapp.cli", "serve"],
            cwd=ROOT,
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        until = time.monotonic() + START_WITHIN_S
        while time.monotonic() < until:
            try:
                if requests.get(f"{self.base}/healthz", timeout=5).ok:
                    return
            except requests.RequestException:
                time.sleep(0.1)
        raise TimeoutError(f"the server did not start; see {self._log.name}")

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None

    def kill(self) -> None:
        """As if the power had gone."""
        process, self._process = self._process, None
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """Ask it to stop, and see that it does."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        self._log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Page:
    """What `live_socket.js` and `outbox.js` do: keep everything after the durable number, send it again in order."""

    def __init__(self, served: Served, clinic: Clinic, messages: list[bytes]) -> None:
        self._served, self._clinic, self._messages = served, clinic, messages
        self._http = requests.Session()
        self._ask: dict[str, Any] = {"prescription": clinic.prescription, "source": "camera"}
        self._socket: socketio.Client | None = None
        self.seen = 0
        self.durable = 0
        #: Every `rep` event in the order it was acknowledged.
        self.acknowledged: list[dict[str, Any]] = []

    @property
    def session(self) -> str:
        """The session's id."""
        return str(self._ask["session"])

    @property
    def done(self) -> bool:
        """Whether everything is durable."""
        return self.durable >= len(self._messages)

    def log_in(self) -> None:
        """Once: the cookie outlives the server."""
        page = self._http.get(f"{self._served.base}/login", timeout=30).text
        data = {"email": EMAIL, "password": PASSWORD, "csrf_token": self._csrf(page)}
        self._http.post(f"{self._served.base}/login", data=data, timeout=30).raise_for_status()

    def connect(self) -> None:
        """Open the socket and the session, and go on from what the server knows."""
        base = self._served.base
        csrf = self._csrf(
            self._http.get(f"{base}/exercise/{self._clinic.prescription}", timeout=30).text
        )
        headers = {"X-CSRFToken": csrf, "Accept": "application/json"}
        token = self._http.post(f"{base}/exercise/token", headers=headers, timeout=30).json()[
            "token"
        ]
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._http.cookies)
        self._socket = socketio.Client(reconnection=False)
        self._socket.connect(
            base,
            headers={"Cookie": cookies},
            auth={"token": token},
            namespaces=["/live"],
            transports=["websocket"],
            wait_timeout=int(ANSWER_WITHIN_S),
        )
        opened = self._call("open", self._ask)
        self._ask |= {"session": opened["session"], "epoch": opened["epoch"]}
        assert opened["seen"] >= self.durable, "the server forgot what it had called durable"
        self.seen = opened["seen"]

    def send_until(self, deadline_s: float) -> None:
        """Send on until the deadline, or until everything is durable."""
        while time.monotonic() < deadline_s and not self.done:
            if self.seen >= len(self._messages):
                time.sleep(0.01)
            self.send_one()

    def send_one(self) -> None:
        """The next message, again if it must be; the answer is believed only as far as it goes."""
        reply = self._call("frames", self._messages[min(self.seen, len(self._messages) - 1)])
        if reply.get("error") == "slow_down":
            time.sleep(0.2)
            return
        assert not reply.get("error"), reply
        self.seen, self.durable = reply["seen"], reply["durable"]
        self.acknowledged += [
            event["rep"] for event in reply.get("events", ()) if event["type"] == "rep"
        ]

    def disconnect(self) -> None:
        """Close the socket, whatever is left of it."""
        self._http.close()
        if self._socket is not None:
            self._socket.disconnect()
            self._socket = None

    def _call(self, event: str, what: object) -> dict[str, Any]:
        """Send and wait for the answer, no longer than the connection lives. Raises SocketIOError."""
        assert self._socket is not None
        answered = threading.Event()
        answer: dict[str, Any] = {}

        def take(reply: dict[str, Any]) -> None:
            answer.update(reply)
            answered.set()

        self._socket.emit(event, what, namespace="/live", callback=take)
        until = time.monotonic() + ANSWER_WITHIN_S
        while not answered.wait(0.05):
            if not self._socket.connected or time.monotonic() > until:
                raise exceptions.DisconnectedError
        return answer

    @staticmethod
    def _csrf(html: str) -> str:
        found = re.search(r'name="csrf-token" content="([^"]+)"', html)
        assert found
        return found.group(1)


def soon(chance: random.Random) -> float:
    """A moment in the near future at which something goes wrong."""
    return time.monotonic() + chance.uniform(0.1, 1.0)
