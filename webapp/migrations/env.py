"""What Alembic runs: migrations on the connection it was given (see `webapp.migrations.upgrade`)."""

from __future__ import annotations

from alembic import context

from webapp.store import (
    assessment_tables,
    entry_tables,
    job_tables,
    message_tables,
    own_exercise_tables,
    program_tables,
    report_tables,
    review_tables,
    session_tables,
    tables,
    video_tables,
)
from webapp.store.base import Base

#: Imported so that the metadata holds every table.
KNOWN = (
    tables,
    session_tables,
    entry_tables,
    assessment_tables,
    job_tables,
    report_tables,
    review_tables,
    message_tables,
    program_tables,
    video_tables,
    own_exercise_tables,
)


def run() -> None:
    """Run the migrations in one transaction; batch mode, because SQLite cannot alter a table."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run()
