"""How it goes over the weeks: days done, and how far each exercise went, with what of it is real change.

Shown to the patient and to the therapist. A change is called real only beyond the minimal detectable change of the
joint, between the first and the last sessions, so that a good day is not taken for progress.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final, Literal

from coach.exercise import Exercise
from poses import catalogue
from webapp.review import target_of
from webapp.store import log, programs, ranges
from webapp.store.engine import Session
from webapp.words import exercise_or_none

WEEKS: Final = 12
#: Sessions on each end whose median is compared.
ENDS: Final = 3
#: For angles without a published figure: two raters with a goniometer differ by as much.
USUAL_MDC_DEG: Final = 10.0
SESSIONS: Final = 60

Change = Literal["further", "less", "same", "unknown"]


@dataclass(frozen=True, slots=True)
class Point:
    """How far one session went."""

    day: date
    deg: int


@dataclass(frozen=True, slots=True)
class Trend:
    """One exercise over time. `change_deg` is towards the target; `change` whether it is more than chance."""

    exercise: Exercise
    angle: str
    points: tuple[Point, ...]
    target_deg: float
    change: Change
    change_deg: int

    @property
    def up(self) -> int:
        """1 where more degrees are further, -1 where fewer are: a chart shows further as higher."""
        return -1 if self.exercise.targets[self.angle].towards == "smaller" else 1

    @property
    def last(self) -> int:
        """How far the last session went."""
        return self.points[-1].deg


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar week: days with exercise, of the days that are over."""

    first: date
    days: int


def trends(session: Session, patient_id: str) -> list[Trend]:
    """A trend for each exercise of the program that has degrees and was done at least once."""
    found = []
    for row in programs.of_patient(session, patient_id):
        exercise = exercise_or_none(row.exercise_id)
        angle = next(iter(exercise.targets), None) if exercise else None
        if exercise is None or angle is None:
            continue
        rows = list(log.of_prescription(session, row.id, SESSIONS))
        spans = ranges.of_sessions(session, [one.id for one in rows], angle)
        end = 0 if exercise.targets[angle].towards == "smaller" else 1
        points = tuple(Point(one.local_date, spans[one.id][end]) for one in rows if one.id in spans)
        prescribed = programs.prescribed(programs.current(session, row.id))
        target = target_of(exercise, prescribed, angle)
        if points and target is not None:
            found.append(trend(exercise, angle, points, target))
    return found


def trend(exercise: Exercise, angle: str, points: tuple[Point, ...], target_deg: float) -> Trend:
    """What the points say."""
    smaller = exercise.targets[angle].towards == "smaller"
    if len(points) < 2 * ENDS:
        return Trend(exercise, angle, points, target_deg, "unknown", 0)
    moved = median(p.deg for p in points[-ENDS:]) - median(p.deg for p in points[:ENDS])
    further = -moved if smaller else moved
    change: Change = "same"
    if abs(further) >= mdc_deg(angle, "smaller" if smaller else "larger"):
        change = "further" if further > 0 else "less"
    return Trend(exercise, angle, points, target_deg, change, round(further))


def mdc_deg(angle: str, towards: Literal["larger", "smaller"]) -> float:
    """The minimal detectable change of an angle in degrees: that of its range-of-motion measurement."""
    fits = (m for m in catalogue.motions().values() if (m.angle, m.towards) == (angle, towards))
    return next((motion.mdc_deg for motion in fits), USUAL_MDC_DEG)


def weeks(done: set[date], today: date) -> list[Week]:
    """The last weeks, oldest first, from the Monday of each."""
    monday = today - timedelta(days=today.weekday())
    firsts = [monday - timedelta(weeks=ago) for ago in range(WEEKS - 1, -1, -1)]
    return [
        Week(first, sum(first + timedelta(days=n) in done for n in range(7))) for first in firsts
    ]


def streak(found: Sequence[Week], least: int = 2) -> int:
    """Weeks in a row with exercise on `least` days. The running week counts when it has them and breaks nothing when it
    does not yet; one week of rest in between is forgiven, once."""
    length, forgiven = 0, False
    for week in reversed(found[:-1]):
        if week.days >= least:
            length += 1
        elif forgiven or not length:
            break
        else:
            forgiven = True
    return length + (bool(found) and found[-1].days >= least)


def month(first: date) -> list[list[date | None]]:
    """The days of a month in rows of a week from Monday on; None outside it."""
    return [
        [date(first.year, first.month, day) if day else None for day in row]
        for row in calendar.Calendar().monthdayscalendar(first.year, first.month)
    ]
