"""What therapists say about the coach's verdicts. The coach's own word stays in the session's events, untouched.

The totals of a session's list row follow the newest word on each repetition; what the coach had counted is kept beside
them (`PatientSession.coach_totals`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach.events import Event, Rep, RepCompleted
from webapp.store import access, audit, sessions
from webapp.store.access import Actor, NotVisible
from webapp.store.log import PRACTICE
from webapp.store.review_tables import Opinion, VerdictReview
from webapp.store.session_tables import PatientSession

TOTALS = ("reps", "correct", "incomplete", "faulty")


@dataclass(frozen=True, slots=True)
class Word:
    """A therapist's word on one repetition: a verdict, the ids of the faults they see, and why."""

    verdict: Opinion
    faults: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One repetition with the coach's word and the newest of a therapist, if there is one.

    `ordinal` and `rep` are of the event; a repetition that the coach missed has neither.
    """

    ordinal: int | None
    rep: Rep | None
    t_s: float
    review: VerdictReview | None

    @property
    def coach_verdict(self) -> Opinion:
        """What the coach said; `none` where it counted nothing."""
        return self.rep.verdict if self.rep else "none"

    @property
    def coach_faults(self) -> tuple[str, ...]:
        """The faults that the coach saw."""
        return self.rep.faults if self.rep else ()

    @property
    def verdict(self) -> Opinion:
        """What holds: the therapist's word where there is one."""
        return cast(Opinion, self.review.verdict) if self.review else self.coach_verdict

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults that hold."""
        return tuple(self.review.faults) if self.review else self.coach_faults

    @property
    def overruled(self) -> bool:
        """Whether the therapist sees it otherwise than the coach."""
        return self.verdict != self.coach_verdict or set(self.faults) != set(self.coach_faults)


@dataclass(frozen=True, slots=True)
class Pair:
    """The coach's and a therapist's word on the same repetition, as agreement is counted from."""

    exercise_id: str
    coach: Opinion
    coach_faults: frozenset[str]
    therapist: Opinion
    therapist_faults: frozenset[str]


def judged(session: Session, session_id: str, events: Sequence[Event]) -> list[Judged]:
    """Every repetition of a session in order of time; `events` are all of the session's, in order."""
    newest = _newest(session, session_id)
    counted = [
        Judged(ordinal, event.rep, event.rep.peak_s, newest.get(ordinal))
        for ordinal, event in enumerate(events, start=1)
        if isinstance(event, RepCompleted)
    ]
    missed = [
        Judged(None, None, one.t_s, one)
        for one in newest.values()
        if one.ordinal is None and one.verdict != "none"
    ]
    return sorted([*counted, *missed], key=lambda one: one.t_s)


def give(session: Session, actor: Actor, row: PatientSession, ordinal: int, word: Word) -> None:
    """A therapist's word on a repetition that the coach counted. Raises NotVisible when there is none."""
    _require_reviewer(actor, row)
    found = next((one for one in _of(session, row) if one.ordinal == ordinal), None)
    if found is None:
        raise NotVisible
    _add(session, actor, row, found, word)
    _count_again(session, row)


def give_missed(
    session: Session, actor: Actor, row: PatientSession, t_s: float, word: Word
) -> None:
    """A therapist saw a repetition, at this second, that the coach did not count; `none` takes that back.

    Raises NotVisible when it lies outside the session.
    """
    _require_reviewer(actor, row)
    if not 0.0 <= t_s <= row.duration_s:
        raise NotVisible
    _add(session, actor, row, Judged(None, None, round(t_s, 1), None), word)
    _count_again(session, row)


def agree(session: Session, actor: Actor, row: PatientSession) -> int:
    """The therapist agrees with every verdict that nobody has reviewed yet. Returns how many those were."""
    _require_reviewer(actor, row)
    open_ones = [one for one in _of(session, row) if one.review is None]
    for one in open_ones:
        _add(session, actor, row, one, Word(one.coach_verdict, one.coach_faults))
    return len(open_ones)


def pairs(session: Session, actor: Actor) -> list[Pair]:
    """The newest word on each reviewed repetition of the patients whom the actor may see, beside the coach's.

    Practice with the sample clip is left out: it is always the same few repetitions.
    """
    found = session.execute(
        select(VerdictReview, PatientSession.exercise_id)
        .join(PatientSession, PatientSession.id == VerdictReview.session_id)
        .where(access.visible(actor, PatientSession.clinic_id, PatientSession.patient_id))
        # the same again of the few reviews: else every session is asked for one
        .where(VerdictReview.clinic_id == actor.clinic_id)
        .where(PatientSession.source != PRACTICE)
        .order_by(VerdictReview.id)
    )
    newest = {(one.session_id, _key(one)): (one, exercise_id) for one, exercise_id in found}
    return [
        Pair(
            exercise_id, cast(Opinion, one.coach_verdict), frozenset(one.coach_faults),
            cast(Opinion, one.verdict), frozenset(one.faults),
        )
        for one, exercise_id in newest.values()
        if (one.coach_verdict, one.verdict) != ("none", "none")  # taken back
    ]  # fmt: skip


def _require_reviewer(actor: Actor, row: PatientSession) -> None:
    """Only therapists review, and only what is over."""
    access.require_prescriber(actor)
    if row.status == "live":
        raise NotVisible


def _of(session: Session, row: PatientSession) -> list[Judged]:
    return judged(session, row.id, sessions.events(session, row.id))


def _newest(session: Session, session_id: str) -> dict[int | str, VerdictReview]:
    """The last word on each repetition, by ordinal; on missed ones by their time."""
    rows: Iterable[VerdictReview] = session.scalars(
        select(VerdictReview)
        .where(VerdictReview.session_id == session_id)
        .order_by(VerdictReview.id)
    )
    return {_key(one): one for one in rows}


def _key(one: VerdictReview) -> int | str:
    """What tells the repetitions of a session apart: a missed one is known by its time, to a tenth of a second."""
    return one.ordinal or f"{one.t_s:.1f}"


def _add(session: Session, actor: Actor, row: PatientSession, one: Judged, word: Word) -> None:
    session.add(
        VerdictReview(
            clinic_id=row.clinic_id, session_id=row.id, ordinal=one.ordinal, t_s=one.t_s,
            coach_verdict=one.coach_verdict, coach_faults=list(one.coach_faults), verdict=word.verdict,
            faults=list(word.faults), author_id=actor.account_id, why=word.why,
        )
    )  # fmt: skip
    session.flush()
    audit.record(
        session, actor, "verdict.review", row.patient_id,
        session=row.id, ordinal=one.ordinal, t_s=one.t_s, old=one.verdict, coach=one.coach_verdict, new=word.verdict,
        faults=list(word.faults),
    )  # fmt: skip


def _count_again(session: Session, row: PatientSession) -> None:
    """The totals of the list row by the newest words; the coach's own are kept the first time."""
    if row.coach_totals is None:
        row.coach_totals = {name: getattr(row, name) for name in TOTALS}
    holding = [one.verdict for one in _of(session, row) if one.verdict != "none"]
    row.reps = len(holding)
    row.correct, row.incomplete, row.faulty = (
        holding.count(verdict) for verdict in ("correct", "incomplete", "faulty")
    )
    session.flush()


def coach_totals(row: PatientSession) -> dict[str, int]:
    """What the coach itself counted, whatever has been overruled since."""
    kept = row.coach_totals or {}
    return {name: kept.get(name, getattr(row, name)) for name in TOTALS}
