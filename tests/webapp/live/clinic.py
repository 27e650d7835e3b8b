"""A clinic with one patient and one squat, and a body that squats: what the tests of the live session start from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import select

from coach.exercise import Dose, Prescription
from coach.frame import PoseFrame
from poses import catalogue
from webapp.settings import Settings
from webapp.store import access, people, programs, schema
from webapp.store.access import Actor
from webapp.store.engine import Database, Session
from webapp.store.people import NewPerson
from webapp.store.tables import Account, Consent, Person

PASSWORD = "correct horse battery"
EMAIL = "patient@clinic.example"
THERAPIST = "therapist@clinic.example"
SIZE_PX = (640, 480)
SCALE_PX = 200.0
VISIBLE = 0.99


@dataclass(frozen=True)
class Clinic:
    """Ids of what was made, and the patient as an actor."""

    settings: Settings
    patient: Actor
    prescription: str
    email: str = EMAIL


def seed(folder: Path, *, consent: bool = True, dose: Dose | None = None) -> Clinic:
    """A new database in `folder`, made by the real migrations."""
    settings = Settings(env="testing", data_dir=folder, secret_key="k" * 40)
    schema.upgrade(settings.database)
    database = Database(settings.database)
    wish = Prescription(dose=dose or Dose(sets=2, reps=4, rest_s=3.0))
    with database.writing() as session:
        clinic = people.add_clinic(session, "Riverside")
        therapist = people.add_person(session, clinic.id, NewPerson("Tom", "therapist"))
        secret = _hash(settings)
        people.add_account(session, therapist, THERAPIST, secret)
        made = _enrol(session, settings, EMAIL, secret, wish, consent=consent)
    database.close()
    return made


def another(clinic: Clinic, email: str, wish: Prescription) -> Clinic:
    """The same clinic, seen by a new patient with the same password."""
    database = Database(clinic.settings.database)
    with database.writing() as session:
        secret = session.scalars(select(Account.password).where(Account.email == EMAIL)).one()
        made = _enrol(session, clinic.settings, email, secret, wish, consent=True)
    database.close()
    return made


def _enrol(
    session: Session,
    settings: Settings,
    email: str,
    secret: str,
    wish: Prescription,
    *,
    consent: bool,
) -> Clinic:
    """A patient of the one therapist, with squats to do."""
    prescriber = the_therapist(session)
    patient = people.add_person(
        session, prescriber.clinic_id, NewPerson("Ada", "patient", timezone="Pacific/Auckland")
    )
    account = people.add_account(session, patient, email, secret)
    therapist = session.get_one(Person, prescriber.person_id)
    people.take_care(session, therapist, patient)
    actor = people.actor_of(session, account.id)
    assert actor is not None
    prescription = programs.add(session, prescriber, patient.id, "squat", wish, "to begin with")
    session.add(
        Consent(
            clinic_id=patient.clinic_id,
            person_id=patient.id,
            kind="landmark_series",
            given=consent,
            text_version="1",
            account_id=account.id,
        )
    )
    return Clinic(settings, actor, prescription.id, email)


def the_therapist(session: Session) -> Actor:
    """Who prescribes here."""
    account = session.scalars(select(Account.id).where(Account.email == THERAPIST)).one()
    therapist = people.actor_of(session, account)
    assert therapist is not None
    return therapist


def revise(clinic: Clinic, wish: Prescription) -> None:
    """The therapist prescribes the squat in another way from now on."""
    database = Database(clinic.settings.database)
    with database.writing() as session:
        therapist = the_therapist(session)
        prescription = access.require_prescription(session, therapist, clinic.prescription)
        programs.revise(session, therapist, prescription, wish, "as agreed")
    database.close()


def _hash(settings: Settings) -> str:
    from flask_security import hash_password

    from webapp import create_app

    app = create_app(settings)
    with app.app_context():
        return str(hash_password(PASSWORD))


def squats(
    reps: int, *, fps: float = 15.0, still_s: float = 3.0, start_s: float = 0.0
) -> Iterator[PoseFrame]:
    """A body that stands still for a while, then squats: the reference movement, seen by a camera, again and again."""
    reference = catalogue.reference("squat")
    body = reference.seen_from()
    frames = round((still_s + reps * reference.duration_s + 1.0) * fps)
    for index in range(frames):
        moving_s = min(max(0.0, index / fps - still_s), reps * reference.duration_s - 1e-6)
        points = _between(body, moving_s / reference.duration_s * len(body))
        yield _seen(points, start_s + index / fps)


def _between(body: np.ndarray, place: float) -> np.ndarray:
    index, part = int(place) % len(body), place % 1.0
    return body[index] * (1.0 - part) + body[(index + 1) % len(body)] * part


def _seen(points: np.ndarray, t_s: float) -> PoseFrame:
    """As the wire carries it: whole 32nds of a pixel, 32-bit numbers."""
    image = np.round((points[:, :2] * SCALE_PX + [320.0, 260.0]) * 32) / 32
    world = points - points[[23, 24]].mean(axis=0)
    visibility = np.full(len(points), VISIBLE)
    return PoseFrame.checked(t_s, _f32(image), _f32(world), _f32(visibility), SIZE_PX)


def _f32(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32).astype(np.float64)
