"""`coach worker`: do long work beside `coach serve`, on the same database and data folder."""

from __future__ import annotations

import signal
from types import FrameType

import typer


def worker() -> None:
    """Analyse uploaded videos, one after the other, until stopped (Ctrl+C). Settings come from COACH_* variables."""
    from webapp import logs
    from webapp.commands.database import bring_up_to_date
    from webapp.jobs.worker import Worker
    from webapp.settings import from_environment
    from webapp.store.engine import Database

    settings = from_environment()
    bring_up_to_date(settings)
    logs.set_up(settings)
    database = Database(settings.database)
    doing = Worker(database, settings)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        doing.ask_to_stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    typer.echo(f"Doing long work for {settings.database} (stop it with Ctrl+C)")
    doing.run()
    database.close()
