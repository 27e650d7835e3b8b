"""The `coach` command: the engine's commands and, beside them, those of the web app.

A `coach.errors.CoachError` from any of them ends in one clear sentence and exit code 1 (`coach.commands.group`).
"""

from __future__ import annotations

import typer

from coach.commands import Catalogue, build_app
from poses import catalogue, translations
from webapp.commands import database, demo, user
from webapp.commands.serve import serve
from webapp.commands.worker import worker


def command() -> typer.Typer:
    """The whole command line."""
    app = build_app(
        Catalogue(
            catalogue.ids,
            catalogue.load,
            catalogue.cues,
            catalogue.motions,
            catalogue.functional_tests,
            translations.languages,
            catalogue.words,
        )
    )
    app.command()(serve)
    app.command()(worker)
    app.command()(demo.demo)
    app.add_typer(user.app, name="user")
    app.add_typer(database.app, name="db")
    return app


def main() -> None:
    """Run the command line."""
    command()()


if __name__ == "__main__":
    main()
