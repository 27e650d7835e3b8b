"""Functional tests: stands in half a minute, the time for five, how long on one leg."""

from __future__ import annotations

import msgspec
import pytest

from coach.assessing.assessment import Person
from coach.assessing.functional import score
from coach.errors import MediaError
from coach.summary import HoldEntry, RepEntry, Result
from poses import catalogue

TESTS = catalogue.functional_tests()
STANDS, FIVE, ONE_LEG = (
    TESTS[name] for name in ("chair_stand_30s", "five_times_sit_to_stand", "single_leg_stance")
)


def result(*reps: tuple[float, str], holds: tuple[float, ...] = ()) -> Result:
    """Repetitions of two seconds that start at these times, with their verdicts; holds of so many seconds."""
    entries = [
        RepEntry(
            index, "both", start_s, start_s + 1.0, start_s + 2.0, verdict, {}, (), 1.0,
            {"out": 1.0, "hold": 0.0, "back": 1.0},
        )
        for index, (start_s, verdict) in enumerate(reps, 1)
    ]  # fmt: skip
    held = tuple(HoldEntry("left", 0.0, seconds) for seconds in holds)
    blank = msgspec.convert(
        dict.fromkeys(Result.__struct_fields__, 0)
        | {"exercise": "", "view": "side", "by_side": {}, "rep_list": [], "angles": {}, "notes": []}
        | {"hold_list": [], "schema": 1},
        Result,
    )
    return msgspec.structs.replace(blank, rep_list=tuple(entries), hold_list=held)


def stands(count: int, from_s: float = 2.0) -> Result:
    return result(*((from_s + 2.0 * i, "correct") for i in range(count)))


def test_the_clock_runs_thirty_seconds_from_the_first_movement() -> None:
    found = score(STANDS, stands(20), Person(age=66, sex="female"))
    assert (found.value, found.unit) == (15, "repetitions")
    assert (found.usual, found.compared) == (11, "usual")


def test_more_than_half_way_up_at_the_end_counts() -> None:
    assert score(STANDS, result((0.0, "correct"), (29.4, "correct")), Person()).value == 2
    assert score(STANDS, result((0.0, "correct"), (29.6, "correct")), Person()).value == 1


def test_fewer_than_the_band_is_below_average_and_an_unknown_age_is_not_compared() -> None:
    assert score(STANDS, stands(8), Person(age=72, sex="male")).compared == "below"
    assert score(STANDS, stands(8), Person(age=30, sex="male")).compared == "unknown"


def test_not_fully_up_does_not_count_and_is_said() -> None:
    found = score(STANDS, result((0.0, "correct"), (2.0, "incomplete"), (4.0, "faulty")), Person())
    assert (found.value, found.left_out) == (2, 1)


def test_the_time_for_five_is_better_when_shorter() -> None:
    found = score(FIVE, stands(6), Person(age=75, last=15.0))
    assert (found.value, found.unit) == (10.0, "seconds")
    assert (found.compared, found.at_risk) == ("usual", False)
    assert (found.change, found.real) == (-5.0, True)


def test_four_are_not_five() -> None:
    with pytest.raises(MediaError, match="needs 5 full repetitions, but 4 were seen"):
        score(FIVE, stands(4), Person())


def test_the_longest_of_the_holds_up_to_the_end_of_the_test() -> None:
    assert score(ONE_LEG, result(holds=(12.0, 31.0, 8.0)), Person(age=65)).value == 31.0
    assert score(ONE_LEG, result(holds=(80.0,)), Person(age=25)).value == 45.0
    assert score(ONE_LEG, result(holds=(3.0,)), Person(age=70)).at_risk is True


@pytest.mark.parametrize("name", TESTS)
def test_bands_of_one_sex_do_not_overlap(name: str) -> None:
    found = TESTS[name]
    for sex in ("female", "male"):
        ages = [
            age
            for band in found.bands
            if band.sex in {None, sex}
            for age in range(band.age[0], band.age[1] + 1)
        ]
        assert len(ages) == len(set(ages))
