"""`coach db`: bring the database up to date, copy it while the app runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.errors import CoachError

if TYPE_CHECKING:
    from webapp.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Look after the database.")


def bring_up_to_date(settings: Settings) -> None:
    """Run the migrations that are missing. Raises CoachError when the database cannot be opened."""
    from sqlite3 import DatabaseError

    from webapp.store import schema

    settings.make_data_dir()
    try:
        schema.upgrade(settings.database)
    except (schema.StoreError, DatabaseError) as error:
        raise CoachError(
            f"The database at {settings.database} cannot be brought up to date: {error}"
        ) from error


@app.command()
def upgrade() -> None:
    """Bring the database to the form this version needs. Safe to repeat."""
    from webapp.settings import from_environment

    settings = from_environment()
    bring_up_to_date(settings)
    typer.echo(f"Up to date: {settings.database}")


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(help="File to write; it must not exist yet.")],
) -> None:
    """Copy the SQLite database to one file, whole and consistent, while the app runs."""
    from webapp.settings import from_environment
    from webapp.store import schema

    settings = from_environment()
    if to.exists():
        raise CoachError(f"{to} exists already; choose another name.")
    try:
        schema.backup(settings.database, to)
    except schema.StoreError as error:
        raise CoachError(str(error)) from error
    typer.echo(f"Copied to {to}")
