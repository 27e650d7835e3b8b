"""The filters of the session log, as they stand in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from webapp.store.log import Filters
from webapp.words import exercise_or_none

VERDICTS = ("correct", "incomplete", "faulty")


def from_address(args: Mapping[str, str]) -> Filters:
    """What was asked for; what makes no sense is as if it had not been asked."""
    return Filters(
        patient_id=args.get("patient") or None,
        exercise_id=_exercise(args.get("exercise")),
        therapist_id=args.get("therapist") or None,
        since=_day(args.get("since")),
        until=_day(args.get("until")),
        verdict=_one_of(args.get("verdict"), VERDICTS),
    )


def to_address(filters: Filters) -> dict[str, str]:
    """The same filters for links to further pages and to the export."""
    named = {
        "patient": filters.patient_id,
        "exercise": filters.exercise_id,
        "therapist": filters.therapist_id,
        "since": filters.since and filters.since.isoformat(),
        "until": filters.until and filters.until.isoformat(),
        "verdict": filters.verdict,
    }
    return {name: value for name, value in named.items() if value}


def _exercise(text: str | None) -> str | None:
    return text if text and exercise_or_none(text) else None


def _one_of(text: str | None, known: tuple[str, ...]) -> str | None:
    return text if text in known else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
