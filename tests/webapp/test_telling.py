"""What patients tell, and what follows from it: for their own page, and for their therapist's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from poses import catalogue
from poses.cautions import against, cautions, touching
from tests.webapp.builders import Browser, person_id, prescription_id, session_id
from webapp import progress
from webapp.extensions import database
from webapp.store import reports
from webapp.store.pain import USUAL
from webapp.store.report_tables import PatientReport, SessionCorrection
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Audit

TODAY = date(2026, 11, 25)


def told(app: Flask, kind: str) -> list[PatientReport]:
    with database(app).reading() as session:
        query = select(PatientReport).where(
            PatientReport.patient_id == person_id(app, "Ada"), PatientReport.kind == kind
        )
        return list(session.scalars(query.order_by(PatientReport.id)))


def test_the_first_exercise_of_a_day_begins_with_how_one_feels(
    app: Flask, patient: Browser
) -> None:
    squat = prescription_id(app, "Ada", "squat")
    assert f"/before/{squat}" in patient.get("/today").text
    answer = patient.post(f"/before/{squat}", {"feeling": "well", "pain": "2"})
    assert answer.headers["Location"] == f"/exercise/{squat}"
    assert told(app, "before")[-1].answers == {"feeling": "well", "pain": 2}
    assert f"/before/{squat}" not in patient.get("/today").text  # once a day


@pytest.mark.parametrize(("feeling", "pain"), [("unwell", "1"), ("well", "6"), ("so_so", "10")])
def test_who_is_unwell_or_in_much_pain_is_offered_rest_first(
    app: Flask, patient: Browser, feeling: str, pain: str
) -> None:
    squat = prescription_id(app, "Ada", "squat")
    page = patient.post(f"/before/{squat}", {"feeling": feeling, "pain": pain}).text
    assert "Rest today" in page
    assert f"/exercise/{squat}?short=1" in page


@pytest.mark.parametrize(
    "form",
    [{}, {"feeling": "well"}, {"feeling": "well", "pain": "11"}, {"feeling": "x", "pain": "²"}],
)
def test_half_an_answer_is_asked_for_again_and_not_kept(
    app: Flask, patient: Browser, form: dict[str, str]
) -> None:
    before = len(told(app, "before"))
    answer = patient.post(f"/before/{prescription_id(app, 'Ada', 'squat')}", form)
    assert answer.status_code == 422
    assert "Choose one of the answers." in answer.text
    assert len(told(app, "before")) == before


def test_pain_and_effort_of_a_session_are_kept_with_every_change(
    app: Flask, patient: Browser
) -> None:
    at = session_id(app, "Ada", "squat")
    for pain in ("3", "7"):
        patient.post(
            f"/sessions/{at}/after", {"pain_during": pain, "pain_after": "2", "effort": "5"}
        )
    rows = [row for row in told(app, "after") if row.session_id == at]
    assert [row.pain for row in rows[-2:]] == [3, 7]
    assert "more pain than is good" in patient.get(f"/sessions/{at}").text


def test_a_corrected_count_leaves_the_coachs_own_in_place(app: Flask, patient: Browser) -> None:
    at = session_id(app, "Ada", "squat")
    patient.post(f"/sessions/{at}/count", {"said": "18"})
    assert "You say 18; the coach counted 16." in patient.get(f"/sessions/{at}").text
    patient.post(f"/sessions/{at}/count", {"said": "many"})
    with database(app).reading() as session:
        assert session.get_one(PatientSession, at).reps == 16
        assert session.scalars(select(SessionCorrection.said)).all() == [18]
    patient.post(f"/sessions/{at}/count", {"said": "16"})
    assert "You say" not in patient.get(f"/sessions/{at}").text


def test_why_not_today_takes_one_tap(app: Flask, patient: Browser) -> None:
    patient.post("/not-today", {"reason": "no_time"})
    page = patient.get("/today").text
    assert "Noted: no time today" in page
    assert "Not today?" not in page
    assert told(app, "skip")[-1].answers == {"reason": "no_time"}


def test_five_minutes_hold_one_set_of_what_fits(patient: Browser) -> None:
    page = patient.get("/today?short=1").text
    assert "Five minutes today:" in page
    assert "short=1" in page


def test_one_question_at_a_time_and_none_twice(app: Flask, patient: Browser) -> None:
    assert "How is it this morning?" in patient.get("/today").text
    patient.post("/morning", {"since": "worse", "pain": "5"})
    page = patient.get("/today").text
    assert "How is it this morning?" not in page
    assert "five-minute version is enough" in page


def test_others_cannot_tell_for_a_patient(app: Flask, patient: Browser, therapist: Browser) -> None:
    theirs = session_id(app, "Dora", "squat")
    for path in (f"/sessions/{theirs}/after", f"/sessions/{theirs}/count"):
        assert patient.post(path, {"said": "1"}).status_code == 404
        assert therapist.post(path, {"said": "1"}).status_code == 403
    assert patient.get(f"/before/{prescription_id(app, 'Dora', 'squat')}").status_code == 404


def test_the_therapist_reads_it_and_notes_what_to_mind(
    app: Flask, patient: Browser, therapist: Browser
) -> None:
    ada = person_id(app, "Ada")
    patient.post("/goal", {"words": "Dance at the wedding"})
    therapist.post(f"/patients/{ada}/cautions", {"caution": ["osteoporosis", "heart", "nonsense"]})
    page = therapist.get(f"/patients/{ada}").text
    assert "Dance at the wedding" in page
    assert (
        "never hold your breath"
        in patient.get(f"/exercise/{prescription_id(app, 'Ada', 'squat')}").text
    )
    with database(app).reading() as session:
        row = session.scalars(select(Audit).where(Audit.action == "patient.cautions")).one()
    assert row.details["new"] == ["heart", "osteoporosis"]


def test_progress_shows_what_is_real(patient: Browser) -> None:
    page = patient.get("/progress").text
    assert "the change is real" in page
    assert 'aria-label="Knee bend: from' in page
    assert patient.get("/progress?month=2020-02").status_code == 200
    assert patient.get("/progress?month=nonsense").status_code == 200


@given(st.integers(0, 10), st.integers(0, 10))
def test_more_pain_is_never_a_milder_zone(one: int, other: int) -> None:
    order = ["green", "amber", "red"]
    low, high = sorted((one, other))
    assert order.index(USUAL.zone(low)) <= order.index(USUAL.zone(high))


@given(st.sets(st.integers(0, 200)))
def test_a_streak_never_exceeds_the_weeks_that_had_exercise(ago: set[int]) -> None:
    weeks = progress.weeks({TODAY - timedelta(days=n) for n in ago}, TODAY)
    assert progress.streak(weeks) <= sum(week.days >= 2 for week in weeks)
    assert sum(week.days for week in weeks) == len(
        {n for n in ago if TODAY - timedelta(days=n) >= weeks[0].first}
    )


def test_one_week_of_rest_breaks_no_streak_and_two_do() -> None:
    def weeks(*days: int) -> list[progress.Week]:
        return [progress.Week(TODAY + timedelta(weeks=n), number) for n, number in enumerate(days)]

    assert progress.streak(weeks(3, 3, 0, 3, 3)) == 4
    assert progress.streak(weeks(3, 3, 0, 0, 3)) == 1
    assert progress.streak(weeks(3, 3, 3, 0)) == 3  # the running week is not over yet


@pytest.mark.parametrize(
    ("last", "change"), [(60, "same"), (64, "same"), (70, "further"), (50, "less")]
)
def test_a_change_is_real_only_beyond_what_measuring_again_may_give(last: int, change: str) -> None:
    degs = (60, 61, 59, last, last, last)
    points = tuple(progress.Point(TODAY + timedelta(days=n), deg) for n, deg in enumerate(degs))
    assert progress.trend(catalogue.load("squat"), "knee_flexion", points, 80).change == change


def test_every_caution_names_exercises_that_exist_and_touches_some() -> None:
    every = [catalogue.load(at) for at in catalogue.ids()]
    for caution in cautions().values():
        assert set(caution.against) <= set(catalogue.ids())
        assert set(caution.exercises) <= set(catalogue.ids())
        assert any(caution.touches(exercise) for exercise in every)
    assert touching(catalogue.load("plank"), ["heart", "gone"]) == (cautions()["heart"],)
    assert against(catalogue.load("sit_up"), ["osteoporosis"]) == (cautions()["osteoporosis"],)


def test_answers_come_back_as_they_were_told(app: Flask) -> None:
    for kind in ("after", "sure", "goal", "morning"):
        for row in told(app, kind):
            assert type(reports.answer_of(row)).__name__.lower() == kind
