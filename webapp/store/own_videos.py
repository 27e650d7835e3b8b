"""Therapists' own films: which one a patient sees, keeping and removing them. The files lie in the clinic's folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import IO, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.store import access, audit
from webapp.store.access import Actor, NotVisible
from webapp.store.base import new_id
from webapp.store.tables import Prescription
from webapp.store.video_tables import OwnVideo

MAX_BYTES: Final = 100 * 1024 * 1024
_CHUNK: Final = 1 << 20
#: Where and how the two kinds that every browser plays begin.
_HEAD_BYTES: Final = 12


class NoVideoError(ValueError):
    """The bytes are no film that browsers play, or too many."""


def kind_of(head: bytes) -> str:
    """The media type of a film by its first bytes, whatever its name says. Raises NoVideoError."""
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "video/webm"
    raise NoVideoError


def shown(session: Session, prescription: Prescription) -> OwnVideo | None:
    """The film for a prescription: the patient's own if there is one, else the clinic's newest of this exercise."""
    t = OwnVideo
    return session.scalar(
        select(t)
        .where(t.clinic_id == prescription.clinic_id, t.exercise_id == prescription.exercise_id)
        .where(t.removed_at.is_(None))
        .where(or_(t.prescription_id == prescription.id, t.prescription_id.is_(None)))
        .order_by(t.prescription_id.is_(None), t.id.desc())
        .limit(1)
    )


def require(session: Session, actor: Actor, video_id: str) -> OwnVideo:
    """A film of the actor's clinic that is for everybody, or for a patient whom the actor may see; else NotVisible."""
    row = session.scalar(
        select(OwnVideo).where(OwnVideo.id == video_id, OwnVideo.clinic_id == actor.clinic_id)
    )
    if row is None or row.removed_at is not None:
        raise NotVisible
    if row.prescription_id is not None:
        access.require_prescription(session, actor, row.prescription_id)
    return row


def keep(
    session: Session, actor: Actor, prescription: Prescription, source: IO[bytes], folder: Path, *, only: bool
) -> OwnVideo:  # fmt: skip
    """Keep a film, for this patient `only` or for everybody in the clinic. Raises NoVideoError, NotVisible, OSError."""
    access.require_prescriber(actor)
    head = source.read(_HEAD_BYTES)
    row = OwnVideo(
        id=new_id(), clinic_id=prescription.clinic_id, exercise_id=prescription.exercise_id,
        prescription_id=prescription.id if only else None, author_id=actor.account_id, mime=kind_of(head),
    )  # fmt: skip
    row.bytes = _write(place(folder, row), head, source)
    session.add(row)
    session.flush()
    audit.record(
        session, actor, "video.add", prescription.patient_id if only else None,
        exercise=row.exercise_id, video=row.id, bytes=row.bytes,
    )  # fmt: skip
    return row


def remove(session: Session, actor: Actor, row: OwnVideo, folder: Path, now: datetime) -> None:
    """Show it no more, and delete its file. Raises NotVisible."""
    access.require_prescriber(actor)
    row.removed_at = now
    audit.record(session, actor, "video.remove", None, exercise=row.exercise_id, video=row.id)
    place(folder, row).unlink(missing_ok=True)


def place(folder: Path, row: OwnVideo) -> Path:
    """Where the file of a film lies."""
    return folder / row.clinic_id / f"{row.id}.{row.mime.rpartition('/')[2]}"


def _write(to: Path, head: bytes, source: IO[bytes]) -> int:
    """The whole film beside its place, then there; how many bytes it has. Raises NoVideoError when too many."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part, size = to.with_suffix(".part"), 0
    try:
        with part.open("wb") as file:
            block = head
            while block:
                size += len(block)
                if size > MAX_BYTES:
                    raise NoVideoError
                file.write(block)
                block = source.read(_CHUNK)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return size
