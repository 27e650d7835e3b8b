"""What patients say and write reaches their therapist at once: in the list, as a proposal, by the clinic's own rule."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.webapp.builders import (
    DEMO_PATIENT,
    DEMO_THERAPIST,
    Browser,
    actor,
    as_shown,
    person_id,
    prescription_id,
    session_id,
)
from webapp.extensions import database
from webapp.store import attention, clinic_settings, messages, people
from webapp.store.base import utc_now
from webapp.store.clinic_settings import ClinicSettings
from webapp.store.entry_tables import SessionHelper
from webapp.store.pain import PainRule, worse_by
from webapp.store.program_tables import Proposal
from webapp.store.reasons import Reason
from webapp.store.tables import Audit, Person

MILD = {"pain_during": "1", "pain_after": "1", "effort": "3"}
SETTINGS = {"amber": "3", "red": "5", "missed_days": "2"}


def reasons_for(app: Flask, name: str) -> dict[str, Reason]:
    """Why someone is in the demo therapist's list."""
    with database(app).reading() as session:
        found = attention.standings(session, actor(app, DEMO_THERAPIST), utc_now().date())
    [one] = [one for one in found if one.facts.name.startswith(name)]
    return {reason.key: reason for reason in one.reasons}


def open_proposals(app: Flask, prescription: str) -> list[Proposal]:
    query = select(Proposal).where(
        Proposal.prescription_id == prescription, Proposal.status == "open"
    )
    with database(app).reading() as session:
        return list(session.scalars(query))


def after(browser: Browser, session: str, **said: str) -> None:
    """Tell how a session was."""
    assert browser.post(f"/sessions/{session}/after", MILD | said).status_code == 302


def test_pain_after_a_session_is_in_the_list_and_leads_to_it(
    app: Flask, patient: Browser, therapist: Browser
) -> None:
    assert "pain" not in reasons_for(app, "Ada")
    squat = session_id(app, "Ada", "squat")
    after(patient, squat, pain_after="7")
    assert reasons_for(app, "Ada")["pain"].id == squat
    assert f"/patients/sessions/{squat}" in therapist.get("/patients/?all=1").text
    after(patient, squat)  # a slip of the finger: the newest answer holds
    assert "pain" not in reasons_for(app, "Ada")


def test_pain_proposes_a_step_back_at_once_and_puts_one_forward_out_of_date(
    app: Flask, patient: Browser
) -> None:
    squat = prescription_id(app, "Ada", "squat")
    with database(app).writing() as session:
        for waiting in session.scalars(select(Proposal).where(Proposal.prescription_id == squat)):
            waiting.rule, waiting.status = "forward_when_easy", "open"
    after(patient, session_id(app, "Ada", "squat"), pain_during="6")
    [made] = open_proposals(app, squat)
    assert made.rule == "back_after_pain"
    after(patient, session_id(app, "Ada", "squat"), pain_during="9")
    assert [one.id for one in open_proposals(app, squat)] == [made.id]  # it waits already


def test_a_worse_morning_speaks_for_all_that_was_done_the_day_before(
    app: Flask, patient: Browser
) -> None:
    patient.post("/morning", {"since": "worse", "pain": "3"})
    assert reasons_for(app, "Ada")["morning"].values["after"] == 3
    done = [prescription_id(app, "Ada", one) for one in ("squat", "glute_bridge")]
    rules = {one.rule for row in done for one in open_proposals(app, row)}
    assert "back_after_morning" in rules


@pytest.mark.parametrize(
    ("before", "morning", "since", "more"),
    [(2, 4, "same", 2), (2, 3, "same", 1), (2, 2, "worse", 2), (2, 7, "worse", 5), (None, 3, "worse", 2),
     (None, 3, "same", None), (5, 1, "better", -4)],
)  # fmt: skip
def test_the_patients_own_word_counts_as_much_as_the_numbers(
    before: int | None, morning: int, since: str, more: int | None
) -> None:
    assert worse_by(before, morning, since) == more


def test_doubt_is_a_gentle_reason_until_they_are_surer(app: Flask, patient: Browser) -> None:
    assert "unsure" not in reasons_for(app, "Ada")
    patient.post("/not-today", {"reason": "doubt"})
    assert reasons_for(app, "Ada")["unsure"].urgency == 1
    patient.post("/sure", {"sure": "8"})
    assert "unsure" not in reasons_for(app, "Ada")
    patient.post("/sure", {"sure": "3"})
    assert reasons_for(app, "Ada")["unsure"].values["sure"] == 3


def test_a_message_waits_in_the_list_until_a_therapist_has_read_it(
    app: Flask, patient: Browser, therapist: Browser
) -> None:
    ada = person_id(app, "Ada")
    assert "message" in reasons_for(app, "Ada")
    patient.get("/messages")  # that the patient sees it makes nobody else read it
    assert f"/patients/{ada}/messages" in therapist.get("/patients/?all=1").text
    therapist.get(f"/patients/{ada}/messages")
    assert "message" not in reasons_for(app, "Ada")
    with database(app).writing() as session:
        me = actor(app, DEMO_THERAPIST)
        messages.write(session, me, ada, "See you on Monday.", messages.About())
    assert "message" not in reasons_for(app, "Ada")


