"""What is asked of a day: schedules and phases, for every day and not only for the ones that come to mind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exercise import Dose, Prescription
from webapp.store import plans, programs
from webapp.store.plans import Load, Phase, Plan, Schedule, due

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
SCHEDULES = st.builds(
    Schedule,
    times_a_day=st.integers(1, 12),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    start=st.none() | DAYS,
    until=st.none() | DAYS,
)
MONDAY = date(2026, 3, 2)


@given(SCHEDULES, DAYS, st.integers(0, 20))
def test_what_is_left_is_what_was_asked_less_what_was_done(
    schedule: Schedule, day: date, done: int
) -> None:
    asked = due(schedule, day, done)
    assert asked.wanted in (0, schedule.times_a_day)
    assert asked.left == max(0, asked.wanted - done)


@given(SCHEDULES, DAYS)
def test_nothing_is_asked_outside_the_weekdays_and_the_dates(schedule: Schedule, day: date) -> None:
    asked = due(schedule, day, 0).wanted > 0
    inside = (schedule.start or day) <= day <= (schedule.until or day)
    assert asked == (inside and day.weekday() in schedule.weekdays)


@given(SCHEDULES, DAYS)
def test_a_week_without_end_asks_for_each_of_its_weekdays_once(
    schedule: Schedule, first: date
) -> None:
    always = Schedule(times_a_day=schedule.times_a_day, weekdays=schedule.weekdays)
    week = [first + timedelta(days=n) for n in range(7)]
    asked = sum(due(always, day, 0).wanted for day in week)
    assert asked == schedule.times_a_day * len(schedule.weekdays)


@given(SCHEDULES, st.lists(st.integers(2, 104), unique=True, max_size=4), DAYS)
def test_the_phase_of_a_day_is_the_last_that_has_begun(
    schedule: Schedule, weeks: list[int], day: date
) -> None:
    plan = Plan(schedule=schedule, phases=tuple(Phase(week=week) for week in weeks))
    week = plans.week_of(schedule, day)
    phase = plans.phase_on(plan, day)
    assert (phase.week if phase else None) == max((w for w in weeks if w <= week), default=None)


@given(DAYS, st.integers(0, 700))
def test_weeks_have_seven_days(start: date, after: int) -> None:
    schedule = Schedule(start=start)
    assert plans.week_of(schedule, start + timedelta(days=after)) == 1 + after // 7


@pytest.mark.parametrize(
    ("day", "reps", "target"), [(0, 8, 80.0), (13, 8, 80.0), (14, 12, 80.0), (28, 12, 95.0)]
)
def test_a_phase_overrides_only_what_it_names(day: int, reps: int, target: float) -> None:
    plan = Plan(
        prescribed=Prescription(
            targets={"knee_flexion": 80.0}, limits={"knee_flexion": 110.0}, dose=Dose(reps=8)
        ),
        schedule=Schedule(start=MONDAY),
        phases=(
            Phase(week=3, dose=Dose(reps=12)),
            Phase(week=5, dose=Dose(reps=12), targets={"knee_flexion": 95.0}),
        ),
    )
    asked = plans.on(plan, MONDAY + timedelta(days=day))
    assert asked.dose
    assert (asked.dose.reps, asked.targets["knee_flexion"]) == (reps, target)
    assert asked.limits == {"knee_flexion": 110.0}  # what is there for safety holds in every phase


@given(
    st.builds(
        Plan,
        load=st.sampled_from([Load(), Load(kind="body"), Load(kind="kg", kg=2.5), Load(kind="band", band="red")]),
        schedule=SCHEDULES,
        phases=st.just((Phase(week=2), Phase(week=4, dose=Dose(sets=2), targets={"knee_flexion": 90.0}))),
        note=st.text(max_size=20),
    )
)  # fmt: skip
def test_columns_hold_the_whole_plan(plan: Plan) -> None:
    assert programs.from_columns(programs.columns(plan)) == plan


def test_what_says_nothing_is_kept_as_nothing() -> None:
    assert plans.plain(Plan()) == {"load": None, "schedule": None, "phases": None, "note": None}
