"""How the command line fails: one clear sentence on stderr, exit code 1 (2 for wrong usage, which click does)."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from coach.errors import CoachError


class CoachGroup(TyperGroup):
    """A group of commands that turns our own errors into a sentence instead of a traceback."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # typer's Context is click's
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except CoachError as error:
            typer.echo(f"coach: {error}", err=True)
            raise typer.Exit(1) from None
