"""What a therapist says of a new patient, read from a form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from webapp.auth.emails import normal_email
from webapp.i18n import _
from webapp.languages import LANGUAGES
from webapp.store.people import NewPerson
from webapp.therapist.forms import FormError

__all__ = ["FormError", "birth_year", "read", "zones"]

NAME_LENGTH = 200
OLDEST_YEARS = 120


def read(form: Mapping[str, str], this_year: int) -> tuple[NewPerson, str]:
    """The patient, and the e-mail if there is one. Raises FormError that names every wrong field."""
    problems: dict[str, str] = {}
    name = " ".join(form.get("name", "").split())[:NAME_LENGTH]
    if not name:
        problems["name"] = _("Enter the patient's name.")
    year = _year(form, this_year, problems)
    zone, language = form.get("timezone", ""), form.get("language", "")
    if zone not in zones():
        problems["timezone"] = _("Choose a time zone from the list, such as Europe/Berlin.")
    typed = form.get("email", "").strip()
    email = normal_email(typed)
    if typed and not email:
        problems["email"] = _(
            "Write an e-mail address, such as name@example.org, or leave it empty."
        )
    if problems:
        raise FormError(problems)
    known = language if language in LANGUAGES else ""
    return NewPerson(name, "patient", year, zone, known), email


def birth_year(form: Mapping[str, str], this_year: int) -> int:
    """The year of birth alone. Raises FormError."""
    problems: dict[str, str] = {}
    year = _year(form, this_year, problems)
    if problems:
        raise FormError(problems)
    return year


@cache
def zones() -> tuple[str, ...]:
    """Every time zone that people live in, by name."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))


def _year(form: Mapping[str, str], this_year: int, problems: dict[str, str]) -> int:
    text = form.get("birth_year", "").strip()
    first = this_year - OLDEST_YEARS
    if text.isascii() and text.isdigit() and first <= int(text) <= this_year:
        return int(text)
    problems["birth_year"] = _(
        "Enter a year from %(first)d to %(last)d.", first=first, last=this_year
    )
    return first
