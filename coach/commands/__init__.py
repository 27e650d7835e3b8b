"""The engine's commands. `build_app` makes the app; what lies above adds its own commands to it."""

from __future__ import annotations

import typer

from coach.commands import (
    analyze,
    assess,
    bench,
    compare,
    evaluate,
    exercises,
    learn,
    live,
    models,
    record,
    replay,
)
from coach.commands.catalogue import Catalogue
from coach.commands.group import CoachGroup

__all__ = ["Catalogue", "build_app"]


def build_app(catalogue: Catalogue) -> typer.Typer:
    """The `coach` command with all that the engine can do for the exercises of this catalogue."""
    app = typer.Typer(
        help="Counts repetitions, measures joint angles and checks form.",
        cls=CoachGroup,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"obj": catalogue, "help_option_names": ["-h", "--help"]},
    )
    app.command()(analyze.analyze)
    app.command()(replay.replay)
    app.command()(assess.assess)
    app.command()(record.record)
    app.command()(live.live)
    app.command()(compare.compare)
    app.command()(learn.learn)
    app.command()(evaluate.evaluate)
    app.command()(bench.bench)
    app.add_typer(exercises.app, name="exercises")
    app.add_typer(models.app, name="models")
    return app
