"""The real server in a process of its own: light, quick to start, and quick to stop with a live socket open."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import socketio

from tests.webapp.serving import ROOT, Server, token_of

MAX_RSS_MB = 150


@pytest.fixture(scope="module")
def running(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for those who only ask it something."""
    folder = tmp_path_factory.mktemp("running")
    shutil.copy(demo_folder / "coach.db", folder / "coach.db")
    server = Server(folder)
    yield server
    server.process.kill()
    server.process.wait()


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="reads Linux's /proc")
def test_the_web_process_is_light_and_knows_no_pose_model(running: Server) -> None:
    visitor = running.log_in()
    for path in ("/today", "/history", "/settings"):
        assert visitor.get(running.base + path).ok
    rss_mb = running.worker_rss_mb()
    print(f"web_rss_mb {rss_mb:.0f}, started in {running.started_s:.1f} s")
    assert rss_mb <= MAX_RSS_MB
    assert "cv2" not in running.loaded()
    assert "mediapipe" not in running.loaded()


def test_it_stops_at_once_though_a_live_socket_is_open(server: Server) -> None:
    visitor = server.log_in()
    page = visitor.get(f"{server.base}/today").text
    exercise = page.split('href="/exercise/')[1].split('"')[0].split("?")[0]
    token = _live_token(visitor, server, exercise)
    client = socketio.Client(http_session=visitor, reconnection=False)
    client.connect(
        server.base, namespaces=["/live"], transports=["websocket"], auth={"token": token}
    )
    assert client.connected
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=20) == 0
    assert time.monotonic() - began < 5


def _live_token(visitor: requests.Session, server: Server, exercise: str) -> str:
    page = visitor.get(f"{server.base}/exercise/{exercise}").text
    headers = {"X-CSRFToken": token_of(page)}
    return str(visitor.post(f"{server.base}/exercise/token", headers=headers).json()["token"])


def test_polling_is_not_offered(running: Server) -> None:
    assert (
        requests.get(f"{running.base}/socket.io/?EIO=4&transport=polling", timeout=5).status_code
        == 400
    )


def test_a_taken_port_is_said_in_one_sentence(running: Server, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "webapp.cli", "serve", "--port", str(running.port)]
    environment = os.environ | {"COACH_DATA_DIR": str(tmp_path)}
    said = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert said.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{running.port}" in said.stderr
    assert "Traceback" not in said.stderr
