"""What a clinic decides for itself: from which pain on is too much, how many days without exercise are too many."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store import audit
from webapp.store.access import Actor, NotVisible
from webapp.store.pain import PainRule
from webapp.store.tables import Clinic

#: Missed days are counted over a week.
WEEK = 7


class ClinicSettings(msgspec.Struct, frozen=True):
    """All of it, with what is usual. `missed_days`: so many days of the last week that went by without what was due
    make the therapist look (three is MedTrack's rule)."""

    pain: PainRule = PainRule()
    missed_days: Annotated[int, msgspec.Meta(ge=1, le=WEEK)] = 3


USUAL: Final = ClinicSettings()


def of(session: Session, clinic_id: str) -> ClinicSettings:
    """What holds in a clinic."""
    kept = session.scalar(select(Clinic.settings).where(Clinic.id == clinic_id))
    return msgspec.convert(kept, ClinicSettings) if kept else USUAL


def change(session: Session, actor: Actor, new: ClinicSettings) -> None:
    """Keep what the clinic decided, with an audit row of what was and is. Raises NotVisible for other roles."""
    if actor.role != "clinic":
        raise NotVisible
    before = of(session, actor.clinic_id)
    if new == before:
        return
    session.get_one(Clinic, actor.clinic_id).settings = msgspec.to_builtins(new)
    audit.record(
        session, actor, "clinic.settings", old=msgspec.to_builtins(before), new=msgspec.to_builtins(new)
    )  # fmt: skip
