"""A session is judged by the variant that is prescribed, and by the body that the patient has."""

from __future__ import annotations

import pytest

from coach.errors import DoseError
from coach.exercise import Prescription
from tests.webapp.live.clinic import Clinic, revise, the_therapist
from webapp.live.registry import Ask, Registry
from webapp.store import access, people, programs
from webapp.store.engine import Database
from webapp.store.series import FolderSeries
from webapp.store.writer import Writer


@pytest.fixture
def registry(database: Database, clinic: Clinic) -> Registry:
    """Running sessions of the small clinic."""
    return Registry(database, Writer(database), FolderSeries(clinic.settings.data_dir / "s"))


def without(database: Database, clinic: Clinic, *parts: str) -> None:
    """From now on these parts of the patient's body are absent."""
    with database.writing() as session:
        therapist = the_therapist(session)
        patient = access.require_patient(session, therapist, clinic.patient.person_id)
        people.set_absent(session, therapist, patient, parts)


def test_a_session_opens_with_variant_and_absent_limbs(
    database: Database, clinic: Clinic, registry: Registry
) -> None:
    revise(clinic, Prescription(variant="walking_aid"))
    without(database, clinic, "right_shank")
    opened, _ = registry.open("socket", clinic.patient, _ask(clinic))
    assert opened.case.prescription.variant == "walking_aid"
    assert opened.case.prescription.absent == ("right_shank",)
    running = registry.of("socket")
    assert running is not None
    engine = running._engine
    assert not engine.exercise.camera.plumb
    registry.shut_down()


def test_what_cannot_be_counted_opens_no_session(
    database: Database, clinic: Clinic, registry: Registry
) -> None:
    with database.writing() as session:
        stance = programs.add(
            session, the_therapist(session), clinic.patient.person_id, "single_leg_stance",
            Prescription(), "balance",
        ).id  # fmt: skip
    without(database, clinic, "right_leg")
    with pytest.raises(DoseError, match="cannot be counted without right_leg"):
        registry.open("socket", clinic.patient, Ask(prescription=stance, source="camera"))
    assert registry.of("socket") is None
    registry.shut_down()


def _ask(clinic: Clinic) -> Ask:
    return Ask(prescription=clinic.prescription, source="camera")
