"""Programs over time: schedule, load, phases and notes; order; templates and copies; proposals; the printed page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coach.exercise import Prescription as Prescribed
from poses import catalogue
from tests.webapp.builders import Browser, person_id, prescription_id, session_id
from tests.webapp.test_therapist import FORM
from webapp.extensions import database
from webapp.store import people, programs, proposals
from webapp.store.base import utc_now
from webapp.store.plans import Load, Phase, Plan
from webapp.store.program_tables import Proposal, Template
from webapp.store.tables import Audit, Prescription

PLAN: dict[str, Any] = FORM | {
    "plan": "1", "load": "band", "load_band": "green", "times_a_day": "2", "weekday": ["0", "2", "4"],
    "start": "2026-03-02", "until": "2026-05-31", "note": "For the stairs.", "phase.1.week": "3", "phase.1.sets": "3",
    "phase.1.reps": "15", "phase.1.hold_s": "0", "phase.1.target.knee_flexion": "105",
}  # fmt: skip


def plan_of(app: Flask, prescription: str) -> Plan:
    with database(app).reading() as session:
        return programs.plan(programs.current(session, prescription))


def order_of(app: Flask, patient: str) -> list[str]:
    with database(app).reading() as session:
        return [row.exercise_id for row in programs.of_patient(session, patient)]


def test_a_whole_plan_is_a_version(app: Flask, therapist: Browser) -> None:
    squat = prescription_id(app, "Ada", "squat")
    assert therapist.post(f"/patients/program/{squat}", PLAN).status_code == 302
    plan = plan_of(app, squat)
    assert plan.load == Load(kind="band", band="green")
    assert (plan.schedule.weekdays, plan.schedule.times_a_day) == ((0, 2, 4), 2)
    assert [(one.week, one.targets) for one in plan.phases] == [(3, {"knee_flexion": 105.0})]
    assert plan.note == "For the stairs."
    page = therapist.get(f"/patients/program/{squat}").text
    assert "Load: – → green band" in page
    assert "from week 3 on" in page
    assert "Hanna Berg" in page  # who changed it
    with database(app).reading() as session:
        row = session.scalars(select(Audit).where(Audit.action == "program.revise")).one()
        assert "stairs" not in str(row.details)  # the log tells no story
    again = therapist.post(f"/patients/program/{squat}", PLAN)
    assert "Nothing was changed" in therapist.get(again.headers["Location"]).text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("weekday", []), ("until", "2026-01-01"), ("start", "soon"), ("times_a_day", "0"), ("load", "anvil"),
        ("load_band", "pink"), ("phase.1.week", "1"), ("phase.1.target.knee_flexion", "500"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_said_beside_the_field(
    app: Flask, therapist: Browser, field: str, text: object
) -> None:
    squat = prescription_id(app, "Ada", "squat")
    before = plan_of(app, squat)
    answer = therapist.post(f"/patients/program/{squat}", PLAN | {field: text})
    assert answer.status_code == 422
    assert "For the stairs." in answer.text
    assert plan_of(app, squat) == before


def test_the_engines_part_alone_leaves_the_rest(app: Flask, therapist: Browser) -> None:
    squat = prescription_id(app, "Ada", "squat")
    therapist.post(f"/patients/program/{squat}", PLAN)
    therapist.post(f"/patients/program/{squat}", FORM | {"target.knee_flexion": "99"})
    plan = plan_of(app, squat)
    assert plan.prescribed.targets == {"knee_flexion": 99}
    assert plan.note == "For the stairs."


def test_the_patient_sees_the_day_and_the_phase(
    app: Flask, therapist: Browser, patient: Browser
) -> None:
    squat, today = prescription_id(app, "Ada", "squat"), utc_now().date()
    began = (today - timedelta(days=14)).isoformat()
    every_day = {"weekday": [*"0123456"], "start": began, "until": ""}
    therapist.post(f"/patients/program/{squat}", PLAN | every_day)
    text = patient.get("/today").text
    for words in (
        "3 sets of 15",
        "target 105°",
        "green band",
        "For the stairs.",
        "Time 1 of 2 today.",
    ):
        assert words in text, words
    over = {
        "weekday": [*"0123456"],
        "until": (today - timedelta(days=2)).isoformat(),
        "start": began,
    }
    therapist.post(f"/patients/program/{squat}", PLAN | over)
    assert "Squat" not in patient.get("/today").text  # fmt: skip


def test_a_past_session_is_read_by_the_phase_of_its_day(app: Flask) -> None:
    squat = prescription_id(app, "Ada", "squat")
    with database(app).writing() as session:
        version = programs.current(session, squat)
        plan = Plan(
            prescribed=Prescribed(targets={"knee_flexion": 80.0}),
            phases=(Phase(week=3, targets={"knee_flexion": 100.0}),),
        )
        values = programs.columns(plan) | {"schedule": {"start": "2026-03-02"}}
        session.expunge(version)
        for name, value in values.items():
            setattr(version, name, value)
    start = programs.plan(version).schedule.start
    assert start
    for after, target in ((0, 80.0), (13, 80.0), (14, 100.0)):
        asked = programs.prescribed(version, start + timedelta(days=after))
        assert asked.targets["knee_flexion"] == target


def test_the_order_is_changed_step_by_step_and_kept(app: Flask, therapist: Browser) -> None:
    ada = person_id(app, "Ada")
    before = order_of(app, ada)
    last = prescription_id(app, "Ada", before[-1])
    text = therapist.post(
        f"/patients/program/{last}/move", {"to": "0"}, headers={"HX-Request": "true"}
    ).text
    assert "<html" not in text
    assert order_of(app, ada) == [before[-1], *before[:-1]]
    therapist.post(f"/patients/program/{last}/move", {"to": "99"})
    assert order_of(app, ada) == before
    assert therapist.post(f"/patients/program/{last}/move", {"to": "x"}).status_code == 302


def test_more_than_four_exercises_warns_and_does_not_forbid(app: Flask, therapist: Browser) -> None:
    ada = person_id(app, "Ada")
    warning = "People do fewer when they are given more"
    assert warning not in therapist.get(f"/patients/{ada}").text
    assert therapist.post(f"/patients/{ada}/program", {"exercise": "plank"}).status_code == 302
    assert warning in therapist.get(f"/patients/{ada}").text


def test_a_program_becomes_a_template_without_what_is_the_patients(
    app: Flask, therapist: Browser
) -> None:
    squat, ada, hugo = prescription_id(app, "Ada", "squat"), person_id(app, "Ada"), person_id(app, "Hugo")  # fmt: skip
    therapist.post(f"/patients/program/{squat}", PLAN)
    therapist.post(f"/patients/{ada}/templates", {"name": "Knee", "shared": "yes"})
    with database(app).reading() as session:
        template = session.scalars(select(Template).where(Template.name == "Knee")).one()
        assert "stairs" not in str(template.items)
        assert "2026-05-31" not in str(template.items)
    page = therapist.get(f"/patients/{hugo}/from?template={template.id}").text
    assert page.count("checked") == 4
    form = {"exercise": ["squat", "glute_bridge"]}
    therapist.post(f"/patients/{hugo}/from?template={template.id}", form)
    assert order_of(app, hugo) == ["squat", "glute_bridge"]
    made = plan_of(app, prescription_id(app, "Hugo", "squat"))
    assert (made.prescribed.limits, made.note, made.load.band) == ({}, "", "green")
    therapist.post(
        f"/patients/{hugo}/from?template={template.id}", form
    )  # twice adds nothing twice
    assert order_of(app, hugo) == ["squat", "glute_bridge"]


def test_a_template_is_ones_own_or_the_clinics(app: Flask, therapist: Browser) -> None:
    other = Browser(app)
    other.login("therapist2@demo.example", "riverside-demo")
    emil, ada = person_id(app, "Emil"), person_id(app, "Ada")
    therapist.post(f"/patients/{ada}/templates", {"name": "Mine"})
    with database(app).reading() as session:
        ids = {one.name: one.id for one in session.scalars(select(Template))}
    assert other.get(f"/patients/{emil}/from?template={ids['Mine']}").status_code == 404
    shared = ids["Knee, first six weeks"]
    assert other.get(f"/patients/{emil}/from?template={shared}").status_code == 200
    remove = {"patient": emil}
    assert other.post(f"/patients/templates/{shared}/remove", remove).status_code == 404
    assert (
        therapist.post(f"/patients/templates/{shared}/remove", {"patient": ada}).status_code == 302
    )
    assert other.get(f"/patients/{emil}/from?template={shared}").status_code == 404


def test_a_program_is_copied_only_from_ones_own_patients(app: Flask, therapist: Browser) -> None:
    hugo, ada, emil = (person_id(app, name) for name in ("Hugo", "Ada", "Emil"))
    assert "Squat" in therapist.get(f"/patients/{hugo}/from?patient={ada}").text
    assert therapist.get(f"/patients/{hugo}/from?patient={emil}").status_code == 404
    assert therapist.get(f"/patients/{emil}/from?patient={ada}").status_code == 404
    assert therapist.get(f"/patients/{hugo}/from").status_code == 404


@pytest.mark.parametrize(
    ("query", "wanted", "unwanted"),
    [
        ("q=mini", "Mini squat", "Biceps curl"), ("region=elbow", "Biceps curl", "Mini squat"),
        ("position=supine", "Glute bridge", "Mini squat"), ("q=chair+sit", "Sit to stand", "Plank"),
    ],
)  # fmt: skip
def test_exercises_are_found(
    app: Flask, therapist: Browser, query: str, wanted: str, unwanted: str
) -> None:
    headers = {"HX-Request": "true"}
    text = therapist.get(f"/patients/{person_id(app, 'Hugo')}/exercises?{query}", headers=headers).text  # fmt: skip
    assert f"<strong>{wanted}</strong>" in text
    assert f"<strong>{unwanted}</strong>" not in text


def test_favourites_come_first_and_are_ones_own(app: Flask, therapist: Browser) -> None:
    ada = person_id(app, "Ada")

    def first() -> str:
        text = therapist.get(f"/patients/{ada}/exercises").text
        return text.split('class="tiles"')[1].split("<strong>")[1].split("<")[0]

    assert first() == "Glute bridge"
    form = {"kind": "exercise", "key": "ankle_pump", "patient": ada}
    therapist.post("/patients/favourites", form | {"on": "yes"})
    assert first() == catalogue.load("ankle_pump").words.name
    therapist.post("/patients/favourites", form | {"on": "no"})
    assert first() == "Glute bridge"
    assert therapist.post("/patients/favourites", form | {"key": "squatt"}).status_code == 404


def test_the_page_on_paper_holds_everything(app: Flask, therapist: Browser) -> None:
    text = therapist.get(f"/patients/{person_id(app, 'Ada')}/print").text
    for exercise_id in order_of(app, person_id(app, "Ada")):
        exercise = catalogue.load(exercise_id)
        assert exercise.words.name in text
        assert exercise.words.steps[0].replace("'", "&#39;") in text
    assert text.count('class="figure"') == 8
    assert therapist.get(f"/patients/{person_id(app, 'Emil')}/print").status_code == 404


# --- proposals


def proposal_of(app: Flask, name: str, exercise: str) -> Proposal:
    with database(app).reading() as session:
        found = session.scalars(
            select(Proposal)
            .where(Proposal.prescription_id == prescription_id(app, name, exercise))
            .order_by(Proposal.id.desc())
        )
        return found.first() or pytest.fail("nothing is proposed")


def test_a_proposal_waits_and_changes_nothing_by_itself(app: Flask, therapist: Browser) -> None:
    raise_ = prescription_id(app, "Jonas", "heel_raise")
    before = plan_of(app, raise_)
    text = therapist.get(f"/patients/{person_id(app, 'Jonas')}").text
    assert "10 repetitions instead of 8" in text
    assert plan_of(app, raise_) == before


def test_accepting_makes_a_version_that_says_why(app: Flask, therapist: Browser) -> None:
    made = proposal_of(app, "Jonas", "heel_raise")
    assert therapist.post(f"/patients/proposals/{made.id}", {"do": "accept"}).status_code == 302
    raise_ = prescription_id(app, "Jonas", "heel_raise")
    with database(app).reading() as session:
        version = programs.current(session, raise_)
        assert version.why.startswith("Accepted proposal: 10 repetitions instead of 8.")
        assert (version.dose or {})["reps"] == 10
        row = session.scalars(select(Audit).where(Audit.action == "proposal.accepted")).one()
        assert row.details["rule"] == "forward_when_easy"
    again = therapist.post(f"/patients/proposals/{made.id}", {"do": "accept"})
    assert again.status_code == 404  # decided once


def test_declining_needs_a_reason_and_asks_for_new_evidence(app: Flask, therapist: Browser) -> None:
    made = proposal_of(app, "Jonas", "heel_raise")
    therapist.post(f"/patients/proposals/{made.id}", {"do": "decline", "why": " "})
    assert proposal_of(app, "Jonas", "heel_raise").status == "open"
    therapist.post(f"/patients/proposals/{made.id}", {"do": "decline", "why": "Tired this week"})
    declined = proposal_of(app, "Jonas", "heel_raise")
    assert (declined.status, declined.answer) == ("declined", "Tired this week")
    with database(app).writing() as session:
        row = session.get_one(Prescription, declined.prescription_id)
        assert proposals.refresh(session, row, utc_now().date()) is None


def test_a_changed_prescription_outdates_what_was_proposed_for_the_old_one(
    app: Flask, therapist: Browser
) -> None:
    made = proposal_of(app, "Jonas", "sit_to_stand")
    with database(app).writing() as session:
        row = session.get_one(Prescription, made.prescription_id)
        account = people.find_account(session, email="therapist@demo.example")
        actor = people.actor_of(session, account.id) if account else None
        assert actor
        plan = programs.plan(programs.current(session, row.id))
        programs.revise(session, actor, row, Plan(prescribed=plan.prescribed), "")
    assert proposal_of(app, "Jonas", "sit_to_stand").status == "outdated"


def test_pain_steps_back(app: Flask) -> None:
    made = proposal_of(app, "Greta", "seated_knee_extension")
    assert made.rule == "back_after_pain"  # said after the session that it stopped
    assert made.sessions == [session_id(app, "Greta", "seated_knee_extension")]


def test_others_proposals_do_not_exist(app: Flask, therapist: Browser) -> None:
    made = proposal_of(app, "Emil", "glute_bridge")
    for id_ in (made.id, "nobody"):
        assert therapist.post(f"/patients/proposals/{id_}", {"do": "accept"}).status_code == 404


# --- targets from elsewhere


def test_an_address_fills_in_a_target_and_its_reason_and_changes_nothing(
    app: Flask, therapist: Browser
) -> None:
    squat = prescription_id(app, "Ada", "squat")
    before = plan_of(app, squat)
    page = therapist.get(f"/patients/program/{squat}?target.knee_flexion=88&from=repetition 4").text
    assert 'name="target.knee_flexion" type="number"' in page
    assert 'value="88"' in page
    assert "From repetition 4." in page
    assert plan_of(app, squat) == before
    assert "From the last session:" in page


def test_a_limit_keeps_its_switch_when_a_target_is_filled_in(
    app: Flask, therapist: Browser
) -> None:
    squat = prescription_id(app, "Ada", "squat")
    therapist.post(f"/patients/program/{squat}", FORM)
    page = therapist.get(f"/patients/program/{squat}?target.knee_flexion=88").text
    assert 'name="limit_on.knee_flexion" value="1" data-limit-on checked' in page


@pytest.mark.parametrize("role", ["patient", "clinic"])
def test_programs_are_the_therapists(app: Flask, role: str) -> None:
    other, ada = Browser(app).demo(role), person_id(app, "Ada")
    for path in (f"/patients/{ada}/exercises", f"/patients/{ada}/print", f"/patients/{ada}/from"):
        assert other.get(path).status_code == 403
    squat = prescription_id(app, "Ada", "squat")
    assert other.post(f"/patients/program/{squat}/move", {"to": "1"}).status_code == 403
    assert other.post("/patients/favourites", {}).status_code == 403
