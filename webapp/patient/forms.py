"""What a patient may send: checked here, strictly, with a kind sentence for each mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from coach.exercise import Exercise
from webapp.i18n import _
from webapp.store.access import SCOPES
from webapp.store.grants import RELATIONS, NewHelper
from webapp.store.manual import Entry
from webapp.store.reports import MAX_SAID
from webapp.store.session_tables import STOP_REASONS, StopReason

Told = TypeVar("Told", bound=msgspec.Struct)

MAX_SETS, MAX_REPS, MAX_HOLD_S = 20, 100, 600
NAME_LENGTH = 200
OLDEST_YEARS = 120


class FormError(ValueError):
    """Something in a form is not as expected. `problems` are sentences by field name."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems.values()))


def manual_entry(form: Mapping[str, str], exercise: Exercise) -> Entry:
    """What was done without a camera. Raises FormError."""
    problems: dict[str, str] = {}
    held = exercise.kind != "cycle"
    sets = _number(form, "sets", 1, MAX_SETS, problems)
    reps = 0 if held else _number(form, "reps", 1, MAX_REPS, problems)
    hold_s = _number(form, "hold_s", 1, MAX_HOLD_S, problems) if held else 0
    reason = _reason(form.get("stop_reason", "finished"), problems)
    if problems:
        raise FormError(problems)
    return Entry(sets, reps, float(hold_s), reason)


def told(form: Mapping[str, str], kind: type[Told]) -> Told:
    """An answer of `webapp.store.reports` from the fields of the same names. Raises FormError."""
    problems: dict[str, str] = {}
    values: dict[str, object] = {}
    for field in msgspec.structs.fields(kind):
        try:
            values[field.name] = msgspec.convert(
                form.get(field.name, "").strip(), field.type, strict=False
            )
        except msgspec.ValidationError:
            problems[field.name] = _("Choose one of the answers.")
    if problems:
        raise FormError(problems)
    return kind(**values)


def own_count(form: Mapping[str, str]) -> int:
    """How many repetitions it really were. Raises FormError."""
    problems: dict[str, str] = {}
    said = _number(form, "said", 0, MAX_SAID, problems)
    if problems:
        raise FormError(problems)
    return said


def new_helper(form: Mapping[str, str], this_year: int) -> NewHelper:
    """Who shall help, and how far. Raises FormError."""
    problems: dict[str, str] = {}
    name = " ".join(form.get("name", "").split())[:NAME_LENGTH]
    if not name:
        problems["name"] = _("Write the name of the person.")
    year = _number(form, "birth_year", this_year - OLDEST_YEARS, this_year, problems)
    relation = next((one for one in RELATIONS if one == form.get("relation")), None)
    scope = next((one for one in SCOPES if one == form.get("scope")), None)
    if scope is None:
        problems["scope"] = _("Choose what they may do.")
    if form.get("agree") != "yes":
        problems["agree"] = _("Tick this box if you want it. Without your yes nobody gets in.")
    if problems or scope is None:
        raise FormError(problems)
    return NewHelper(name, year, relation or "other", scope)


def _number(
    form: Mapping[str, str], name: str, low: int, high: int, problems: dict[str, str]
) -> int:
    text = form.get(name, "").strip()
    if text.isascii() and text.isdigit() and low <= int(text) <= high:
        return int(text)
    problems[name] = _("Enter a whole number from %(low)d to %(high)d.", low=low, high=high)
    return low


def _reason(text: str, problems: dict[str, str]) -> StopReason:
    for reason in STOP_REASONS:
        if text == reason:
            return reason
    problems["stop_reason"] = _("Choose one of the answers.")
    return "other"
