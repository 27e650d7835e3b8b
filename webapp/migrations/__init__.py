"""The history of the tables, step by step (Alembic). `upgrade` brings a database to today's form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent


def head() -> str:
    """The newest revision: files are named by it, in growing order."""
    return max(file.name.split("_")[0] for file in (HERE / "versions").glob("[0-9]*.py"))


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables to revision `to`. Safe to repeat; a database that is up to date is left as it is."""
    from alembic import command  # only here: the running app never migrates, and alembic is heavy

    command.upgrade(_config(connection), to)


def downgrade(connection: Connection, to: str = "base") -> None:
    """Undo down to revision `to`: for tests, and for who must go back."""
    from alembic import command

    command.downgrade(_config(connection), to)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config
