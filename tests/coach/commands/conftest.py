"""The command line in this process, and recordings to give it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from coach.commands import Catalogue, build_app
from coach.io import recording
from coach.stream import Gap
from poses import catalogue, translations
from tests.coach.io.clips import standing

Run = Callable[..., Result]
CATALOGUE = Catalogue(
    catalogue.ids,
    catalogue.load,
    catalogue.cues,
    catalogue.motions,
    catalogue.functional_tests,
    translations.languages,
    catalogue.words,
)


@pytest.fixture
def coach() -> Run:
    """Run the command with these arguments."""
    app = build_app(CATALOGUE)
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def still(tmp_path: Path) -> Path:
    """A recording of one person who does not move, with one gap."""
    frames = [Gap(0.0), *(standing(index / 30) for index in range(1, 61))]
    path = tmp_path / "still.npz"
    recording.write(path, recording.record(frames, (640, 480), {"model": "full", "source": "made"}))
    return path


@pytest.fixture
def nobody(tmp_path: Path) -> Path:
    """A recording in which nobody was ever found."""
    path = tmp_path / "nobody.npz"
    made = recording.record([Gap(t_s) for t_s in np.arange(30) / 30], (640, 480), {})
    recording.write(path, made)
    return path
