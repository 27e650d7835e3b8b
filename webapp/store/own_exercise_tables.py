"""The tables of exercises that a clinic recorded itself: what was shown once, and every definition made from it.

`own_exercise_version` is only inserted (a trigger refuses anything else): a session is judged to its end, and reviewed
ever after, by the version that held when it began. The recording never changes, so it stands with the exercise.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.store.base import ID_LENGTH, AccountId, Base, ClinicId, CreatedAt, Id, PersonId

State = Literal["draft", "ready", "away"]


class OwnExercise(Base):
    """One recorded movement. Nobody but its author sees a draft; what was put away stays in the programs it is in."""

    __tablename__ = "own_exercise"
    __table_args__ = (CheckConstraint("state IN ('draft', 'ready', 'away')", "state"),)

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    #: The therapist who recorded it.
    author_id: Mapped[PersonId]
    #: The exercise's id, as programs and sessions name it: `own_` and chance.
    key: Mapped[str] = mapped_column(String(60), unique=True)
    #: Whose own version it is; nobody else is offered it.
    patient_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("person.id"), index=True
    )
    #: The exercise it is like, from which it has its posture and checks.
    like_id: Mapped[str | None] = mapped_column(String(60))
    #: How many repetitions the recording shows; every definition must count as many.
    count: Mapped[int]
    #: The landmarks of the recording (`coach.io.recording`), and the movement to show (`coach.io.reference_file`).
    recording: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    reference: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    #: Whether the other therapists of the clinic are offered it.
    shared: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    created_at: Mapped[CreatedAt]


class OwnExerciseVersion(Base):
    """A definition that held from a moment on. Inserted, never changed."""

    __tablename__ = "own_exercise_version"
    __table_args__ = (UniqueConstraint("exercise_id", "number"),)

    id: Mapped[Id]
    clinic_id: Mapped[ClinicId]
    exercise_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("own_exercise.id"), index=True
    )
    #: 1, 2, 3, ...
    number: Mapped[int]
    author_id: Mapped[AccountId]
    #: The exercise file, as `coach.io.exercise_file` reads and writes it.
    definition: Mapped[str] = mapped_column(Text)
    created_at: Mapped[CreatedAt]
