"""How long a dose takes, and the short day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exercise import Dose, Prescription
from poses import catalogue
from webapp import doses
from webapp.patient.short import FIVE_MINUTES_S, five, minutes
from webapp.patient.today import Task
from webapp.store.plans import Plan, due

DAY = date(2026, 11, 25)

SETS = st.builds(
    Dose,
    sets=st.integers(1, 20),
    reps=st.integers(0, 100),
    hold_s=st.floats(0, 60),
    rest_s=st.floats(0, 300),
)


def task(exercise: str, dose: Dose | None = None) -> Task:
    wish = Prescription(dose=dose)
    plan = Plan(prescribed=wish)
    return Task(exercise, catalogue.load(exercise), wish, plan, 0, due(plan.schedule, DAY, 0))


@given(st.sampled_from(("squat", "plank", "biceps_curl")), SETS)
def test_one_set_is_never_longer_than_the_whole(exercise: str, dose: Dose) -> None:
    definition, whole = catalogue.load(exercise), Prescription(dose=dose)
    short = doses.of_day(definition, whole, short=True)
    assert doses.seconds(definition, short) <= doses.seconds(definition, whole)
    assert short.dose is not None
    assert short.dose.sets == 1
    assert (short.dose.reps, short.targets, short.limits) == (
        dose.reps,
        whole.targets,
        whole.limits,
    )


@given(st.lists(SETS, min_size=1, max_size=6))
def test_five_minutes_keep_the_order_and_always_something(given_doses: list[Dose]) -> None:
    tasks = [task("squat", dose) for dose in given_doses]
    chosen = five(tasks)
    assert chosen == tasks[: len(chosen)]
    assert chosen
    if len(chosen) > 1:
        assert minutes(chosen, short=True) * 60 <= FIVE_MINUTES_S + 30


@pytest.mark.parametrize(("exercise", "low", "high"), [("squat", 2, 8), ("plank", 1, 6)])
def test_a_usual_exercise_takes_a_few_minutes(exercise: str, low: int, high: int) -> None:
    assert low <= minutes([task(exercise)]) <= high
