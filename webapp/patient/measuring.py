"""What the patient is asked to measure, and what was measured so far."""

from __future__ import annotations

from webapp import assessed
from webapp.assessed import Assessment, Course
from webapp.store import assessments
from webapp.store.access import Actor
from webapp.store.assessment_tables import AssessmentRequest
from webapp.store.engine import Session


def open_requests(session: Session, actor: Actor) -> list[tuple[Assessment, AssessmentRequest]]:
    """What is still to be done, oldest first."""
    rows = assessments.requests(session, actor, actor.person_id)
    return [(assessed.find(row.name), row) for row in rows]


def courses(session: Session, actor: Actor) -> list[Course]:
    """The patient's results, by what was measured."""
    return assessed.courses(assessments.results(session, actor, actor.person_id))
