"""A movement recorded once: learned, adjusted, saved, prescribed, judged, shared, and nobody else's business."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select
from typer.testing import CliRunner

from coach.authoring.learning import Learned, learn
from tests.builders import judge, movement
from tests.webapp.builders import DEMO_PATIENT, DEMO_THERAPIST, Browser, actor, person_id
from tests.webapp.shown import FPS, packed, send, show
from tests.webapp.store.town import practice
from webapp.cli import command
from webapp.extensions import database
from webapp.live.registry import Ask
from webapp.movements.definition import fields
from webapp.movements.landmarks import packed as packed_recording
from webapp.movements.landmarks import reference_bytes
from webapp.store import exercises, own_exercises, programs
from webapp.store.access import NotVisible
from webapp.store.base import utc_now
from webapp.store.own_exercise_tables import OwnExercise, OwnExerciseVersion
from webapp.store.own_exercises import Recorded
from webapp.store.tables import Audit, Prescription

DEPTHS = [1, -1, 1, -1]


@cache
def learned() -> Learned:
    """What the web process would get back: learned once, for all that is not about learning."""
    return learn(movement("hip_abduction", DEPTHS, fps=FPS), "own_any")


def drafted(app: Flask, **wishes: Any) -> str:
    """The key of a movement that the demo therapist has just recorded."""
    made = learned()
    words = msgspec.structs.replace(made.exercise.words, name="Sideways leg")
    exercise = msgspec.structs.replace(made.exercise, id=own_exercises.new_key(), words=words)
    frames = movement("hip_abduction", DEPTHS, fps=FPS)
    kept = packed_recording(frames), reference_bytes(made.reference)
    with database(app).writing() as db:
        recorded = Recorded(exercise, *kept, made.count, **wishes)
        return own_exercises.draft(db, actor(app, DEMO_THERAPIST), recorded).key


def form_of(app: Flask, key: str) -> dict[str, str]:
    """The fields of the page as they are filled in."""
    with database(app).reading() as db:
        row = db.scalars(select(OwnExercise).where(OwnExercise.key == key)).one()
        return fields(exercises.load(db, row.clinic_id, key))


def saved(app: Flask, browser: Browser, instead: str = "no", **wishes: Any) -> str:
    key = drafted(app, **wishes)
    sent = form_of(app, key) | {"instead": instead}
    assert browser.post(f"/patients/movements/{key}", sent).status_code == 302
    return key


def test_shown_once_it_is_prescribed_and_counted_like_any_other(
    app: Flask, therapist: Browser, patient: Browser
) -> None:
    answer = show(therapist, DEPTHS, name="Sideways leg", short="For the hip.")
    assert answer.status_code == 200, answer.text
    key = str(answer.json["url"]).rsplit("/", 1)[1]
    assert therapist.post(f"/patients/movements/{key}", form_of(app, key)).status_code == 302
    ada = person_id(app, "Ada")
    assert "Sideways leg" in therapist.get(f"/patients/{ada}/exercises?own=yes").text
    added = therapist.post(f"/patients/{ada}/program", {"exercise": key})
    assert added.status_code == 302
    with database(app).reading() as db:
        row = db.scalars(select(Prescription).where(Prescription.exercise_id == key)).one()
    assert "Sideways leg" in patient.get("/", follow_redirects=True).text
    assert "Sideways leg" in patient.get(f"/exercise/{row.id}").text
    assert len(patient.get(f"/exercise/{row.id}/movement.json").json["frames"]) >= 32
    assert "Sideways leg" in therapist.get(f"/patients/{ada}/print").text
    registry = app.extensions["coach_live"]
    opened, _ = registry.open(
        "one", actor(app, DEMO_PATIENT), Ask(prescription=row.id, source="camera")
    )
    again = judge(opened.case.exercise, movement("hip_abduction", DEPTHS, fps=FPS))
    assert len(again.reps) == len(DEPTHS)


@pytest.mark.parametrize("depths", [[], [1.0]])
def test_too_little_is_explained(therapist: Browser, depths: list[float]) -> None:
    answer = show(therapist, depths)
    assert answer.status_code == 422
    assert "at least twice" in answer.json["problem"]


def test_nobody_and_damage_are_explained(app: Flask, therapist: Browser) -> None:
    assert "Nobody was seen" in send(therapist, b"").json["problem"]
    frames = movement("squat", [1.0], fps=FPS)
    assert "did not arrive whole" in send(therapist, packed(frames)[:-3]).json["problem"]
    backwards = packed(frames[8:16]) + packed(frames[:8])
    assert send(therapist, backwards).status_code == 422
    with database(app).reading() as db:
        assert not db.scalars(select(OwnExercise).where(OwnExercise.state == "draft")).all()


def test_a_change_is_tried_on_the_recording_before_it_is_saved(
    app: Flask, therapist: Browser
) -> None:
    key = drafted(app)
    page = therapist.get(f"/patients/movements/{key}").text
    assert "Sideways leg" in page
    assert "4 repetitions were shown" in page
    right = therapist.post(f"/patients/movements/{key}/check", form_of(app, key))
    assert right.json["right"]
    assert len(right.json["reps"]) == len(DEPTHS)
    spoiled = form_of(app, key) | {
        "turn": "150", "enter": "90", "default.hip_abduction": "60", "max.hip_abduction": "70",
    }  # fmt: skip
    wrong = therapist.post(f"/patients/movements/{key}/check", spoiled)
    assert not wrong.json["right"]
    assert "Move a line back" in wrong.json["said"]
    assert therapist.post(f"/patients/movements/{key}", spoiled).status_code == 422
    refused = therapist.post(f"/patients/movements/{key}", form_of(app, key) | {"name": ""})
    assert refused.status_code == 422
    assert "Write something here" in refused.text
    curve = therapist.get(f"/patients/movements/{key}/curve.json").json
    assert set(curve["curves"]) == {"left", "right"}
    assert curve["verdict"]["right"]


def test_an_edit_is_a_new_version_and_what_was_before_stays(app: Flask, therapist: Browser) -> None:
    key = saved(app, therapist)
    between = utc_now()
    therapist.post(f"/patients/movements/{key}", form_of(app, key))  # nothing changed: no version
    therapist.post(f"/patients/movements/{key}", form_of(app, key) | {"name": "Another name"})
    with database(app).reading() as db:
        row = own_exercises.require(db, actor(app, DEMO_THERAPIST), key)
        assert [one.number for one in own_exercises.versions(db, row)] == [2, 1]
        assert exercises.load(db, row.clinic_id, key).words.name == "Another name"
        assert exercises.load(db, row.clinic_id, key, between).words.name == "Sideways leg"


def test_a_narrower_goal_still_holds_what_is_prescribed(app: Flask, therapist: Browser) -> None:
    key = saved(app, therapist)
    therapist.post(f"/patients/{person_id(app, 'Ada')}/program", {"exercise": key})
    form = form_of(app, key)
    asked = float(form["default.hip_abduction"])
    narrow = {f"{part}.hip_abduction": f"{asked - 10:g}" for part in ("min", "default", "max")}
    assert therapist.post(f"/patients/movements/{key}", form | narrow).status_code == 302
    assert form_of(app, key)["max.hip_abduction"] == f"{asked:g}"


def test_a_patients_own_version_takes_the_place_of_what_it_is_like(
    app: Flask, therapist: Browser
) -> None:
    ada, others = person_id(app, "Ada"), "squat"
    key = saved(app, therapist, patient_id=ada, like_id=others, instead="yes")
    me = actor(app, DEMO_THERAPIST)
    with database(app).writing() as db:
        program = [row.exercise_id for row in programs.of_patient(db, ada)]
        assert key in program
        assert others not in program
        other = next(
            one
            for one in db.scalars(select(Prescription.patient_id).distinct())
            if one != ada and own_exercises.usable(db, me, one, "squat")
        )
        assert not own_exercises.usable(db, me, other, key)
        with pytest.raises(NotVisible):
            programs.add(db, me, other, key, programs.Plan(), "")
    assert key not in therapist.get(f"/patients/{other}/exercises").text
    assert therapist.post(f"/patients/{other}/program", {"exercise": key}).status_code == 404


ADDRESSES = ("", "/curve.json", "/movement.json", "/files.zip")


def test_it_is_its_authors_until_shared_and_never_another_clinics(
    app: Flask, therapist: Browser, patient: Browser
) -> None:
    key = saved(app, therapist)
    with database(app).writing() as db:
        stranger = practice(db).therapist
    me = actor(app, DEMO_THERAPIST)
    colleague = actor(app, "therapist2@demo.example")
    with database(app).writing() as db:
        assert exercises.find(db, stranger.clinic_id, key) is None
        for who in (stranger, colleague):
            assert own_exercises.offered(db, who) == [] or key not in {
                one.id for one in own_exercises.offered(db, who)
            }
            with pytest.raises(NotVisible):
                own_exercises.require(db, who, key)
        row = own_exercises.require(db, me, key)
        own_exercises.save(db, me, row, exercises.load(db, me.clinic_id, key), shared=True)
        assert own_exercises.require(db, colleague, key).key == key
        assert not own_exercises.changeable(colleague, row)
        with pytest.raises(NotVisible):
            own_exercises.save(
                db, colleague, row, exercises.load(db, me.clinic_id, key), shared=False
            )
        with pytest.raises(NotVisible):
            own_exercises.require(db, stranger, key)
    for address in ADDRESSES:
        assert patient.get(f"/patients/movements/{key}{address}").status_code == 403
        assert therapist.get(f"/patients/movements/own_000000000000{address}").status_code == 404


def test_a_draft_is_in_no_program_and_what_is_put_away_is_offered_no_more(
    app: Flask, therapist: Browser
) -> None:
    ada, key = person_id(app, "Ada"), drafted(app)
    assert therapist.post(f"/patients/{ada}/program", {"exercise": key}).status_code == 404
    therapist.post(f"/patients/movements/{key}", form_of(app, key))
    therapist.post(f"/patients/movements/{key}/away", {"away": "yes"})
    assert key not in therapist.get(f"/patients/{ada}/exercises").text
    assert "put away" in therapist.get("/patients/movements").text
    therapist.post(f"/patients/movements/{key}/away", {"away": "no"})
    assert key in therapist.get(f"/patients/{ada}/exercises").text
    with database(app).reading() as db:
        kinds = set(db.scalars(select(Audit.action).where(Audit.action.startswith("own_exercise"))))
    assert {f"own_exercise.{what}" for what in ("record", "save", "away", "ready")} <= kinds


def test_the_files_are_what_the_command_line_accepts(
    app: Flask, therapist: Browser, tmp_path: Path
) -> None:
    key = saved(app, therapist)
    data = therapist.get(f"/patients/movements/{key}/files.zip").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    file = tmp_path / "exercises" / f"{key}.toml"
    done = CliRunner().invoke(command(), ["exercises", "validate", str(file)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "reference" / f"{key}.npz").exists()


def test_versions_are_never_rewritten(app: Flask, therapist: Browser) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    drafted(app)
    for change in (
        "UPDATE own_exercise_version SET number = 9",
        "DELETE FROM own_exercise_version",
    ):
        with pytest.raises(IntegrityError, match="append-only"), database(app).writing() as db:
            db.execute(text(change))
    assert OwnExerciseVersion.__tablename__ == "own_exercise_version"
