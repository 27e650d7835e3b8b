"""The memory of the web process: read from a stand-in server, which is stopped afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from coach.commands.web_memory import web_rss_mb
from coach.errors import CoachError

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")

SERVER = """
import http.server, pathlib, sys
pathlib.Path(r"{marker}").write_text(__import__("os").environ["COACH_DATA_DIR"])
http.server.HTTPServer(("127.0.0.1", int(sys.argv[3])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def test_it_is_measured_with_a_database_of_its_own(tmp_path: Path) -> None:
    script, marker = tmp_path / "coach.py", tmp_path / "data_dir"
    script.write_text(SERVER.format(marker=marker))
    megabytes = web_rss_mb([sys.executable, str(script)])
    assert 5 < megabytes < 200
    assert not Path(marker.read_text()).exists()


def test_a_server_that_ends_is_told(tmp_path: Path) -> None:
    script = tmp_path / "coach.py"
    script.write_text("raise SystemExit(3)")
    with pytest.raises(CoachError, match="ended at once with code 3"):
        web_rss_mb([sys.executable, str(script)])
