"""How a patient wants the app to look and work. Kept with the person, so that it is the same on every device."""

from __future__ import annotations

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store import access, audit
from webapp.store.access import Actor
from webapp.store.tables import Person


class Preferences(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a patient chose; all off is the app as it comes. Unknown names from a newer version are left aside."""

    #: Large type, and only the buttons that one needs.
    large: bool = False
    #: Nothing moves by itself, as with the device's own wish for less motion.
    still: bool = False
    #: Everything is said aloud, and the picture is hidden while one exercises.
    voice_only: bool = False
    #: The usual way to exercise is the timer.
    no_camera: bool = False


NAMES = Preferences.__struct_fields__


def of(session: Session, actor: Actor) -> Preferences:
    """What holds in this actor's room: a patient's own wishes, also for who helps them; none for staff."""
    if actor.role != "patient":
        return Preferences()
    query = select(Person.preferences).where(
        Person.id == actor.person_id, Person.id.in_(access.patients_of(actor))
    )
    return msgspec.convert(session.scalar(query) or {}, Preferences)


def choose(session: Session, actor: Actor, wish: Preferences) -> None:
    """Keep the patient's choice. Raises NotVisible."""
    person = access.require_patient(session, actor, actor.person_id)
    person.preferences = msgspec.to_builtins(wish)
    audit.record(session, actor, "preferences.chosen", person.id, **person.preferences)
