"""The command as a whole: what it offers, what it loads, and how it fails."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from coach.commands import build_app
from coach.commands.catalogue import catalogue_of
from coach.errors import MediaError
from tests.coach.commands.conftest import CATALOGUE, Run


def test_all_commands_of_the_engine_are_there(coach: Run) -> None:
    offered = coach("--help").stdout
    for name in ("analyze", "replay", "record", "live", "exercises", "evaluate", "bench", "models"):
        assert name in offered


def test_every_command_explains_itself(coach: Run) -> None:
    for name in ("analyze", "replay", "record", "live", "evaluate", "bench"):
        done = coach(name, "--help")
        assert done.exit_code == 0
        assert "Usage" in done.stdout


def test_starting_up_loads_neither_opencv_nor_mediapipe() -> None:
    script = "import sys, coach.commands\nprint([name for name in ('cv2', 'mediapipe') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_command_added_from_above_fails_in_one_sentence_too() -> None:
    app = build_app(CATALOGUE)

    @app.command()
    def serve() -> None:
        raise MediaError("No port is free.")

    done = CliRunner().invoke(app, ["serve"])
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "coach: No port is free.\n")


def test_a_command_without_its_catalogue_is_our_mistake() -> None:
    def bare(ctx: typer.Context) -> None:
        catalogue_of(ctx)

    alone = typer.Typer()
    alone.command()(bare)
    done = CliRunner().invoke(alone, [])
    assert isinstance(done.exception, RuntimeError)
    with pytest.raises(RuntimeError, match="build_app"):
        raise done.exception
