"""The therapist's work: new targets as versions with audit rows, wrong numbers refused, only one's own patients."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coach.exercise import Prescription as Prescribed
from tests.webapp.builders import Browser, as_shown, person_id, prescription_id, session_id
from webapp.extensions import database
from webapp.store import programs
from webapp.store.access import Actor, NotVisible
from webapp.store.base import utc_now
from webapp.store.tables import Audit, Prescription, PrescriptionVersion

FORM = {
    "sets": "3", "reps": "12", "hold_s": "0", "rest_s": "30", "sides": "both", "tempo.out_s": "2", "tempo.hold_s": "0",
    "tempo.back_s": "2", "target.knee_flexion": "95", "limit.knee_flexion": "120", "limit_on.knee_flexion": "1",
    "why": "Ready for more",
}  # fmt: skip


@pytest.fixture
def squat(app: Flask) -> str:
    """Ada's squat."""
    return prescription_id(app, "Ada", "squat")


def version(app: Flask, prescription: str) -> PrescriptionVersion:
    """What is prescribed now."""
    with database(app).reading() as session:
        return programs.current(session, prescription)


def audit_rows(app: Flask, action: str) -> list[Audit]:
    """Audit rows of one kind, oldest first."""
    with database(app).reading() as session:
        return list(session.scalars(select(Audit).where(Audit.action == action).order_by(Audit.id)))


def test_a_new_target_is_a_new_version_with_its_reason_and_old_and_new(
    app: Flask, therapist: Browser, squat: str
) -> None:
    before = version(app, squat)
    answer = therapist.post(f"/patients/program/{squat}", FORM)
    assert answer.status_code == 302
    after = version(app, squat)
    assert (after.number, after.why) == (before.number + 1, "Ready for more")
    prescribed = programs.prescribed(after)
    assert prescribed.targets == {"knee_flexion": 95}
    assert prescribed.limits["knee_flexion"] == 120
    assert prescribed.dose
    assert (prescribed.dose.sets, prescribed.dose.reps) == (3, 12)
    [row] = audit_rows(app, "program.revise")
    assert row.details["changed"]["targets"] == [
        {"knee_flexion": before.targets["knee_flexion"]},
        {"knee_flexion": 95},
    ]
    assert row.subject_id == person_id(app, "Ada")
    assert "Ada" not in str(row.details)
    assert "The next session uses it" in therapist.get(answer.headers["Location"]).text


def test_saving_twice_writes_once(app: Flask, therapist: Browser, squat: str) -> None:
    for _ in range(2):
        therapist.post(f"/patients/program/{squat}", FORM)
    assert len(audit_rows(app, "program.revise")) == 1


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("target.knee_flexion", "500"), ("target.knee_flexion", ""), ("target.knee_flexion", "nan"), ("sets", "0"),
        ("reps", "1e9"), ("limit.knee_flexion", "-1"), ("tempo.out_s", "x"), ("sides", "upwards"),
    ],
)  # fmt: skip
def test_what_cannot_be_prescribed_changes_nothing_and_keeps_what_was_typed(
    app: Flask, therapist: Browser, squat: str, field: str, text: str
) -> None:
    before = version(app, squat).number
    answer = therapist.post(f"/patients/program/{squat}", {**FORM, field: text})
    assert answer.status_code == 422
    assert version(app, squat).number == before
    assert 'role="alert"' in answer.text
    assert "Ready for more" in answer.text


def test_htmx_gets_a_row_and_others_get_a_page(therapist: Browser, squat: str) -> None:
    htmx = {"HX-Request": "true"}
    editor = therapist.get(f"/patients/program/{squat}", headers=htmx).text
    assert "<html" not in editor
    assert f'id="line-{squat}"' in editor
    saved = therapist.post(f"/patients/program/{squat}", FORM, headers=htmx).text
    assert "<html" not in saved
    assert "The next session uses it" in saved
    wrong = therapist.post(f"/patients/program/{squat}", {**FORM, "sets": "x"}, headers=htmx)
    assert wrong.status_code == 422
    assert "<html" not in wrong.text


def test_an_exercise_is_added_stopped_and_taken_up_again(app: Flask, therapist: Browser) -> None:
    ada = person_id(app, "Ada")
    answer = therapist.post(f"/patients/{ada}/program", {"exercise": "push_up"})
    assert answer.status_code == 302
    added = prescription_id(app, "Ada", "push_up")
    assert version(app, added).number == 1
    for active in ("no", "yes"):
        therapist.post(f"/patients/program/{added}/active", {"active": active})
        with database(app).reading() as session:
            assert session.get_one(Prescription, added).active is (active == "yes")
    assert [
        row.action for row in audit_rows(app, "program.stop") + audit_rows(app, "program.resume")
    ]
    assert therapist.post(f"/patients/{ada}/program", {"exercise": "squatt"}).status_code == 404


