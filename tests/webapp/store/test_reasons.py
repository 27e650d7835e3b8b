"""Reasons to look after a patient, each by the facts that make it and those that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.store import reasons
from webapp.store.clinic_settings import ClinicSettings
from webapp.store.facts import Done, Facts, Item, Report, Trend
from webapp.store.marks import Mark
from webapp.store.pain import PainRule
from webapp.store.plans import Schedule

TODAY = date(2026, 3, 20)
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


def done(ago: int = 1, **values: Any) -> Done:
    """A session so many days ago."""
    usual: dict[str, Any] = {"reps": 10, "incomplete": 0, "faulty": 0, "hold_s": 0.0, "pain": False}
    at = NOON - timedelta(days=ago)
    return Done(f"s{ago}", "p", "squat", at.date(), at.replace(tzinfo=None), **(usual | values))


def patient(**values: Any) -> Facts:
    """Somebody who is doing well: exercises daily, all correct."""
    item = Item("p", "squat", Schedule(), TODAY - timedelta(days=60))
    well = Facts(
        "id", "Ada", TODAY, items=(item,), sessions=tuple(done(n) for n in range(1, 10)), last=TODAY
    )
    return replace(well, **values)  # fmt: skip


def keys(facts: Facts) -> list[str]:
    return [one.key for one in reasons.of(facts)]


def test_who_does_well_needs_nobody() -> None:
    assert keys(patient()) == []


@pytest.mark.parametrize(
    ("what", "wanted"),
    [
        ({"sessions": (done(1, pain=True), *(done(n) for n in range(2, 9)))}, ["pain_stop"]),
        ({"sessions": (*(done(n) for n in range(1, 8)), done(8, pain=True))}, []),
        ({"reports": (Report("after", NOON, 6, "s1"),)}, ["pain"]),
        ({"reports": (Report("after", NOON, 5, "s1"),)}, []),
        ({"reports": (Report("after", NOON, 5, "s1"),), "clinic": ClinicSettings(PainRule(red=5))}, ["pain"]),
        ({"reports": (Report("after", NOON, 1), Report("after", NOON - timedelta(days=1), 9))}, []),
        ({"reports": (Report("morning", NOON, 5), Report("before", NOON - timedelta(days=1), 2))}, ["morning"]),
        ({"reports": (Report("morning", NOON, 3), Report("before", NOON - timedelta(days=1), 2))}, []),
        ({"trends": (Trend("p", "squat", "knee_flexion", 95, 89, 5, TODAY),)}, ["range"]),
        ({"trends": (Trend("p", "squat", "knee_flexion", 95, 90, 5, TODAY),)}, []),
        ({"unread": NOON}, ["message"]),
        ({"items": ()}, ["no_program"]),
        ({"proposals": (("x", NOON),)}, ["proposal"]),
        ({"invited": NOON - timedelta(days=4)}, ["invitation"]),
        ({"invited": NOON - timedelta(days=2)}, []),
        ({"items": (Item("p", "squat", Schedule(until=TODAY - timedelta(days=1)), TODAY - timedelta(days=9)),)},
         ["ended"]),
        ({"sessions": tuple(done(n, incomplete=6) for n in range(1, 9))}, ["short"]),
        ({"sessions": tuple(done(n, faulty=6) for n in range(1, 9))}, ["form"]),
        ({"sessions": tuple(done(n, faulty=4 if n < 4 else 1) for n in range(1, 9))}, ["form"]),
        ({"sessions": tuple(done(n, faulty=4) for n in range(1, 9))}, []),
    ],
)  # fmt: skip
def test_each_reason_by_its_facts(what: dict[str, Any], wanted: list[str]) -> None:
    assert keys(patient(**what)) == wanted


def test_missed_days_are_those_of_the_schedule() -> None:
    weekends = Item("p", "squat", Schedule(weekdays=(5, 6)), TODAY - timedelta(days=60))
    lazy = patient(sessions=(), last=TODAY - timedelta(days=30))
    [reason] = reasons.of(lazy)
    assert (reason.key, reason.values["missed"], reason.values["due"]) == ("missed", 7, 7)
    assert (
        keys(replace(lazy, items=(weekends,))) == []
    )  # two days a week are too few to make a fuss
    assert keys(replace(lazy, sessions=(done(1), done(3), done(5), done(6)))) == []


def test_who_never_began_is_told_apart() -> None:
    assert keys(patient(sessions=(), last=None)) == ["never"]


def test_a_new_program_is_given_time() -> None:
    new = Item("p", "squat", Schedule(), TODAY - timedelta(days=2))
    assert keys(patient(sessions=(), last=None, items=(new,))) == []


def test_pain_comes_first_and_the_newest_among_equals() -> None:
    facts = patient(
        unread=NOON - timedelta(days=5), proposals=(("x", NOON - timedelta(days=9)),),
        sessions=(done(1, pain=True), *(done(n) for n in range(2, 9))),
    )  # fmt: skip
    assert keys(facts) == ["pain_stop", "message", "proposal"]


@given(st.permutations(reasons.JUDGES))
def test_the_order_of_the_judges_does_not_matter(judges: list[reasons.Judge]) -> None:
    facts = patient(unread=NOON, proposals=(("x", NOON - timedelta(days=1)),), items=())
    assert [one.key for one in reasons.of(facts, judges)] == keys(facts)


@pytest.mark.parametrize(
    ("until", "evidence", "urgency", "hidden"),
    [
        (None, -1, reasons.SOON, True), (None, 1, reasons.SOON, False), (5, 1, reasons.SOON, True),
        (0, -1, reasons.SOON, False), (5, -1, reasons.NOW, True), (5, 1, reasons.NOW, False),
    ],
)  # fmt: skip
def test_what_was_seen_comes_back_with_something_new_and_pain_is_never_put_off(
    until: int | None, evidence: int, urgency: int, hidden: bool
) -> None:
    day = None if until is None else TODAY + timedelta(days=until)
    mark = Mark(True, day, "", NOON)
    reason = reasons.Reason(
        "message", urgency, NOON + timedelta(hours=evidence), "messages", "id", {}
    )
    assert mark.hides_on(TODAY, reason) is hidden
