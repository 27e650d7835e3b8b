"""`coach user`: people who can log in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from coach.errors import CoachError

if TYPE_CHECKING:
    from webapp.store.people import NewPerson

app = typer.Typer(no_args_is_help=True, help="Add people who can log in.")

MIN_PASSWORD = 12

Email = Annotated[str, typer.Argument(help="E-mail address to log in with.")]
Role = Annotated[str, typer.Option(help="patient, therapist or clinic.")]
Name = Annotated[str, typer.Option(help="How the person is called.")]
Clinic = Annotated[
    str, typer.Option(help="Name of the clinic; it is made when there is none of that name.")
]
Zone = Annotated[str, typer.Option(help="IANA time zone, for example Europe/Berlin.")]
Therapist = Annotated[
    str, typer.Option(help="For a patient: e-mail of the therapist who looks after them.")
]
Password = Annotated[
    str,
    typer.Option(
        prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when not given."
    ),
]


@app.command()
def add(
    email: Email,
    role: Role,
    name: Name,
    clinic: Clinic,
    password: Password,
    timezone: Zone = "UTC",
    therapist: Therapist = "",
) -> None:
    """Add a person with a login to a clinic."""
    from webapp.store.people import NewPerson
    from webapp.store.tables import ROLES

    known = next((one for one in ROLES if one == role), None)
    if known is None:
        raise CoachError(f"The role must be one of {', '.join(ROLES)}, not '{role}'.")
    _check_email(email)
    if len(password) < MIN_PASSWORD:
        raise CoachError(f"The password must have at least {MIN_PASSWORD} characters.")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise CoachError(f"'{timezone}' is not a time zone; write it like Europe/Berlin.") from None
    _add(email, password, clinic, NewPerson(name, known, timezone=timezone), therapist)
    typer.echo(f"{email} can log in as {role} of {clinic}.")


def _check_email(email: str) -> None:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise CoachError(f"'{email}' is not an e-mail address: {error}") from None


def _add(email: str, password: str, clinic_name: str, new: NewPerson, therapist: str) -> None:
    from webapp.auth.passwords import hash_password
    from webapp.commands.database import bring_up_to_date
    from webapp.settings import from_environment
    from webapp.store import people
    from webapp.store.engine import Database

    settings = from_environment()
    bring_up_to_date(settings)
    with Database(settings.database).writing() as session:
        if people.find_account(session, email=email):
            raise CoachError(f"There is a login for {email} already.")
        clinic = people.clinic_named(session, clinic_name) or people.add_clinic(
            session, clinic_name
        )
        person = people.add_person(session, clinic.id, new)
        people.add_account(session, person, email, hash_password(password))
        if therapist:
            carer = people.person_by_email(session, clinic.id, therapist)
            if carer is None or carer.role != "therapist":
                raise CoachError(f"There is no therapist {therapist} in {clinic_name}.")
            people.take_care(session, carer, person)
