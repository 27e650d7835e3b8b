"""What therapists think of the coach's verdicts. Only inserted: the newest word on a repetition holds."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id

#: The engine's verdicts, and `none`: this was no repetition of the exercise.
Opinion = Literal["correct", "incomplete", "faulty", "none"]
OPINIONS: tuple[Opinion, ...] = ("correct", "incomplete", "faulty", "none")
WHY_LENGTH = 500


class VerdictReview(Base):
    """One therapist's word on one repetition, beside what the coach said then."""

    __tablename__ = "verdict_review"
    __table_args__ = (
        CheckConstraint("verdict IN ('correct', 'incomplete', 'faulty', 'none')", "verdict"),
        Index("ix_verdict_review_session", "session_id", "ordinal"),
    )

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    session_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("patient_session.id"))
    #: Of the `rep` event; nothing when the coach missed the repetition.
    ordinal: Mapped[int | None]
    #: When it turned, seconds of the session: what tells missed repetitions apart.
    t_s: Mapped[float]
    #: `none`: the coach counted nothing there.
    coach_verdict: Mapped[str] = mapped_column(String(20))
    coach_faults: Mapped[list[Any]]
    verdict: Mapped[str] = mapped_column(String(20))
    #: Ids of checks, or `limit:<angle>`.
    faults: Mapped[list[Any]]
    author_id: Mapped[AccountId]
    #: The therapist's reason; empty when they agree.
    why: Mapped[str] = mapped_column(String(WHY_LENGTH), default="")
    created_at: Mapped[CreatedAt]
