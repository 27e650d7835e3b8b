"""The tables round a program: templates, favourites, proposals, what a therapist has seen, and reached ranges.

`attention_mark` is only inserted (a trigger refuses anything else): the newest row of a patient and reason holds.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, Base, ClinicId, CreatedAt, Id, PersonId
from webapp.store.session_tables import SessionId


class Template(Base):
    """A program to start from: exercises with what is prescribed, without a patient."""

    __tablename__ = "program_template"

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    #: The therapist whose it is; only they change or remove it.
    owner_id: Mapped[PersonId]
    name: Mapped[str] = mapped_column(String(120))
    #: Whether the other therapists of the clinic see it.
    shared: Mapped[bool] = mapped_column(default=False)
    #: A list of `{"exercise": id, "plan": columns of a version}`.
    items: Mapped[list[Any]]
    created_at: Mapped[CreatedAt]
    removed_at: Mapped[datetime | None]


class Favourite(Base):
    """An exercise or template that a therapist wants to find first."""

    __tablename__ = "favourite"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "key"),
        CheckConstraint("kind IN ('exercise', 'template')", "kind"),
    )

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    person_id: Mapped[PersonId]
    kind: Mapped[str] = mapped_column(String(10))
    #: The exercise's or the template's id.
    key: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[CreatedAt]


class Proposal(Base):
    """A change that a rule proposes; nothing happens before a therapist decides."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint(
            "status IN ('open', 'accepted', 'changed', 'declined', 'outdated')", "status"
        ),
        Index("ix_proposal_open", "clinic_id", "status", "patient_id"),
    )

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    patient_id: Mapped[PersonId]
    prescription_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("prescription.id"), index=True
    )
    #: What was prescribed when it was proposed.
    version_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("prescription_version.id")
    )
    #: The rule's id in `webapp/progression.toml`.
    rule: Mapped[str] = mapped_column(String(60))
    #: `webapp.store.progression.Step` as plain values.
    step: Mapped[dict[str, Any]]
    #: The sessions that it rests on, newest first.
    sessions: Mapped[list[Any]]
    status: Mapped[str] = mapped_column(String(10), default="open")
    created_at: Mapped[CreatedAt]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("account.id"))
    #: Why it was declined, in the therapist's words.
    answer: Mapped[str | None] = mapped_column(String(500))


class AttentionMark(Base):
    """A therapist has seen a reason, or wants to be reminded later; or takes that back (`hides` is false)."""

    __tablename__ = "attention_mark"
    __table_args__ = (Index("ix_attention_mark_of", "therapist_id", "patient_id", "reason"),)

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    therapist_id: Mapped[PersonId]
    patient_id: Mapped[PersonId]
    reason: Mapped[str] = mapped_column(String(20))
    hides: Mapped[bool]
    #: Hidden up to the day before; without it, until something newer than `created_at` happens.
    until: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[CreatedAt]


class SessionRange(Base):
    """The smallest and largest degrees of one angle in a session: what lists and trends ask, without the events."""

    __tablename__ = "session_range"
    __table_args__ = (  # holds all that trends ask, so that the table itself is not read
        Index(
            "ix_session_range_recent",
            "clinic_id",
            "local_date",
            "prescription_id",
            "angle",
            "low_deg",
            "high_deg",
        ),
    )

    session_id: Mapped[SessionId]
    angle: Mapped[str] = mapped_column(String(60), primary_key=True)
    clinic_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("clinic.id"))
    patient_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("person.id"))
    prescription_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("prescription.id"))
    local_date: Mapped[date]
    low_deg: Mapped[int]
    high_deg: Mapped[int]