def test_the_clinics_own_rule_holds_everywhere(
    app: Flask, clinic: Browser, patient: Browser, therapist: Browser
) -> None:
    squat = session_id(app, "Ada", "squat")
    assert clinic.post("/clinic/settings", SETTINGS).status_code == 302
    after(patient, squat, pain_after="5")
    assert reasons_for(app, "Ada")["pain"].values == {"pain": 5, "limit": 5}
    assert "more pain than is good" in patient.get(f"/sessions/{squat}").text
    prescription = prescription_id(app, "Ada", "squat")
    assert [one.rule for one in open_proposals(app, prescription)] == ["back_after_pain"]
    before = f"/before/{prescription}"
    assert patient.post(before, {"feeling": "well", "pain": "5"}).status_code == 200  # advice first
    page = therapist.get(f"/patients/{person_id(app, 'Ada')}").text
    assert 'class="badge faulty"' in page.split('id="told"')[1]


def test_what_the_clinic_decides_is_kept_with_what_was(app: Flask, clinic: Browser) -> None:
    clinic.post("/clinic/settings", SETTINGS)
    clinic.post("/clinic/settings", SETTINGS)
    with database(app).reading() as session:
        kept = clinic_settings.of(session, actor(app, DEMO_PATIENT).clinic_id)
        [row] = session.scalars(select(Audit).where(Audit.action == "clinic.settings"))
    assert kept == ClinicSettings(PainRule(3, 5), 2)
    assert row.details["old"]["pain"] == {"amber": 4, "red": 6}
    assert 'value="5"' in clinic.get("/clinic/settings").text


@pytest.mark.parametrize(
    "wrong", [{"red": "3"}, {"amber": "0"}, {"red": "11"}, {"missed_days": "8"}, {"amber": "four"}]
)
def test_what_cannot_be_is_refused_beside_its_field(
    app: Flask, clinic: Browser, wrong: dict[str, Any]
) -> None:
    answer = clinic.post("/clinic/settings", SETTINGS | wrong)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    with database(app).reading() as session:
        assert clinic_settings.of(session, actor(app, DEMO_PATIENT).clinic_id) == ClinicSettings()


@pytest.mark.parametrize("role", ["patient", "therapist"])
def test_only_the_clinic_sets_its_rule(app: Flask, role: str) -> None:
    other = Browser(app).demo(role)
    assert other.get("/clinic/settings").status_code == 403
    assert other.post("/clinic/settings", SETTINGS).status_code == 403


def test_a_repetition_becomes_the_target_with_where_it_is_from(
    app: Flask, therapist: Browser
) -> None:
    session = session_id(app, "Ada", "squat")
    found = re.search(
        r'href="(/patients/program/[^"]*from=[^"]*)"', therapist.get(f"/patients/sessions/{session}").text
    )  # fmt: skip
    assert found
    link = html.unescape(found[1])
    page = therapist.get(link).text
    deg = re.search(r"target\.knee_flexion=(\d+)", link)
    assert deg
    assert as_shown(page)["target.knee_flexion"] == deg[1]
    why = page.split('name="why"')[1].split("</textarea>")[0]
    assert "From repetition 1 of the session of" in why
    assert session not in why


def test_the_patient_reads_what_the_therapist_saw_otherwise(
    app: Flask, patient: Browser, therapist: Browser
) -> None:
    session = session_id(app, "Ada", "squat")
    words = "Your therapist looked at this: number"
    assert words not in patient.get(f"/sessions/{session}").text
    ordinal = re.search(r"verdict=(\d+)", therapist.get(f"/patients/sessions/{session}").text)
    assert ordinal
    word = {"verdict": "none", "why": "You were only sitting down"}
    therapist.post(f"/patients/sessions/{session}/reps/{ordinal[1]}", word)
    page = patient.get(f"/sessions/{session}").text
    assert words in page
    assert "You were only sitting down" in page


def test_the_log_says_who_helped(app: Flask, clinic: Browser) -> None:
    assert "with Nils Lindqvist" not in clinic.get("/clinic/sessions").text
    with database(app).writing() as session:
        helper = session.scalars(select(Person).where(Person.name == "Nils Lindqvist")).one()
        account = helper.account_id or people.add_account(session, helper).id
        session.add(
            SessionHelper(
                session_id=session_id(app, "Ada", "squat"), account_id=account, clinic_id=helper.clinic_id
            )
        )  # fmt: skip
    assert "with Nils Lindqvist" in clinic.get(f"/clinic/sessions?patient={person_id(app, 'Ada')}").text  # fmt: skip
