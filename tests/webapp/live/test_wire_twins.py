"""The page's packing and the server's reading are two halves of one format: here the page's half runs in node."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from webapp.live.messages import Control, Kind, Moment, parse
from webapp.store.session_tables import STOP_REASONS

MODULE = Path(__file__).parents[3] / "webapp/static/js/message.js"
SCRIPT = """
import { KIND, REASONS, packControl, packFrames, quantise } from "%s";
const image = Array.from({ length: 33 }, (_, i) => ({ x: i / 40, y: 1 - i / 50, visibility: i / 33 }));
const world = Array.from({ length: 33 }, (_, i) => ({ x: i / 100, y: -i / 90, z: i / 80 }));
const values = quantise(image, world, 640, 480);
const frames = [{ t: 1.25, width: 640, height: 480, values }, { t: 1.3, width: 640, height: 480, values: null }];
const text = (buffer) => Buffer.from(buffer).toString("base64");
console.log(JSON.stringify({
  reasons: REASONS, frames: text(packFrames(frames, 9)), finish: text(packControl(KIND.finish, 11, 2.5, "tired")),
}));
"""


@pytest.fixture(scope="module")
def page() -> dict[str, str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = SCRIPT % MODULE.as_uri()
    run = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, check=True, text=True
    )
    return dict(json.loads(run.stdout))


def test_frames_of_the_page_are_read(page: dict[str, str]) -> None:
    first, second = parse(base64.b64decode(page["frames"]))
    assert isinstance(first, Moment)
    assert first.frame is not None
    assert (first.seq, first.t_s, second.seq, second.t_s) == (9, 1.25, 10, 1.3)
    np.testing.assert_allclose(
        first.frame.image_px[8], [8 / 40 * 640, (1 - 8 / 50) * 480], atol=1 / 64
    )
    np.testing.assert_allclose(first.frame.world_m[8], [0.08, -8 / 90, 0.1], atol=1 / 16384)
    np.testing.assert_allclose(first.frame.visibility[8], 8 / 33, atol=1 / 512)
    assert isinstance(second, Moment)
    assert second.frame is None


def test_a_finish_of_the_page_is_read_with_its_reason(page: dict[str, str]) -> None:
    assert parse(base64.b64decode(page["finish"])) == (Control(11, 2.5, Kind.FINISH, "tired"),)
    assert tuple(page["reasons"]) == STOP_REASONS
