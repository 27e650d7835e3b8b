"""The tables of assessments: what a therapist asked to be measured, and what was measured.

`assessment_result` is only inserted: measuring again is a new row.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id, PersonId

Kind = Literal["motion", "test"]
Source = Literal["camera", "manual"]
_KIND = "kind IN ('motion', 'test')"
_SIDE = "side IN ('left', 'right')"


class AssessmentRequest(Base):
    """A therapist asks a patient to measure something at home. It is open until it has a result or is withdrawn."""

    __tablename__ = "assessment_request"
    __table_args__ = (CheckConstraint(_KIND, "kind"), CheckConstraint(_SIDE, "side"))

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    patient_id: Mapped[PersonId]
    kind: Mapped[str] = mapped_column(String(10))
    #: An id of `poses.catalogue.motions` or `functional_tests`.
    name: Mapped[str] = mapped_column(String(60))
    side: Mapped[str | None] = mapped_column(String(10))
    author_id: Mapped[AccountId]
    created_at: Mapped[CreatedAt]
    withdrawn_at: Mapped[datetime | None]


class AssessmentResult(Base):
    """One result: its value with everything it was compared with at that moment."""

    __tablename__ = "assessment_result"
    __table_args__ = (
        CheckConstraint(_KIND, "kind"),
        CheckConstraint(_SIDE, "side"),
        CheckConstraint("source IN ('camera', 'manual')", "source"),
        Index("ix_assessment_result_series", "patient_id", "name", "side"),
    )

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    patient_id: Mapped[PersonId]
    request_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment_request.id"), index=True
    )
    #: The page's measurement that it comes from: sent twice it is kept once. Nothing for what was entered by hand.
    run_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60))
    side: Mapped[str | None] = mapped_column(String(10))
    value: Mapped[float]
    #: `degrees`, `repetitions` or `seconds`.
    unit: Mapped[str] = mapped_column(String(20))
    #: Half-width of the 80 % band, in the same unit; nothing where none is known.
    error: Mapped[float | None]
    #: The engine's attempts as plain values; empty for what was entered by hand.
    attempts: Mapped[list[Any]]
    #: What was shown as usual, and for whom: `age and sex`, `age` or `adults`.
    norm: Mapped[float | None]
    norm_of: Mapped[str | None] = mapped_column(String(20))
    #: `lower`, `usual`, `higher`, `below` or `unknown`.
    compared: Mapped[str] = mapped_column(String(10))
    at_risk: Mapped[bool | None]
    #: Against the last result from the same source: degrees further, or repetitions or seconds more.
    change: Mapped[float | None]
    #: Whether the change exceeds the minimal detectable change; nothing where that is not known.
    real: Mapped[bool | None]
    source: Mapped[str] = mapped_column(String(10))
    engine: Mapped[str] = mapped_column(String(20))
    #: The day it counts for, where the patient lives.
    local_date: Mapped[date]
    #: Who measured: the patient, or a therapist with the patient in front of them.
    account_id: Mapped[AccountId]
    created_at: Mapped[CreatedAt]


class AssessmentSeries(Base):
    """The landmark recording of a result, kept with the patient's consent."""

    __tablename__ = "assessment_series"

    result_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment_result.id"), primary_key=True
    )
    clinic_id: Mapped[ClinicId]
    #: A name inside the series store, never an absolute path.
    path: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int]
    frames: Mapped[int]
    created_at: Mapped[CreatedAt]
