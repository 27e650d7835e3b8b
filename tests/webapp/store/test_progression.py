"""The rules that propose a step: what makes one fit, which step it takes, and that no step leaves what may be set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exercise import Dose, Prescription
from coach.goals import Goals
from poses import catalogue
from webapp.store.progression import (
    Case,
    Outcome,
    Proposed,
    Rules,
    Step,
    applied,
    propose,
    rules,
)

MINI_SQUAT = catalogue.load("mini_squat")


def easy(number: int = 2, **values: Any) -> list[Outcome]:
    """Sessions in which everything was correct."""
    usual: dict[str, Any] = {"reps": 10, "correct": 10}
    return [Outcome(f"s{n}", **(usual | values)) for n in range(number)]


def case(**values: Any) -> Case:
    """A mini squat of 2 x 10 to 45 degrees."""
    taken = values.pop("taken", ("mini_squat",))
    wish = Prescription(**{"dose": Dose(sets=2, reps=10), "targets": {"knee_flexion": 45.0}, **values})  # fmt: skip
    return Case(MINI_SQUAT, wish, taken)


def step(what: Case, outcomes: Sequence[Outcome]) -> Step | None:
    found = propose(what, outcomes, rules())
    return found.step if found else None


def test_two_easy_sessions_ask_for_more_repetitions_then_further_then_the_next_exercise() -> None:
    assert step(case(), easy()) == Step(kind="reps", before=10, after=12)
    enough = Dose(sets=2, reps=15)
    assert step(case(dose=enough), easy()) == Step(
        kind="target", before=45, after=50, angle="knee_flexion"
    )
    furthest = {"knee_flexion": 70.0}
    assert step(case(dose=enough, targets=furthest), easy()) == Step(kind="ladder", exercise="squat")  # fmt: skip
    both = ("mini_squat", "squat")
    assert step(case(dose=enough, targets=furthest, taken=both), easy()) is None


def test_a_target_never_grows_past_the_limit_that_keeps_the_patient_safe() -> None:
    limited = case(dose=Dose(sets=2, reps=15), limits={"knee_flexion": 47.0})
    found = step(limited, easy())
    assert found
    assert found.after == 47.0


@pytest.mark.parametrize(
    "outcomes",
    [
        easy(1), easy(correct=9), easy(effort=5), easy(pain=6), easy(morning=2), easy(reps=4, correct=4), [],
        [*easy(1, correct=8), *easy(3)],
    ],
)  # fmt: skip
def test_what_was_not_easy_twice_in_a_row_proposes_nothing_forward(outcomes: list[Outcome]) -> None:
    found = propose(case(), outcomes, rules())
    assert found is None or found.rule.direction == "back"


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        ({"pain": 6}, "back_after_pain"), ({"morning": 2}, "back_after_morning"),
        ({"stopped_for_pain": True}, "back_after_stop"),
    ],
)  # fmt: skip
def test_one_session_that_hurt_steps_back_at_once(bad: dict[str, Any], rule: str) -> None:
    found = propose(case(), easy(1, **bad) + easy(5), rules())
    assert isinstance(found, Proposed)
    assert (found.rule.id, found.step.after) == (rule, 40.0)
    assert found.sessions == ("s0",)


def test_pain_below_the_clinics_rule_is_no_step_back() -> None:
    assert propose(case(), easy(1, pain=5), rules()) is None
    strict = Case(MINI_SQUAT, case().prescribed, (), too_much=5)
    found = propose(strict, easy(1, pain=5), rules())
    assert found
    assert found.rule.direction == "back"


@given(
    exercise_id=st.sampled_from(catalogue.ids()),
    share=st.floats(0, 1),
    reps=st.integers(1, 40),
    bad=st.booleans(),
)
def test_every_step_can_be_prescribed(exercise_id: str, share: float, reps: int, bad: bool) -> None:
    exercise = catalogue.load(exercise_id)
    targets = {n: t.min + share * (t.max - t.min) for n, t in exercise.targets.items()}
    wish = Prescription(targets=targets, dose=msgspec.structs.replace(exercise.dose, reps=reps))
    outcomes = easy(2, held_share=1.0, stopped_for_pain=bad)
    found = propose(Case(exercise, wish), outcomes, rules())
    if found is not None:
        Goals(exercise, applied(wish, exercise, found.step))  # raises what the engine cannot judge
        assert found.step.kind == "ladder" or found.step.after != found.step.before


def test_every_exercise_of_a_ladder_exists() -> None:
    assert {one for ladder in rules().ladders for one in ladder.exercises} <= set(catalogue.ids())


def test_a_misspelt_rule_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"rules": [{"id": "x", "direction": "up", "when": {}, "steps": []}]}, Rules)
