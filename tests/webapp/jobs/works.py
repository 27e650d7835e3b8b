"""What the tests have a child process do in place of real work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from webapp.jobs.child import Report


def die(_args: dict[str, Any], _report: Report) -> dict[str, Any]:
    """As a decoder does on a file that was made for it."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}


def eat(_args: dict[str, Any], _report: Report) -> dict[str, Any]:
    """As a picture does whose header promises too much."""
    return {"much": len(bytearray(8 << 30))}


def start_another_and_sleep(args: dict[str, Any], _report: Report) -> dict[str, Any]:
    """As the analysis does with the pose model."""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    if "told" in args:
        Path(args["told"]).write_text(str(other.pid))
    time.sleep(600)
    return {}


def chatter(args: dict[str, Any], report: Report) -> dict[str, Any]:
    """As libraries do."""
    sys.stdout.write("one of our decoders is not feeling well\n")
    sys.stdout.flush()
    report(0.5)
    return {"n": args["n"], "secret": os.environ.get("COACH_SECRET_KEY")}
