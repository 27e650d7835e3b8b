"""The course of an angle: what was held, and the attempts in it, whatever is asked on the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.assessing.attempts import Course, attempts

DEGREES = st.lists(st.floats(-20, 170), min_size=1, max_size=120)


@given(DEGREES, st.sampled_from(["larger", "smaller"]))
def test_asking_on_the_way_changes_nothing(degrees: list[float], towards: str) -> None:
    asked, left_alone = (Course(towards) for _ in range(2))  # type: ignore[arg-type]
    for number, deg in enumerate(degrees):
        for course in (asked, left_alone):
            course.add(number / 15, deg, 7.0)
        asked.attempts()
        asked.out()
    assert asked.attempts() == left_alone.attempts()
    assert asked.range_deg() == left_alone.range_deg()


@given(DEGREES)
def test_an_attempt_lies_within_what_was_seen(degrees: list[float]) -> None:
    t_s = np.arange(len(degrees)) / 15
    for one in attempts(t_s, np.array(degrees), np.full(len(degrees), 7.0), "larger"):
        assert min(degrees) - 0.1 <= one.deg <= max(degrees) + 0.1
        assert one.t_s in np.round(t_s, 2)


def test_nothing_seen_has_no_range() -> None:
    course = Course("larger")
    assert (len(course), course.range_deg(), course.attempts(), course.out()) == (0, 0.0, (), False)


def test_an_attempt_is_out_until_the_angle_has_come_back() -> None:
    course = Course("larger")
    out = []
    for number in range(90):
        course.add(number / 15, 100.0 if 30 <= number < 60 else 5.0, 7.0)
        out.append(course.out())
    assert [number for number, now in enumerate(out) if now] == pytest.approx(
        list(range(34, 64)), abs=5
    )
