"""Measure how accurate the coach is and keep the figures for docs/accuracy.md: `make accuracy DATA=folder`.

    python -m scripts.accuracy FOLDER      # what `coach evaluate FOLDER --json` finds, without the clips themselves

The clips are not ours to hand on; the figures are.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
FIGURES: Final = ROOT / "docs" / "accuracy.json"
_KEPT: Final = ("scores", "causes", "angle_scores", "form")


def measure(folder: Path, model: str = "full") -> dict[str, Any]:
    """The figures of one evaluation. Raises CalledProcessError."""
    command = [
        sys.executable,
        "-m",
        "webapp.cli",
        "evaluate",
        str(folder),
        "--json",
        "--model",
        model,
    ]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    return {"model": model, **{name: found[name] for name in _KEPT if name in found}}


def main(arguments: list[str]) -> int:
    """Measure, and write the figures."""
    if len(arguments) != 1:
        sys.stderr.write("Name the folder with the labelled data: make accuracy DATA=folder\n")
        return 2
    figures = measure(Path(arguments[0]).resolve())
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FIGURES} written; `make pages` puts it into docs/accuracy.md\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
