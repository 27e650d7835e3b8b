"""The database as a whole: bring it up to date, copy it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from webapp import migrations
from webapp.store.engine import Database


class StoreError(Exception):
    """The database cannot be opened, changed or copied."""


def upgrade(url: str) -> None:
    """Run the migrations that are missing, in one transaction. Raises StoreError."""
    try:
        database = Database(url)
    except (SQLAlchemyError, ImportError, OSError, ValueError) as error:
        raise StoreError(str(error).splitlines()[0]) from error
    try:
        if revision(database) == migrations.head():
            return  # without loading alembic: most starts find nothing to do
        _migrate(database)
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(str(error).splitlines()[0]) from error
    finally:
        database.close()


def _migrate(database: Database) -> None:
    """All that is missing, together or not at all."""
    with changing(database) as connection:
        migrations.upgrade(connection)


@contextmanager
def changing(database: Database) -> Iterator[Connection]:
    """A connection on which tables may be made anew, in one transaction. Raises StoreError for what would get lost.

    SQLite changes a column by making the table anew, which a table that others point to only allows while references
    are not enforced (https://sqlite.org/lang_altertable.html, section 7); so they are checked at the end instead.
    """
    with database.engine.execution_options(immediate=True).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:  # on the bare connection: the pragma means nothing inside a transaction
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            yield connection
            if sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise StoreError(f"A row of {lost[0]} would point at nothing in {lost[2]}.")


def revision(database: Database) -> str | None:
    """The revision that the tables are at; None for an empty database."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return None if found is None else str(found)


def backup(url: str, to: Path) -> None:
    """A consistent copy of a SQLite database, made while others read and write it. Raises StoreError."""
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or not place.database:
        raise StoreError("Only a SQLite file is copied like this; use your database's own tool.")
    if not Path(place.database).is_file():
        raise StoreError(f"There is no database at {place.database}.")
    part = to.with_name(to.name + ".part")
    try:
        source, copy = sqlite3.connect(place.database), sqlite3.connect(part)
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(to)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"The copy to {to} failed: {error}") from error