def test_foreign_and_missing_patients_look_the_same(app: Flask, therapist: Browser) -> None:
    farah, bridge = person_id(app, "Farah"), prescription_id(app, "Emil", "glute_bridge")
    session = session_id(app, "Farah", "squat")
    foreign = [f"/patients/{farah}", f"/patients/program/{bridge}", f"/patients/sessions/{session}",
               f"/patients/sessions/{session}/angles.json", f"/patients/program/{bridge}/line"]  # fmt: skip
    for path in foreign:
        missing = path.replace(farah, "nobody").replace(bridge, "nobody").replace(session, "nobody")
        mine, none = therapist.get(path), therapist.get(missing)
        assert (mine.status_code, none.status_code) == (404, 404), path
        said = [
            answer.text.split("<main")[1].split("quote this number")[0] for answer in (mine, none)
        ]
        assert said[0] == said[1], path
    assert therapist.post(f"/patients/program/{bridge}", FORM).status_code == 404
    assert therapist.post(f"/patients/{farah}/program", {"exercise": "push_up"}).status_code == 404


def test_each_view_of_a_patient_leaves_an_audit_row(app: Flask, therapist: Browser) -> None:
    therapist.get(f"/patients/{person_id(app, 'Ada')}")
    therapist.get(f"/patients/sessions/{session_id(app, 'Ada', 'squat')}")
    assert {
        row.subject_id for row in audit_rows(app, "view.patient") + audit_rows(app, "view.session")
    } == {person_id(app, "Ada")}


def test_who_needs_me_comes_first_with_the_reason(therapist: Browser) -> None:
    text = therapist.get("/patients/?all=1").text
    order = [text.index(f">{name}") for name in ("Greta", "Clara", "Bruno")]
    assert order == sorted(order)
    said = (
        "because of pain on",
        "days in the last week; last exercise on",
        "of the last repetitions were short of the target",
        "Has no program.",
        "The program ended on",
        "Was invited on",
        "Knee bend fell by",
        "proposal waits",
    )
    for words in said:
        assert words in text, words


def test_the_curves_match_the_repetitions(app: Flask, therapist: Browser) -> None:
    data: dict[str, Any] = (
        therapist.get(f"/patients/sessions/{session_id(app, 'Ada', 'squat')}/angles.json").json
        or {}
    )
    [curve] = [one for one in data["curves"] if one["main"]]
    assert len(curve["deg"]) == len(data["t_s"]) == 16 * 3 + 1  # a rest between the two sets
    assert data["t_s"] == sorted(data["t_s"])
    assert max(deg for deg in curve["deg"] if deg is not None) > data["target_deg"] - 6


def test_what_the_form_starts_from_is_no_change(app: Flask, therapist: Browser, squat: str) -> None:
    therapist.post(f"/patients/program/{squat}", FORM)
    before = version(app, squat)
    answer = therapist.post(f"/patients/program/{squat}", {**FORM, "why": "Looked only"})
    assert answer.status_code == 302
    assert version(app, squat).id == before.id
    assert len(audit_rows(app, "program.revise")) == 1


def test_untouched_defaults_are_no_change_either(
    app: Flask, therapist: Browser, squat: str
) -> None:
    """The demo's version names no tempo and no sides: the form shows the exercise's own."""
    page = therapist.get(f"/patients/program/{squat}").text
    sent: dict[str, Any] = dict(
        re.findall(r'<input[^>]*name="([a-z_.]+)"[^>]*value="([^"]*)"', page)
    )
    sent |= {"sides": "both", "why": ""}
    sent.pop("csrf_token", None)
    sent = {name: text for name, text in sent.items() if not name.startswith("limit")}
    sent["weekday"] = re.findall(r'name="weekday" value="(\d)" checked', page)
    before = version(app, squat)
    assert therapist.post(f"/patients/program/{squat}", sent).status_code == 302
    assert version(app, squat).id == before.id


@pytest.mark.parametrize("what", ["/patients/program/{squat}", "/patients/program/{squat}/line"])
def test_reading_a_prescription_leaves_an_audit_row(
    app: Flask, therapist: Browser, squat: str, what: str
) -> None:
    therapist.get(what.format(squat=squat))
    [row] = audit_rows(app, "view.prescription")
    assert row.subject_id == person_id(app, "Ada")


