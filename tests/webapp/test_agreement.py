"""How often two raters agree: worked by hand, beside the published formulas."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.builders import Browser
from webapp.agreement import ENOUGH, agreement, by_exercise, by_fault
from webapp.store.verdicts import Pair


def test_cohens_kappa_and_gwets_ac1_as_worked_by_hand() -> None:
    """20 both yes, 15 both no, 5 and 10 apart: raw 0.7; chance 0.5 for kappa, and 2 x 0.55 x 0.45 for AC1."""
    said = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    found = agreement(said, 2)
    assert (found.reviewed, found.agreed, found.raw) == (50, 35, 0.7)
    assert found.kappa == pytest.approx(0.4)
    assert found.ac1 == pytest.approx((0.7 - 0.495) / 0.505)


def test_when_nearly_all_are_correct_kappa_falls_and_ac1_does_not() -> None:
    said = [("correct", "correct")] * 96 + [("correct", "faulty")] * 2 + [("faulty", "correct")] * 2
    found = agreement(said, 4)
    assert found.raw == 0.96
    assert found.kappa is not None
    assert found.kappa < 0.0
    assert found.ac1 is not None
    assert found.ac1 > 0.95


def test_where_chance_always_agrees_there_is_no_kappa() -> None:
    assert agreement([("correct", "correct")] * 30, 4).kappa is None
    assert agreement([], 4).kappa is None


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1))
def test_agreement_is_the_same_from_both_sides_and_never_above_one(
    said: list[tuple[str, str]],
) -> None:
    one, other = agreement(said, 4), agreement([(b, a) for a, b in said], 4)
    assert one.raw == other.raw
    for first, second in ((one.kappa, other.kappa), (one.ac1, other.ac1)):
        assert first == (None if second is None else pytest.approx(second))
        assert first is None or first <= 1.0 + 1e-9


def test_few_repetitions_say_so() -> None:
    assert not agreement([("a", "a")] * (ENOUGH - 1), 4).enough
    assert agreement([("a", "a")] * ENOUGH, 4).enough


def pair(coach: str, therapist: str, coach_saw: str = "", therapist_saw: str = "") -> Pair:
    faults = [frozenset(filter(None, [seen])) for seen in (coach_saw, therapist_saw)]
    return Pair("squat", coach, faults[0], therapist, faults[1])  # type: ignore[arg-type]


def test_a_fault_is_compared_where_both_saw_a_repetition() -> None:
    pairs = [
        pair("faulty", "faulty", "lean", "lean"), pair("faulty", "correct", "lean"), pair("correct", "correct"),
        pair("none", "faulty", "", "lean"), pair("correct", "none"),
    ]  # fmt: skip
    [lean] = by_fault(pairs)
    assert (lean.coach, lean.therapist, lean.both, lean.agreement.reviewed) == (2, 1, 1, 3)
    assert by_exercise(pairs)["squat"].reviewed == 5


@pytest.mark.parametrize("role", ["therapist", "clinic"])
def test_the_page_shows_shares_beside_those_of_physiotherapists(app: Flask, role: str) -> None:
    text = Browser(app).demo(role).get("/patients/agreement").text
    assert "0.83" in text
    assert "Squat" in text


def test_the_table_holds_every_exercise_and_fault(therapist: Browser) -> None:
    answer = therapist.get("/patients/agreement.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    squat = next(row for row in rows if row["exercise"] == "squat" and not row["fault"])
    assert int(squat["agreed"]) / int(squat["reviewed"]) == pytest.approx(
        float(squat["raw"]), abs=1e-4
    )
