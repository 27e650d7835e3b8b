"""`coach demo`: make the demo clinic, or make it anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.errors import CoachError
from webapp.commands.database import bring_up_to_date

if TYPE_CHECKING:
    from webapp.settings import Settings
    from webapp.store.engine import Database

Reset = Annotated[bool, typer.Option("--reset", help="Throw the demo away and make it anew.")]


Patients = Annotated[
    int, typer.Option("--patients", min=0, max=2000, help="So many patients more.")
]
Days = Annotated[int, typer.Option("--days", min=1, max=3650, help="Days of their past.")]


def demo(reset: Reset = False, patients: Patients = 0, days: Days = 365) -> None:
    """Make the demo clinic: made-up people, programs and eight weeks of sessions.

    With --patients a crowd joins them, with totals of a long past: to see how fast the lists are.
    """
    from webapp.settings import from_environment

    settings = from_environment()
    if settings.production:
        raise CoachError("There is no demo in production: its passwords are public.")
    if reset:
        _throw_away(settings)
    bring_up_to_date(settings)
    typer.echo(
        "The demo clinic is ready."
        if make_if_missing(settings)
        else "There is a demo clinic already (--reset makes it anew)."
    )
    if patients:
        add_crowd(settings, patients, days)


def add_crowd(settings: Settings, number: int, days: int) -> None:
    """So many patients with a long past join the demo clinic."""
    from webapp.demo import crowd
    from webapp.demo.accounts import DEMO_EMAILS
    from webapp.demo.cast import CLINIC
    from webapp.store import people
    from webapp.store.base import utc_now
    from webapp.store.engine import Database

    database = Database(settings.database)
    with database.writing() as session:
        clinic = people.clinic_named(session, CLINIC)
        email = DEMO_EMAILS["therapist"]
        therapist = people.person_by_email(session, clinic.id, email) if clinic else None
        if therapist is None:
            raise CoachError("The demo clinic has lost its therapist; --reset makes it anew.")
        crowd.gather(session, therapist, number, days, utc_now())
    database.close()
    typer.echo(f"{number} patients with {days} days of sessions joined them.")


def make_if_missing(settings: Settings) -> bool:
    """Make the demo clinic if there is none. Returns whether it was made."""
    from webapp.demo import cast
    from webapp.store import people
    from webapp.store.engine import Database

    database = Database(settings.database)
    try:
        with database.reading() as session:
            if people.clinic_named(session, cast.CLINIC):
                return False
        typer.echo("Making the demo clinic …")
        _make(database, settings)
    finally:
        database.close()
    return True


def _make(database: Database, settings: Settings) -> None:
    from webapp.auth.passwords import hash_password
    from webapp.demo import reviewed
    from webapp.demo.accounts import DEMO_PASSWORD
    from webapp.demo.build import build
    from webapp.store.base import utc_now
    from webapp.store.series import FolderSeries

    with database.writing() as session:
        build(session, hash_password(DEMO_PASSWORD), utc_now())
    reviewed.add(database, FolderSeries(settings.data_dir / "series"), utc_now())


def _throw_away(settings: Settings) -> None:
    """Remove the database file, if nobody but demo clinics is in it: what is real is never thrown away."""
    from webapp.store import people
    from webapp.store.engine import Database

    file = Path(settings.data_dir).absolute() / "coach.db"
    if settings.database_url:
        raise CoachError(
            "Only the demo in the data folder is thrown away; empty your own database yourself."
        )
    if not file.exists():
        return
    bring_up_to_date(settings)
    database = Database(settings.database)
    with database.reading() as session:
        real = [clinic.name for clinic in people.clinics(session) if not clinic.demo]
    database.close()
    if real:
        raise CoachError(f"The database also holds {real[0]}: it is not thrown away.")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
