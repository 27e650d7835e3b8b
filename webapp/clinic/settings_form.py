"""What a clinic may decide, read from its form."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.i18n import _
from webapp.store.clinic_settings import WEEK, ClinicSettings
from webapp.store.pain import PainRule


class FormError(ValueError):
    """Something in the form cannot be. `problems` are sentences by field name."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems.values()))


def read(form: Mapping[str, str]) -> ClinicSettings:
    """The whole form. Raises FormError."""
    problems: dict[str, str] = {}
    amber, red = (_number(form, name, 10, problems) for name in ("amber", "red"))
    missed = _number(form, "missed_days", WEEK, problems)
    if not problems and red <= amber:
        problems["red"] = _("Choose a higher number than for going gently.")
    if problems:
        raise FormError(problems)
    return ClinicSettings(PainRule(amber, red), missed)


def _number(form: Mapping[str, str], name: str, high: int, problems: dict[str, str]) -> int:
    text = form.get(name, "").strip()
    if text.isascii() and text.isdigit() and 1 <= int(text) <= high:
        return int(text)
    problems[name] = _("Enter a whole number from %(low)d to %(high)d.", low=1, high=high)
    return 1
