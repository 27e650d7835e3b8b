"""What the demo clinic's patients have had measured over the weeks, and what is asked of them now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from webapp import assessed
from webapp.demo import cast
from webapp.store import assessments, imports, people
from webapp.store.access import Actor
from webapp.store.assessment_tables import Source
from webapp.store.assessments import BY_HAND, Origin
from webapp.store.engine import Session
from webapp.store.tables import Person

#: Attempts end a little short of the best one.
SHORTER = (4.0, 0.0, 2.0)
#: What the demo patient finds on the page for today.
ASKED = (("shoulder_abduction", "left"), ("chair_stand_30s", None))


def past(
    session: Session, person: Person, therapist: Person, patient: cast.Patient, now: datetime
) -> None:
    """All results of one patient; the first of the cast is also asked for new ones."""
    actor = people.actor_of(session, therapist.account_id or "")
    if actor is None:
        return
    for course in patient.measured:
        for ago, value in course.values:
            _result(session, actor, person, course, value, now - timedelta(days=ago))
    if patient is cast.PATIENTS[0]:
        for name, side in ASKED:
            assessments.ask(session, actor, person, assessed.find(name).kind, name, side)


def _result(
    session: Session, actor: Actor, person: Person, course: cast.Measured, value: float, at: datetime
) -> None:  # fmt: skip
    what = assessed.find(course.name)
    source: Source = "manual" if course.by_hand else "camera"
    last = assessments.last_value(session, person.id, what.name, course.side, source)
    found = what.by_hand(what.side(course.side), value, assessed.person(person, last, at.date()))
    engine = BY_HAND if course.by_hand else imports.ENGINE
    if course.error is not None:
        tries = tuple(
            {"t_s": 6.0 * number, "deg": value - short, "error_deg": course.error}
            for number, short in enumerate(SHORTER, start=1)
        )
        found = replace(found, error=course.error, attempts=tries)
    assessments.keep(session, actor, person, found, Origin(source, engine), at)
