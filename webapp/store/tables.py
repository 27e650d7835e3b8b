"""The tables of people, care and programs. Sessions of exercise are in `session_tables`.

Every row of patient data carries `clinic_id`: a query without it is a bug. `prescription_version`, `consent` and
`audit` are only inserted; triggers made by the first migration refuse anything else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id, PersonId

Role = Literal["patient", "therapist", "clinic"]
ROLES: tuple[Role, ...] = ("patient", "therapist", "clinic")
_ROLE_CHECK = "role IN ('patient', 'therapist', 'clinic')"


class Clinic(Base):
    """A practice or hospital: the border that data does not cross."""

    __tablename__ = "clinic"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200))
    #: Made by `coach demo`: shown as such on every page, and never mixed with real patients.
    demo: Mapped[bool] = mapped_column(default=False)
    #: A `webapp.store.clinic_settings.ClinicSettings` as plain values; nothing means what is usual.
    settings: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[CreatedAt]


class Account(Base):
    """Someone who can log in. Who they are in a clinic is said by `Membership` and `Person`."""

    __tablename__ = "account"

    id: Mapped[Id]
    #: Normalised by flask-security: lower case, one form per address. None: this account has no password login.
    email: Mapped[str | None] = mapped_column(String(255), unique=True)
    #: An argon2 hash, never the password. None: other ways in only (`entry_tables`).
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    #: Changes when every session of the account must end.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]


class Membership(Base):
    """What an account may be in a clinic."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "clinic_id", "role"),
        CheckConstraint(_ROLE_CHECK, "role"),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    clinic_id: Mapped[ClinicId]
    role: Mapped[str] = mapped_column(String(20))
    active: Mapped[bool] = mapped_column(default=True)


class Person(Base):
    """A human known to a clinic: a patient (perhaps without an account), a member of staff, or a patient's helper."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("account_id", "clinic_id"),)

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    account_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    birth_year: Mapped[int | None]
    #: `female`, `male` or `unknown`, for norms; nothing before anybody was asked.
    sex: Mapped[str | None] = mapped_column(String(10))
    #: IANA name; days and streaks are counted in it.
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    #: What they chose to read; empty as long as their browser decides.
    language: Mapped[str] = mapped_column(String(16), default="")
    #: Ids of `poses.cautions` that the therapist has noted: what to mind when this patient exercises.
    cautions: Mapped[list[Any] | None]
    #: Parts of a patient's body that are missing or not seen as such (`coach.landmarks.Part`), with spaces between.
    absent: Mapped[str | None] = mapped_column(String(200))
    #: How a patient wants the app to look and work (`webapp.store.preferences`); None: as it comes.
    preferences: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[CreatedAt]


class Care(Base):
    """A therapist looks after a patient, from `created_at` until `ended_at`."""

    __tablename__ = "care"
    __table_args__ = (Index("ix_care_pair", "therapist_id", "patient_id"),)

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    therapist_id: Mapped[PersonId]
    patient_id: Mapped[PersonId]
    created_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]


class Grant(Base):
    """A patient lets someone else (a caregiver) see or help."""

    __tablename__ = "caregiver_grant"

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    patient_id: Mapped[PersonId]
    account_id: Mapped[AccountId]
    #: What they may do: a `webapp.store.access.Scope`.
    scope: Mapped[str] = mapped_column(String(40))
    #: Who they are to the patient: a `webapp.store.grants.Relation`.
    relation: Mapped[str] = mapped_column(String(20), default="other")
    created_at: Mapped[CreatedAt]
    revoked_at: Mapped[datetime | None]


class Invitation(Base):
    """A way in, once, for one person, by link or by code. Only the hashes of its two secrets are kept."""

    __tablename__ = "invitation"

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    person_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    created_by: Mapped[AccountId]
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    #: Withdrawn, or followed by a newer one.
    ended_at: Mapped[datetime | None]
    #: Wrong birth years since the last lock.
    wrong_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class Prescription(Base):
    """One exercise in a patient's program. What is prescribed stands in its newest version."""

    __tablename__ = "prescription"

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    patient_id: Mapped[PersonId]
    exercise_id: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[CreatedAt]
    versions: Mapped[list[PrescriptionVersion]] = relationship(
        order_by="PrescriptionVersion.number", back_populates="prescription"
    )


class PrescriptionVersion(Base):
    """What was prescribed from a moment on. Inserted, never changed: past sessions point at what judged them."""

    __tablename__ = "prescription_version"
    __table_args__ = (UniqueConstraint("prescription_id", "number"),)

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    prescription_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("prescription.id"), index=True
    )
    #: 1, 2, 3, ...
    number: Mapped[int]
    #: Degrees by angle name; absent means the exercise's default.
    targets: Mapped[dict[str, Any]]
    limits: Mapped[dict[str, Any]]
    #: `coach.exercise.Dose` and `Tempo` as plain values, or nothing for the exercise's own.
    dose: Mapped[dict[str, Any] | None]
    tempo: Mapped[dict[str, Any] | None]
    sides: Mapped[str | None] = mapped_column(String(20))
    #: The way it is done (`coach.exercise.VariantName`), or nothing for the exercise as it stands.
    variant: Mapped[str | None] = mapped_column(String(20))
    #: What the engine does not judge (`webapp.store.plans`): load, schedule, phases by week, a note to the patient.
    load: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    schedule: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    phases: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    note: Mapped[str | None] = mapped_column(String(500))
    #: The therapist's reason, in their own words.
    why: Mapped[str] = mapped_column(String(500), default="")
    author_id: Mapped[AccountId]
    created_at: Mapped[CreatedAt]
    prescription: Mapped[Prescription] = relationship(back_populates="versions")


class Consent(Base):
    """A patient's yes or no, with the version of the text they saw. The newest row of a kind holds."""

    __tablename__ = "consent"

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    person_id: Mapped[PersonId]
    kind: Mapped[str] = mapped_column(String(40))
    given: Mapped[bool]
    text_version: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[AccountId]
    created_at: Mapped[CreatedAt]


class Audit(Base):
    """Who did what to whose data, when. Without names: ids only, so that the log itself tells no story."""

    __tablename__ = "audit"

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    at: Mapped[CreatedAt]
    actor_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("account.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("person.id"), index=True
    )
    details: Mapped[dict[str, Any]]
