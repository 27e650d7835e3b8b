"""Messages between a patient and those who look after them. One thread a patient; only inserted."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id, PersonId

TEXT_LENGTH = 2000


class Message(Base):
    """Plain text in a patient's thread, perhaps about an exercise, a session or one repetition of it."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_thread", "patient_id", "id"),)

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    #: Whose thread it stands in, whoever wrote it.
    patient_id: Mapped[PersonId]
    author_id: Mapped[AccountId]
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    prescription_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("prescription.id")
    )
    session_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("patient_session.id"), index=True
    )
    #: `Rep.index` in that session.
    rep_index: Mapped[int | None]
    created_at: Mapped[CreatedAt]


class MessageRead(Base):
    """An account has seen a message."""

    __tablename__ = "message_read"

    message_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("message.id"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("account.id"), primary_key=True
    )
    clinic_id: Mapped[ClinicId]
    created_at: Mapped[CreatedAt]
