"""A therapist's own film of an exercise: for all patients of the clinic who do it, or for one of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id


class OwnVideo(Base):
    """One film. A newer one for the same exercise (and the same patient, if it is for one) takes its place."""

    __tablename__ = "own_video"
    __table_args__ = (Index("ix_own_video_exercise", "clinic_id", "exercise_id"),)

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    exercise_id: Mapped[str] = mapped_column(String(60))
    #: Only for the patient of this prescription; nothing: for everybody in the clinic who does the exercise.
    prescription_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("prescription.id"), index=True
    )
    author_id: Mapped[AccountId]
    #: `video/mp4` or `video/webm`, as the bytes say.
    mime: Mapped[str] = mapped_column(String(40))
    bytes: Mapped[int]
    created_at: Mapped[CreatedAt]
    #: From then on it is shown no more, and its file is gone.
    removed_at: Mapped[datetime | None]
