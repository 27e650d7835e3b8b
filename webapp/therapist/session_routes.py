"""Looking at a session of a patient, and saying where the coach was wrong. Each view leaves an audit row."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import exercises
from webapp.auth.actor import current_actor
from webapp.curves import curves
from webapp.extensions import database
from webapp.i18n import _, _n
from webapp.replaying import keeping
from webapp.replaying.page_data import reference_data
from webapp.replaying.replay import Replay
from webapp.review import review
from webapp.store import access, audit, verdicts
from webapp.store.access import NotVisible
from webapp.store.engine import Session
from webapp.store.session_tables import PatientSession
from webapp.store.verdicts import Judged
from webapp.therapist import session_page, verdict_form
from webapp.therapist.blueprint import blueprint
from webapp.therapist.forms import FormError
from webapp.therapist.session_page import Form
from webapp.words import exercise_or_none


@blueprint.get("/sessions/<session_id>")
def session(session_id: str) -> str:
    """One session: replay, angles over time, repetitions, faults, comments."""
    return session_page.show(session_id, Form(opened=request.args.get("verdict", "")))


@blueprint.get("/sessions/<session_id>/angles.json")
def angles(session_id: str) -> ResponseReturnValue:
    """The curves of a session, for the chart."""
    row = _looked_at(session_id, "angles")
    with database().reading() as db:
        found = curves(db, row, session_page.series())
    return _json(msgspec.json.encode(found))


@blueprint.get("/sessions/<session_id>/film.bin")
def film(session_id: str) -> ResponseReturnValue:
    """The moving figure of a session, as `webapp.replaying.film` packs it."""
    answer = make_response(_replay(session_id, "film").film)
    answer.headers["Content-Encoding"] = "gzip"  # it lies packed
    answer.mimetype = "application/octet-stream"
    return _kept_for_a_while(answer)


@blueprint.get("/sessions/<session_id>/reference.json")
def reference(session_id: str) -> ResponseReturnValue:
    """The reference movement from the side of this session's camera, and where each repetition was in it."""
    row = _looked_at(session_id, "reference")
    with database().reading() as db:
        replay = keeping.of(db, row, session_page.series())
    if replay is None or replay.likenesses is None:
        raise NotVisible
    movement = exercises.reference(row.exercise_id)
    answer = _json(msgspec.json.encode(reference_data(movement, replay.likenesses)))
    return _kept_for_a_while(answer)


@blueprint.get("/sessions/<session_id>/differences")
def differences(session_id: str) -> str:
    """What differs from the reference: asked for by the page when it was not ready yet."""
    told = session_page.told(_replay(session_id, "differences"))
    part = "HX-Request" in request.headers
    return render_template(
        "therapist/_differences.html" if part else "therapist/differences.html",
        differences=told,
        waiting=False,
        session_id=session_id,
    )


@blueprint.post("/sessions/<session_id>/reps/<int:ordinal>")
def judge(session_id: str, ordinal: int) -> ResponseReturnValue:
    """The therapist's word on one repetition."""

    def give(db: Session, row: PatientSession) -> None:
        found = review(db, row)
        one = next((one for one in found.judged if one.ordinal == ordinal), None)
        if one is None:
            raise NotVisible
        word = verdict_form.word(request.form, found.exercise, one)
        verdicts.give(db, current_actor(), row, ordinal, word)

    return _judged(session_id, str(ordinal), give, _("Your word is kept beside the coach's."))


@blueprint.post("/sessions/<session_id>/missed")
def missed(session_id: str) -> ResponseReturnValue:
    """A repetition that the coach did not count, or the same taken back."""

    def give(db: Session, row: PatientSession) -> None:
        at_s = verdict_form.second(request.form, row.duration_s)
        nothing = Judged(None, None, at_s, None)
        word = verdict_form.word(request.form, exercise_or_none(row.exercise_id), nothing)
        verdicts.give_missed(db, current_actor(), row, at_s, word)

    return _judged(session_id, "missed", give, _("Your word is kept beside the coach's."))


@blueprint.post("/sessions/<session_id>/agree")
def agree(session_id: str) -> ResponseReturnValue:
    """The therapist agrees with all verdicts that are not reviewed yet."""
    actor = current_actor()
    with database().writing() as db:
        row = access.require_session(db, actor, session_id)
        count = verdicts.agree(db, actor, row)
    said = _n("Agreed with %(num)d verdict.", "Agreed with %(num)d verdicts.", count)
    return _answer(session_id, said)


def _judged(
    session_id: str, opened: str, give: Callable[[Session, PatientSession], None], said: str
) -> ResponseReturnValue:
    try:
        with database().writing() as db:
            give(db, access.require_session(db, current_actor(), session_id))
    except FormError as error:
        form = Form(opened, request.form, error.problems)
        return session_page.show(session_id, form), 422
    return _answer(session_id, said)


def _answer(session_id: str, said: str) -> ResponseReturnValue:
    if "HX-Request" in request.headers:
        return session_page.show(session_id, Form(), said)
    flash(said)
    return redirect(url_for("therapist.session", session_id=session_id) + "#judged")


def _looked_at(session_id: str, what: str) -> PatientSession:
    """The session, after its audit row: in a transaction of its own, because what follows may take its time."""
    with database().writing() as db:
        row = access.require_session(db, current_actor(), session_id)
        audit.viewed(db, current_actor(), row.patient_id, what, session=row.id)
        return row


def _replay(session_id: str, what: str) -> Replay:
    row = _looked_at(session_id, what)
    with database().reading() as db:
        found = keeping.of(db, row, session_page.series())
    if found is None:
        raise NotVisible
    return found


def _json(body: bytes) -> Response:
    answer = make_response(body)
    answer.mimetype = "application/json"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _kept_for_a_while(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer
