"""Load, schedule and phases of a prescription in words, for patients and staff alike."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from webapp.i18n import _, _l, _n
from webapp.store.plans import EVERY_DAY, Load, Phase, Schedule
from webapp.words import day_text, weekday_text

BANDS = {
    "yellow": _l("yellow band"), "red": _l("red band"), "green": _l("green band"), "blue": _l("blue band"),
    "black": _l("black band"), "silver": _l("silver band"), "gold": _l("gold band"),
}  # fmt: skip
LOADS = {
    "none": _l("No load"),
    "body": _l("Body weight"),
    "kg": _l("Weight, kg"),
    "band": _l("Elastic band"),
}
_A_MONDAY = date(2026, 1, 5)


def set_up(app: Flask) -> None:
    """Give every template these words."""
    app.jinja_env.filters.update(load=load_text, schedule=schedule_text, weeks=weeks_text)
    app.jinja_env.globals.update(BANDS=BANDS, LOADS=LOADS, WEEKDAYS=weekdays)


def weekdays() -> list[tuple[int, str]]:
    """Short names of the days of the week in the reader's language, Monday first."""
    return [(number, weekday_text(_A_MONDAY + timedelta(days=number))) for number in range(7)]


def load_text(load: Load) -> str:
    """ "3 kg", "red band", "body weight"; nothing for no load."""
    if load.kind == "kg":
        return _("%(kg)s kg", kg=f"{load.kg or 0:g}")
    if load.kind == "band":
        return str(BANDS.get(load.band or "", _("elastic band")))
    return str(LOADS["body"]) if load.kind == "body" else ""


def schedule_text(schedule: Schedule) -> str:
    """ "every day", "Mo, We, Fr, 2 times a day", with the dates where there are some."""
    parts = [_days(schedule)]
    if schedule.times_a_day > 1:
        parts.append(_n("%(num)d time a day", "%(num)d times a day", schedule.times_a_day))
    if schedule.start:
        parts.append(_("from %(day)s", day=day_text(schedule.start)))
    if schedule.until:
        parts.append(_("until %(day)s", day=day_text(schedule.until)))
    return ", ".join(parts)


def _days(schedule: Schedule) -> str:
    if set(schedule.weekdays) == set(EVERY_DAY):
        return _("every day")
    return ", ".join(name for number, name in weekdays() if number in schedule.weekdays)


def weeks_text(phase: Phase, following: Phase | None = None) -> str:
    """ "weeks 3 to 4" up to the week before the following phase; "from week 3 on" without one."""
    if following is None:
        return _("from week %(week)d on", week=phase.week)
    if following.week - 1 == phase.week:
        return _("week %(week)d", week=phase.week)
    return _("weeks %(first)d to %(last)d", first=phase.week, last=following.week - 1)
