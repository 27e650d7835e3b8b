"""Functional tests on the same engine: so many in a time, the time for so many, or how long a position is held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

import msgspec

from coach.assessing.assessment import Person, Sex
from coach.errors import NotMeasuredError
from coach.exercise import Name, Source, Words
from coach.summary import RepEntry, Result

_HALFWAY: Final = 0.5
"""Who is more than half way up when the time is over has stood up once more (30-second chair stand, CDC STEADI)."""


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people of an age (years, both ends included) reach; of one sex, or of both.

    `value` is in the test's own unit: repetitions or seconds. What it means is `FunctionalTest.band`.
    """

    age: tuple[int, int]
    value: float
    sex: Sex | None = None


class FunctionalTest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A test: what is done, and how it is read.

    `kind`: `count` repetitions in `seconds`; `time` for `reps` repetitions; the longest `hold`, up to `seconds`.
    `band` says whether `bands` hold the mean of healthy people or the value below which people are below average. `mdc`
    is the minimal detectable change, in the test's unit; `risk` a value that is linked to falls.
    """

    id: Name
    exercise: Name
    kind: Literal["count", "time", "hold"]
    words: Words
    seconds: Annotated[float, msgspec.Meta(gt=0.0)] = 60.0
    reps: Annotated[int, msgspec.Meta(ge=1)] = 1
    band: Literal["mean", "below_average"] = "mean"
    bands: tuple[Band, ...] = ()
    mdc: float | None = None
    risk: float | None = None
    sources: Annotated[tuple[Source, ...], msgspec.Meta(min_length=1)]

    def band_of(self, age: int | None, sex: Sex | None) -> Band | None:
        """What is usual at this age and sex, if it is known."""
        fits = (b for b in self.bands if age is not None and b.age[0] <= age <= b.age[1])
        return next((band for band in fits if band.sex in {None, sex}), None)

    def better(self, one: float, other: float) -> bool:
        """Whether `one` is better than `other`: a shorter time, otherwise more."""
        return one < other if self.kind == "time" else one > other


class Score(msgspec.Struct, frozen=True):
    """A test's score: `value` in repetitions or seconds; how it compares; `left_out` repetitions that were not full."""

    test: str
    value: float
    unit: Literal["repetitions", "seconds"]
    usual: float | None
    compared: Literal["below", "usual", "unknown"]
    at_risk: bool | None
    change: float | None
    real: bool | None
    left_out: int = 0


def score(test: FunctionalTest, result: Result, person: Person) -> Score:
    """The score of an analysed stream. Raises NotMeasuredError when the test was not completed."""
    full = [rep for rep in result.rep_list if rep.verdict != "incomplete"]
    return scored(test, _value(test, result, full), person, len(result.rep_list) - len(full))


def scored(test: FunctionalTest, value: float, person: Person, left_out: int = 0) -> Score:
    """A value of the test (its own unit), and what it is compared with."""
    band = test.band_of(person.age, person.sex)
    change = None if person.last is None else round(value - person.last, 1)
    return Score(
        test=test.id,
        value=value,
        unit="repetitions" if test.kind == "count" else "seconds",
        usual=band.value if band else None,
        compared=_compared(test, value, band),
        at_risk=None if test.risk is None else not test.better(value, test.risk),
        change=change,
        real=None if change is None or test.mdc is None else abs(change) > test.mdc,
        left_out=left_out,
    )


def _value(test: FunctionalTest, result: Result, full: list[RepEntry]) -> float:
    if test.kind == "hold":
        if not result.hold_list:
            raise NotMeasuredError("no_hold", f"The position of {test.id} was not held; try again.")
        longest_s = max(hold.held_s for hold in result.hold_list)
        return round(min(test.seconds, longest_s), 1)
    if not full:
        raise NotMeasuredError(
            "no_repetition",
            f"No full repetition of {test.exercise} was seen, so {test.id} has no score; try again.",
        )
    if test.kind == "count":
        return in_time(full, test.seconds)
    if len(full) < test.reps:
        raise NotMeasuredError(
            "too_few",
            f"{test.id} needs {test.reps} full repetitions, but {len(full)} were seen; try again.",
        )
    return round(full[test.reps - 1].end_s - full[0].start_s, 1)


def in_time(full: Sequence[RepEntry], seconds: float) -> float:
    """How many of these (at least one) count: the clock runs from the first movement."""
    until_s = full[0].start_s + seconds
    return float(sum(rep.start_s + _HALFWAY * rep.tempo_s["out"] <= until_s for rep in full))


def _compared(
    test: FunctionalTest, value: float, band: Band | None
) -> Literal["below", "usual", "unknown"]:
    if band is None:
        return "unknown"
    return "below" if test.better(band.value, value) else "usual"
