"""Every page there is, from the table of routes, each with an example of everything in its address.

A new page needs nothing here as long as its address names only what `examples` knows. A new kind of id needs a line
there; a route that answers with something else than a page needs one in `NOT_PAGES`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.routing import BuildError

from tests.webapp.builders import person_id, prescription_id, session_id
from webapp import policy
from webapp.extensions import database
from webapp.store.assessment_tables import AssessmentRequest, AssessmentResult
from webapp.store.own_exercise_tables import OwnExercise
from webapp.store.tables import ROLES

#: Routes that are asked with GET and give no page: files, data, parts of pages, and ways to somewhere else.
NOT_PAGES = {
    "assets.file": "a file",
    "clinic.sessions_csv": "a file",
    "live.movement": "data",
    "patient.video": "how far an upload is: looked at where one is sent",
    "therapist.export_movement": "a file",
    "therapist.movement_curve": "data",
    "therapist.recorded_movement": "data",
    "videos.film": "a file",
    "pages.healthz": "data",
    "pages.home": "leads on",
    "security.verify": "for nobody",
    "shell.manifest": "data",
    "shell.worker": "a script",
    "therapist.agreement_csv": "a file",
    "therapist.angles": "data",
    "therapist.film": "data",
    "therapist.line": "a part of the program",
    "therapist.needing": "a part of the list of patients",
    "therapist.reference": "data",
}
#: What a page needs besides its address, by endpoint; `{name}` is one of the examples.
NEEDED = {
    "therapist.take_over": "?patient={patient_id}",
    "live.assess_patient": "?side=left",
}
#: What else an address may ask for, by endpoint: other states of the same page that look different.
STATES = {
    "patient.today": ["?short=1"],
    "patient.inbox": ["?wish=seated"],
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as one role opens it; no role: nobody is signed in."""

    role: str | None
    endpoint: str
    path: str


class NoExampleError(LookupError):
    """A page whose address asks for something without an example."""


def examples(app: Flask) -> dict[str, object]:
    """One example of everything that an address may name, all of the demo patient."""
    ada = person_id(app, "Ada")
    return {
        "patient_id": ada,
        "prescription_id": prescription_id(app, "Ada", "squat"),
        "session_id": session_id(app, "Ada", "squat"),
        "code": "en",
        "key": _one(app, OwnExercise.key),
        "name": "knee_flexion",
        "request_id": _one(app, AssessmentRequest.id, AssessmentRequest.patient_id == ada),
        "result_id": _one(app, AssessmentResult.id, AssessmentResult.patient_id == ada),
        "token": "of-an-invitation-that-has-ended",
    }


def _one(app: Flask, column: InstrumentedAttribute[str], *where: ColumnElement[bool]) -> str:
    """One of what the demo clinic holds."""
    with database(app).reading() as session:
        return session.scalars(select(column).where(*where).limit(1)).one()


def pages(app: Flask) -> list[Seen]:
    """Every page for everyone who may open it. Raises NoExampleError."""
    known = examples(app)
    return [
        Seen(role, rule.endpoint, path)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_PAGES
        for path in _paths(app, rule.endpoint, {name: known.get(name) for name in rule.arguments})
        for role in _roles(policy.ROUTES[rule.endpoint])
    ]


def _roles(who: policy.Who) -> list[str | None]:
    """Pages for anyone are looked at by nobody in particular."""
    return [None] if "anyone" in who else [role for role in ROLES if role in who]


def _paths(app: Flask, endpoint: str, values: dict[str, object | None]) -> list[str]:
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise NoExampleError(
            f"{endpoint}: say in tests/webapp/every_page.py what {', '.join(missing)} may be"
        )
    try:
        with app.test_request_context():
            path = app.url_for(endpoint, **values)  # type: ignore[arg-type]  # ids of all kinds
    except BuildError as error:  # pragma: no cover  # a converter that refuses its example
        raise NoExampleError(str(error)) from error
    path += NEEDED.get(endpoint, "").format_map(values)
    return [path, *(path + state for state in STATES.get(endpoint, ()))]
