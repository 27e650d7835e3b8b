"""The bench of the pages: what its figures mean, and that it asks the slowest first."""

from __future__ import annotations

from scripts.pages_bench import GOAL_MS, Took, _arguments, _shares, table


def test_one_slow_answer_of_twenty_is_not_the_95th() -> None:
    assert _shares([10.0] * 19 + [500.0]) == (10.0, 10.0)
    assert _shares([10.0] * 18 + [500.0] * 2) == (10.0, 500.0)


def test_the_slowest_stands_first_and_is_marked() -> None:
    quick = Took("patient", "patient.today", 200, 9.0, GOAL_MS, 8.0, 9.0)
    slow = Took("clinic", "clinic.sessions", 200, 90.0, GOAL_MS + 1, 80.0, 99.0)
    _, first, second = table([quick, slow])
    assert "clinic.sessions" in first
    assert first.endswith("slow")
    assert not second.endswith("slow")


def test_the_usual_clinic_is_the_one_of_the_goal() -> None:
    asked = _arguments([])
    assert (asked.patients, asked.days, asked.times) == (200, 365, 20)
