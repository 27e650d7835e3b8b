"""What patients tell us in their own words and numbers: about a day, a session, or what a session's count missed.

Both tables are only inserted: an answer that is given again is a new row, and the newest one holds.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id, PersonId

ReportKind = Literal["before", "after", "morning", "sure", "skip", "goal"]


class PatientReport(Base):
    """One answer of a patient. `answers` is a struct of `webapp.store.reports` as plain values."""

    __tablename__ = "patient_report"
    __table_args__ = (
        CheckConstraint("kind IN ('before', 'after', 'morning', 'sure', 'skip', 'goal')", "kind"),
        Index("ix_patient_report_day", "patient_id", "kind", "local_date"),
        Index("ix_patient_report_clinic_day", "clinic_id", "local_date"),
    )

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    patient_id: Mapped[PersonId]
    #: Who answered: the patient, or someone who helps them.
    account_id: Mapped[AccountId]
    kind: Mapped[str] = mapped_column(String(20))
    #: The patient's own day that the answer is about.
    local_date: Mapped[date]
    session_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("patient_session.id"), index=True
    )
    #: The highest pain in the answer, 0 to 10, for lists; nothing where pain was not asked.
    pain: Mapped[int | None]
    answers: Mapped[dict[str, Any]]
    created_at: Mapped[CreatedAt]


class SessionCorrection(Base):
    """The patient says how many repetitions it really were. What was counted stays as it is."""

    __tablename__ = "session_correction"

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    patient_id: Mapped[PersonId]
    session_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("patient_session.id"), index=True
    )
    account_id: Mapped[AccountId]
    #: What the coach had counted at that moment.
    counted: Mapped[int]
    said: Mapped[int]
    created_at: Mapped[CreatedAt]
