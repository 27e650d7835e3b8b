"""The page and the engine read the same table of gestures: here both look at the same bodies."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from coach.exercise import Gesture
from coach.gestures import GESTURES, shows
from poses import catalogue
from webapp.live.page_data import gesture

MODULE = Path(__file__).parents[3] / "webapp/static/js/gesture.js"
SCRIPT = """
import { shows } from "%s";
import { readFileSync } from "node:fs";
const { rules, bodies, seen } = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(rules.map((rule) => bodies.map((points) => shows(rule, points, seen)))));
"""
MOVEMENTS = ("shoulder_press", "jumping_jack", "squat", "triceps_extension", "bench_press")


def test_the_page_sees_the_gestures_that_the_engine_sees() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    bodies = np.concatenate([catalogue.reference(one).seen_from()[..., :2] for one in MOVEMENTS])
    names: list[Gesture] = [name for name in GESTURES if name != "none"]
    seen = [1.0] * 33
    asked = json.dumps(
        {"rules": [gesture(name) for name in names], "bodies": bodies.tolist(), "seen": seen}
    )
    run = subprocess.run(
        [node, "--input-type=module", "-e", SCRIPT % MODULE.as_uri()],
        input=asked, capture_output=True, check=True, text=True,
    )  # fmt: skip
    expected = [[shows(name, points, np.array(seen)) for points in bodies] for name in names]
    assert json.loads(run.stdout) == expected
    assert any(map(any, expected))
