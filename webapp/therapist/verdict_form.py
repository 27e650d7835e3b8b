"""A therapist's word on one repetition, read from its form."""

from __future__ import annotations

from typing import cast

from werkzeug.datastructures import MultiDict

from coach.exercise import Exercise
from webapp.i18n import _
from webapp.store.review_tables import OPINIONS, WHY_LENGTH, Opinion
from webapp.store.verdicts import Judged, Word
from webapp.therapist.forms import FormError

#: A fault that the coach has no check for; the reason says which.
OTHER = "other"


def faults_of(exercise: Exercise | None) -> list[str]:
    """What may be ticked: the exercise's checks, its limits, and something else."""
    if exercise is None:
        return [OTHER]
    limits = [f"limit:{angle}" for angle in exercise.limits]
    return [*(check.id for check in exercise.checks), *limits, OTHER]


def word(form: MultiDict[str, str], exercise: Exercise | None, one: Judged) -> Word:
    """The whole form. Raises FormError: which verdict and, where it differs from the coach's, why."""
    problems: dict[str, str] = {}
    verdict = form.get("verdict", "")
    if verdict not in OPINIONS:
        problems["verdict"] = _("Choose what you saw.")
    faults = _faults(form, exercise, verdict, problems)
    why = form.get("why", "").strip()[:WHY_LENGTH]
    if not why and not problems and _differs(one, verdict, faults):
        problems["why"] = _("Say in a word why.")
    if problems:
        raise FormError(problems)
    return Word(cast(Opinion, verdict), faults, why)


def _faults(
    form: MultiDict[str, str], exercise: Exercise | None, verdict: str, problems: dict[str, str]
) -> tuple[str, ...]:
    """The ticked faults, of a faulty repetition only: no other has any."""
    if verdict != "faulty":
        return ()
    ticked = form.getlist("faults")
    faults = tuple(fault for fault in faults_of(exercise) if fault in ticked)
    if not faults:
        problems["faults"] = _("Tick what was wrong.")
    return faults


def _differs(one: Judged, verdict: str, faults: tuple[str, ...]) -> bool:
    return verdict != one.coach_verdict or set(faults) != set(one.coach_faults)


def second(form: MultiDict[str, str], duration_s: float) -> float:
    """When a missed repetition turned, seconds of the session. Raises FormError."""
    try:
        at_s = float(form.get("at_s", "").replace(",", "."))
    except ValueError:
        at_s = -1.0
    if not 0.0 <= at_s <= duration_s:
        high = f"{duration_s:.1f}"
        raise FormError({"at_s": _("Enter seconds from 0 to %(high)s.", high=high)})
    return at_s
