"""What Alembic runs: migrations on the connection it was given (see `webapp.migrations.upgrade`)."""

from __future__ import annotations

from alembic import context

from webapp.store import job_tables, report_tables, session_tables, tables
from webapp.store.base import Base

KNOWN = (
    tables,
    session_tables,
    report_tables,
    job_tables,
)  # imported so that the metadata holds every table


def run() -> None:
    """Run the migrations in one transaction; batch mode, because SQLite cannot alter a table."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run()