def test_reading_the_curves_leaves_an_audit_row(app: Flask, therapist: Browser) -> None:
    therapist.get(f"/patients/sessions/{session_id(app, 'Ada', 'squat')}/angles.json")
    assert len(audit_rows(app, "view.angles")) == 1


def test_the_store_itself_lets_only_therapists_prescribe(app: Flask) -> None:
    with database(app).writing() as session:
        actor = Actor("a", "c", "clinic", "p", "N", "UTC", "en", "C", demo=False)
        with pytest.raises(NotVisible):
            programs.add(session, actor, person_id(app, "Ada"), "plank", Prescribed(), "")


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "x", "²"])
def test_a_nonsense_page_number_is_the_first_or_an_empty_page(
    app: Flask, therapist: Browser, number: str
) -> None:
    ada = person_id(app, "Ada")
    assert therapist.get(f"/patients/{ada}?page={number}").status_code == 200


@pytest.fixture
def march(app: Flask, therapist: Browser) -> str:
    """Ada's marching on the spot, just added."""
    therapist.post(f"/patients/{person_id(app, 'Ada')}/program", {"exercise": "knee_raise"})
    return prescription_id(app, "Ada", "knee_raise")


def test_a_variant_is_prescribed_with_its_own_degrees(
    app: Flask, therapist: Browser, march: str
) -> None:
    page = therapist.get(f"/patients/program/{march}").text
    assert "With a walking aid or a support" in page
    answer = therapist.post(f"/patients/program/{march}", as_shown(page) | {"variant": "seated"})
    assert answer.status_code == 302
    prescribed = programs.prescribed(version(app, march))
    assert prescribed.variant == "seated"
    assert prescribed.targets == {"hip_flexion": 105}
    assert "Seated march" in therapist.get(answer.headers["Location"]).text
    [row] = audit_rows(app, "program.revise")
    assert row.details["changed"]["variant"] == [None, "seated"]


def test_the_seated_variants_form_starts_from_its_own_degrees(
    app: Flask, therapist: Browser, march: str
) -> None:
    path = f"/patients/program/{march}"
    therapist.post(path, as_shown(therapist.get(path).text) | {"variant": "seated"})
    shown = as_shown(therapist.get(path).text)
    assert (shown["variant"], shown["target.hip_flexion"]) == ("seated", "105")
    before = version(app, march).id
    therapist.post(path, shown)
    assert version(app, march).id == before
    therapist.post(path, shown | {"target.hip_flexion": "110"})
    assert version(app, march).targets == {"hip_flexion": 110}


def test_an_unknown_variant_is_refused(app: Flask, therapist: Browser, squat: str) -> None:
    before = version(app, squat).id
    answer = therapist.post(f"/patients/program/{squat}", {**FORM, "variant": "flying"})
    assert answer.status_code == 422
    assert version(app, squat).id == before


def test_absent_limbs_are_kept_with_an_audit_row_and_judged_from_then_on(
    app: Flask, therapist: Browser, squat: str
) -> None:
    ada = person_id(app, "Ada")
    for _ in range(2):
        therapist.post(f"/patients/{ada}/absent", {"absent": ["right_shank", "a_tail"]})
    [row] = audit_rows(app, "person.absent")
    assert (row.details["old"], row.details["new"]) == ([], ["right_shank"])
    with database(app).reading() as session:
        judged = programs.judged(session, programs.current(session, squat), utc_now().date())
    assert judged.absent == ("right_shank",)
    page = therapist.get(f"/patients/{ada}").text
    assert re.search(r'value="right_shank" checked', page)
    therapist.post(f"/patients/{ada}/absent", {})
    assert not re.search(r'name="absent"[^>]* checked', therapist.get(f"/patients/{ada}").text)


def test_a_side_that_is_absent_cannot_be_prescribed(
    app: Flask, therapist: Browser, march: str
) -> None:
    therapist.post(f"/patients/{person_id(app, 'Ada')}/absent", {"absent": "right_leg"})
    path = f"/patients/program/{march}"
    answer = therapist.post(path, as_shown(therapist.get(path).text) | {"sides": "right"})
    assert answer.status_code == 422
    assert "cannot be counted without right_leg" in answer.text


def test_limbs_of_other_peoples_patients_are_not_touched(app: Flask, therapist: Browser) -> None:
    farah = person_id(app, "Farah")
    assert therapist.post(f"/patients/{farah}/absent", {"absent": "left_leg"}).status_code == 404
