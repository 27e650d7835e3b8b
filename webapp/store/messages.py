"""Messages: a thread a patient, between them and the therapists who look after them now. Nothing is changed or deleted.

A clinic's managers are no part of it: what people write to their therapist is not for the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from coach.events import RepCompleted
from webapp.store import access, audit, sessions
from webapp.store.access import Actor, NotVisible
from webapp.store.message_tables import Message, MessageRead
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Person, Prescription

#: So many of a thread are shown at once, the newest.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, if anything: an exercise of the program, a session, one repetition of it."""

    prescription_id: str | None = None
    session_id: str | None = None
    rep_index: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as someone reads it: its author's name, whether it is new to them, and the exercise it is about.

    `about` is the session, when it is about one.
    """

    message: Message
    author: str
    mine: bool
    fresh: bool
    exercise_id: str | None
    about: PatientSession | None


@dataclass(frozen=True, slots=True)
class Thread:
    """One patient's thread in a list: its last message, and how many are unread."""

    patient: Person
    last: Message
    unread: int


def write(session: Session, actor: Actor, patient_id: str, text: str, about: About) -> Message:
    """Put a message into a patient's thread, with an audit row. Raises NotVisible for what the actor may not see."""
    _require_writer(actor)
    patient = access.require_patient(session, actor, patient_id)
    checked = _checked(session, actor, patient.id, about)
    message = Message(
        clinic_id=patient.clinic_id, patient_id=patient.id, author_id=actor.account_id, text=text,
        prescription_id=checked.prescription_id, session_id=checked.session_id, rep_index=checked.rep_index,
    )  # fmt: skip
    session.add(message)
    session.flush()
    audit.record(session, actor, "message.write", patient.id, message=message.id)
    return message


def thread(
    session: Session, actor: Actor, patient_id: str, session_id: str | None = None
) -> list[Shown]:
    """A patient's messages, newest first; with `session_id`, those about that session."""
    _require_writer(actor)
    patient = access.require_patient(session, actor, patient_id)
    query = (
        select(Message, Person.name, Prescription.exercise_id, PatientSession, _unread_by(actor))
        .join(Person, (Person.account_id == Message.author_id) & (Person.clinic_id == actor.clinic_id))
        .outerjoin(Prescription, Prescription.id == Message.prescription_id)
        .outerjoin(PatientSession, PatientSession.id == Message.session_id)
        .where(Message.clinic_id == actor.clinic_id, Message.patient_id == patient.id)
        .order_by(Message.id.desc())
        .limit(SHOWN)
    )  # fmt: skip
    if session_id is not None:
        query = query.where(Message.session_id == session_id)
    found = [
        Shown(
            message, name, message.author_id == actor.account_id, fresh,
            about.exercise_id if about else exercise_id, about,
        )
        for message, name, exercise_id, about, fresh in session.execute(query)
    ]  # fmt: skip
    return found


def mark_read(
    session: Session, actor: Actor, patient_id: str, session_id: str | None = None
) -> None:
    """The actor has seen the messages of a thread, or those about one session."""
    _require_writer(actor)
    patient = access.require_patient(session, actor, patient_id)
    query = select(Message).where(Message.patient_id == patient.id, _unread_by(actor))
    if session_id is not None:
        query = query.where(Message.session_id == session_id)
    for message in session.scalars(query).all():
        session.add(
            MessageRead(
                message_id=message.id, account_id=actor.account_id, clinic_id=message.clinic_id
            )
        )
    session.flush()


def unread(session: Session, actor: Actor) -> int:
    """How many messages of all threads wait for the actor."""
    if actor.role == "clinic":
        return 0
    mine = access.visible(actor, Message.clinic_id, Message.patient_id)
    return session.scalar(select(func.count(Message.id)).where(mine, _unread_by(actor))) or 0


def inbox(session: Session, actor: Actor) -> list[Thread]:
    """Every thread that the actor may see: those with unread messages first, then by their last one."""
    _require_writer(actor)
    mine = access.visible(actor, Message.clinic_id, Message.patient_id)
    last = select(func.max(Message.id)).where(mine).group_by(Message.patient_id)
    counted = (
        select(Message.patient_id, func.count(Message.id))
        .where(mine, _unread_by(actor))
        .group_by(Message.patient_id)
    )
    waiting = {patient_id: int(count) for patient_id, count in session.execute(counted)}
    rows = session.execute(
        select(Person, Message)
        .join(Message, Message.patient_id == Person.id)
        .where(Message.id.in_(last))
        .order_by(Message.id.desc())
    ).all()
    threads = [Thread(patient, message, waiting.get(patient.id, 0)) for patient, message in rows]
    return sorted(threads, key=lambda one: one.unread == 0)


def _require_writer(actor: Actor) -> None:
    """Patients and their therapists; else NotVisible."""
    if actor.role == "clinic":
        raise NotVisible


def _unread_by(actor: Actor) -> ColumnElement[bool]:
    read = exists().where(
        MessageRead.message_id == Message.id, MessageRead.account_id == actor.account_id
    )
    return (Message.author_id != actor.account_id) & ~read


def _checked(session: Session, actor: Actor, patient_id: str, about: About) -> About:
    """What it is about, if it is this patient's. Raises NotVisible."""
    owners: list[str] = []
    if about.prescription_id is not None:
        row = access.require_prescription(session, actor, about.prescription_id)
        owners.append(row.patient_id)
    if about.session_id is not None:
        owners.append(access.require_session(session, actor, about.session_id).patient_id)
        if about.rep_index is not None:
            _require_rep(session, about.session_id, about.rep_index)
    if any(owner != patient_id for owner in owners) or (about.rep_index and not about.session_id):
        raise NotVisible
    return about


def _require_rep(session: Session, session_id: str, index: int) -> None:
    events: Sequence[object] = sessions.events(session, session_id)
    if index not in {event.rep.index for event in events if isinstance(event, RepCompleted)}:
        raise NotVisible
