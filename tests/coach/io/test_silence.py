"""Proof that the inference processes try no address but loopback, for longer than mediapipe waits to phone home."""

from __future__ import annotations

import re
import shutil
import sys
import time
from pathlib import Path

import pytest

from coach.io import offline as module
from coach.io.jpeg_landmarker import JpegLandmarker
from coach.io.landmarker import Landmarker
from coach.io.opencv import cv2
from tests.coach.io.clips import blank_picture

_LONG_S = 75.0
_PICTURE_EVERY_S = 0.25
_CONNECT = re.compile(r"connect\(\d+, \{sa_family=(?P<family>AF_\w+)(?P<rest>[^}]*)\}")
_LOOPBACK = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"|sun_path=')


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_no_address_but_loopback_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "connects"
    traced = tmp_path / "python"
    traced.write_text(
        f'#!/bin/sh\nexec strace -f -qq -A -o {log} -e trace=connect {sys.executable} "$@"\n'
    )
    traced.chmod(0o755)
    monkeypatch.setattr(module.sys, "executable", str(traced))
    grey = bytes(cv2.imencode(".jpg", blank_picture(0.0, (320, 240)).bgr)[1].tobytes())
    packed = JpegLandmarker("lite")
    assert packed.ready(60.0)
    with Landmarker("lite") as landmarker:
        landmarker.begin()
        until = time.monotonic() + _LONG_S
        picture = 0
        while time.monotonic() < until:
            landmarker.detect(blank_picture(picture * _PICTURE_EVERY_S, (320, 240)))
            packed.look(grey, round(1000 * picture * _PICTURE_EVERY_S))
            picture += 1
            time.sleep(_PICTURE_EVERY_S)
    packed.close()
    foreign = [
        line
        for line in log.read_text().splitlines()
        if (found := _CONNECT.search(line)) and not _LOOPBACK.search(found["rest"])
    ]
    assert foreign == []
    assert picture > 100
