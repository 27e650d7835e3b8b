"""What a therapist may set for one exercise, read from a form and checked against the exercise's own ranges."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import cast, get_args

import msgspec
from werkzeug.datastructures import MultiDict

from coach.absence import tailored
from coach.errors import DoseError
from coach.exercise import Dose, Exercise, Limit, Prescription, Sides, Target, Tempo, VariantName
from coach.goals import Goals
from coach.landmarks import Part
from coach.variants import variant_of
from webapp.i18n import _
from webapp.store.plans import Plan
from webapp.therapist import plan_forms

WHY_LENGTH = 500


class FormError(ValueError):
    """Something in the form cannot be prescribed. `problems` are sentences by field name."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems.values()))


class _Reader:
    """Takes numbers out of a form and remembers what was wrong with them."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self.form, self.problems = form, dict[str, str]()

    def number(self, name: str, low: float, high: float) -> float:
        """The number in a field, if it lies within its range."""
        try:
            value = float(self.form.get(name, "").strip().replace(",", "."))
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            self.problems[name] = _("Enter a number from %(low)g to %(high)g.", low=low, high=high)
            return low
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        """The same without a fraction."""
        return round(self.number(name, low, high))


def plan(
    form: MultiDict[str, str],
    exercise: Exercise,
    before: Plan,
    today: date,
    absent: tuple[Part, ...] = (),
) -> Plan:
    """The whole form, for a body without the `absent` parts; one without the fields of the plan leaves that as it was.

    Raises FormError that names every wrong field.
    """
    read = _Reader(form)
    wish = _prescription(form, exercise, read)
    whole = (
        plan_forms.plan(form, variant_of(exercise, wish.variant), wish, read, today)
        if form.get("plan")
        else msgspec.structs.replace(before, prescribed=wish)
    )
    if not read.problems:
        _ask_engine(exercise, msgspec.structs.replace(wish, absent=absent), read)
    if read.problems:
        raise FormError(read.problems)
    return whole


def _prescription(form: Mapping[str, str], whole: Exercise, read: _Reader) -> Prescription:
    """The part that the engine judges by.

    A variant with other degrees than the one that the form was filled with begins with its own.
    """
    variant = _variant(form, whole, "variant", read)
    exercise = variant_of(whole, variant)
    filled = variant_of(whole, _variant(form, whole, "variant_was", read))
    return Prescription(
        variant=variant,
        targets={
            name: read.number(f"target.{name}", t.min, t.max)
            if filled.targets.get(name) == t
            else t.default
            for name, t in exercise.targets.items()
        },
        limits={
            name: read.number(f"limit.{name}", limit.min, limit.max)
            for name, limit in exercise.limits.items()
            if form.get(f"limit_on.{name}") and filled.limits.get(name) == limit
        },
        sides=_sides(form, exercise, read),
        dose=_dose(read, exercise),
        tempo=_tempo(read) if exercise.kind == "cycle" else None,
    )


def drawn(form: Mapping[str, str], name: str, bounds: Target | Limit, otherwise: float) -> float:
    """The degrees to draw for a field: what was typed if it can be prescribed, else what is prescribed."""
    read = _Reader(form)
    value = read.number(name, bounds.min, bounds.max)
    return otherwise if read.problems else value


def reason(form: Mapping[str, str]) -> str:
    """Why it was changed, in the therapist's words."""
    return form.get("why", "").strip()[:WHY_LENGTH]


def _dose(read: _Reader, exercise: Exercise) -> Dose:
    return Dose(
        sets=read.whole("sets", 1, 20),
        reps=read.whole("reps", 1, 100) if exercise.kind == "cycle" else exercise.dose.reps,
        hold_s=read.number("hold_s", 0, 600),
        rest_s=read.number("rest_s", 0, 600),
    )


def _tempo(read: _Reader) -> Tempo:
    out, hold, back = (
        read.number(f"tempo.{part}", 0, 20) for part in ("out_s", "hold_s", "back_s")
    )
    return Tempo(out_s=out, hold_s=hold, back_s=back)


def _sides(form: Mapping[str, str], exercise: Exercise, read: _Reader) -> Sides | None:
    text = form.get("sides", "")
    if not text or text == exercise.sides:
        return None
    if text not in get_args(Sides):
        read.problems["sides"] = _("Choose one of the sides.")
        return None
    return cast(Sides, text)


def _variant(
    form: Mapping[str, str], exercise: Exercise, field: str, read: _Reader
) -> VariantName | None:
    text = form.get(field, "")
    if text and text not in exercise.variants:
        read.problems[field] = _("Choose one of the variants.")
        return None
    return cast(VariantName, text) if text else None


def _ask_engine(exercise: Exercise, wish: Prescription, read: _Reader) -> None:
    """The engine has the last word on what it can judge."""
    try:
        Goals(*tailored(exercise, wish))
    except DoseError as error:
        read.problems["form"] = str(error)


def merged(exercise: Exercise, prescribed: Prescription) -> Prescription:
    """A prescription with the exercise's own values where the therapist set none: what the form starts from."""
    exercise = variant_of(exercise, prescribed.variant)
    limits = {
        name: limit.default for name, limit in exercise.limits.items() if limit.default is not None
    }
    return msgspec.structs.replace(
        prescribed,
        targets={name: t.default for name, t in exercise.targets.items()} | prescribed.targets,
        limits=limits | prescribed.limits,
        sides=prescribed.sides or exercise.sides,
        dose=prescribed.dose or exercise.dose,
        tempo=prescribed.tempo or exercise.tempo,
    )


def complete(exercise: Exercise, wish: Plan) -> Plan:
    """A plan with the exercise's own values where nothing else is set."""
    return msgspec.structs.replace(wish, prescribed=merged(exercise, wish.prescribed))
