"""Why a patient may need their therapist: small pure functions from facts to a reason, or none.

A reason names its evidence (`at`, `values`) and what to open. Three urgencies: it hurts or may do harm (`NOW`), it goes
the wrong way (`SOON`), it can wait for a quiet moment (`LATER`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal

from webapp.store.clinic_settings import WEEK
from webapp.store.facts import Done, Facts
from webapp.store.pain import MORNING_POINTS, worse_by
from webapp.store.plans import due, ended

Key = Literal[
    "pain_stop", "pain", "morning", "range", "form", "short", "missed", "never", "unsure", "message", "proposal",
    "no_program", "ended", "invitation",
]  # fmt: skip
Place = Literal["session", "program", "messages", "patient"]

NOW: Final = 3
SOON: Final = 2
LATER: Final = 1

#: As many days of a week as the clinic says, and half of what was due, are a reason to ask.
MISSED_SHARE = 0.5
#: From 0 to 10; up to here somebody is hardly sure that it helps, which is worth a talk before they stop.
HARDLY_SURE = 3
DOUBT = "doubt"
#: Form is judged by the last three sessions, if they hold enough repetitions to say anything.
LAST_SESSIONS = 3
ENOUGH_REPS = 10
TOO_MANY = 0.5
#: What counts as getting worse: this much larger a share of faulty repetitions than before, and this large.
WORSE_BY = 0.2
WORSE_FROM = 0.3
PROPOSAL_WAITS = timedelta(days=3)
INVITATION_WAITS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `at`: when its evidence is from; `place` and `id`: what one click opens."""

    key: Key
    urgency: int
    at: datetime
    place: Place
    id: str
    values: dict[str, Any] = field(default_factory=dict)


Judge = Callable[[Facts], Reason | None]


def pain_stop(facts: Facts) -> Reason | None:
    """One of the last sessions was stopped because of pain."""
    for one in facts.sessions[:LAST_SESSIONS]:
        if one.pain:
            values = {"exercise": one.exercise_id, "day": one.day}
            return Reason("pain_stop", NOW, one.at, "session", one.session_id, values)
    return None


def pain(facts: Facts) -> Reason | None:
    """Pain that the clinic's rule calls too much was reported and nothing better since."""
    told = next((one for one in facts.reports if one.pain is not None), None)
    limit = facts.clinic.pain.red
    if told is None or told.pain is None or told.pain < limit:
        return None
    values = {"pain": told.pain, "limit": limit}
    place: Place = "session" if told.session_id else "patient"
    return Reason("pain", NOW, told.at, place, told.session_id or facts.patient_id, values)


def morning(facts: Facts) -> Reason | None:
    """The last morning after was worse than before the exercise: it has not settled in a day."""
    after = next((one for one in facts.reports if one.kind == "morning"), None)
    if after is None or after.pain is None:
        return None
    earlier = (one.pain for one in facts.reports if one.kind == "before" and one.at < after.at)
    before = next(earlier, None)
    worse = worse_by(before, after.pain, after.since or "")
    if worse is None or worse < MORNING_POINTS:
        return None
    values = {"before": before, "after": after.pain}
    return Reason("morning", NOW, after.at, "patient", facts.patient_id, values)


def falling(facts: Facts) -> Reason | None:
    """A range of motion that fell by more than the minimal detectable change: the largest fall."""
    falls = [one for one in facts.trends if one.before_deg - one.now_deg > one.mdc_deg]
    if not falls:
        return None
    worst = max(falls, key=lambda one: one.before_deg - one.now_deg)
    values = {
        "exercise": worst.exercise_id, "angle": worst.angle, "fall": round(worst.before_deg - worst.now_deg),
        "mdc": worst.mdc_deg,
    }  # fmt: skip
    return Reason("range", SOON, _noon(worst.last), "program", worst.prescription_id, values)


def form(facts: Facts) -> Reason | None:
    """Most of the last repetitions were faulty, or clearly more than before."""
    newest, before = facts.sessions[:LAST_SESSIONS], facts.sessions[LAST_SESSIONS:]
    share, earlier = _share(newest, "faulty"), _share(before, "faulty")
    if share is None:
        return None
    worse = earlier is not None and share >= WORSE_FROM and share - earlier >= WORSE_BY
    if not worse and share <= TOO_MANY:
        return None
    values = {"share": round(100 * share), "worse": worse}
    return Reason("form", SOON, newest[0].at, "session", newest[0].session_id, values)


def short(facts: Facts) -> Reason | None:
    """Most of the last repetitions turned before the target."""
    newest = facts.sessions[:LAST_SESSIONS]
    share = _share(newest, "incomplete")
    if share is None or share <= TOO_MANY:
        return None
    values = {"share": round(100 * share)}
    return Reason("short", LATER, newest[0].at, "session", newest[0].session_id, values)


def missed(facts: Facts) -> Reason | None:
    """Too many of the last week's days on which something was due went by without exercise.

    Its evidence is as old as the silence: who has seen it sees it again only after another one.
    """
    done = {one.day for one in facts.sessions if one.worked}
    week = _last_week(facts.today)
    least = facts.clinic.missed_days
    if sum(day not in done for day in week) < least:
        return None  # most patients: their schedules need not be asked
    asked = [day for day in week if _asked(facts, day)]
    gone = [day for day in asked if day not in done]
    if len(gone) < least or len(gone) < MISSED_SHARE * len(asked):
        return None
    values: dict[str, Any] = {"missed": len(gone), "due": len(asked), "last": facts.last}
    if facts.last is None:
        since = min(item.since for item in facts.items)
        return Reason("never", SOON, _noon(since), "patient", facts.patient_id, values)
    return Reason("missed", SOON, _noon(facts.last), "patient", facts.patient_id, values)


def unsure(facts: Facts) -> Reason | None:
    """They doubt that it helps, by their last word on it: a low number, or the reason why not on some day."""
    told = next((one for one in facts.reports if one.sure is not None or one.skip == DOUBT), None)
    if told is None or (told.sure is not None and told.sure > HARDLY_SURE):
        return None
    return Reason("unsure", LATER, told.at, "patient", facts.patient_id, {"sure": told.sure})


def message(facts: Facts) -> Reason | None:
    """A message that nobody has read."""
    if facts.unread is None:
        return None
    return Reason("message", SOON, facts.unread, "messages", facts.patient_id)


def proposal(facts: Facts) -> Reason | None:
    """A proposal that waits for a decision; after some days it is more pressing."""
    if not facts.proposals:
        return None
    at = facts.proposals[0][1]
    overdue = _noon(facts.today) - at > PROPOSAL_WAITS
    values = {"number": len(facts.proposals), "overdue": overdue}
    urgency = SOON if overdue else LATER
    return Reason("proposal", urgency, at, "patient", facts.patient_id, values)


def no_program(facts: Facts) -> Reason | None:
    """Nothing is prescribed."""
    if facts.items:
        return None
    at = _noon(facts.last or facts.today)
    return Reason("no_program", SOON, at, "patient", facts.patient_id)


def program_ended(facts: Facts) -> Reason | None:
    """The last day of every exercise is over."""
    if not facts.items or not all(ended(item.schedule, facts.today) for item in facts.items):
        return None
    last = max(item.schedule.until or facts.today for item in facts.items)
    return Reason("ended", SOON, _noon(last), "patient", facts.patient_id, {"day": last})


def invitation(facts: Facts) -> Reason | None:
    """They were invited and have not come in."""
    if facts.invited is None or _noon(facts.today) - facts.invited < INVITATION_WAITS:
        return None
    values = {"day": facts.invited.date()}
    return Reason("invitation", LATER, facts.invited, "patient", facts.patient_id, values)


#: Every reason there is. Another one is another line.
JUDGES: tuple[Judge, ...] = (
    pain_stop, pain, morning, falling, form, missed, message, no_program, program_ended, proposal, unsure, short,
    invitation,
)  # fmt: skip


def of(facts: Facts, judges: Sequence[Judge] = JUDGES) -> list[Reason]:
    """All reasons of one patient, the most urgent first, the newest first among equals."""
    found = [reason for judge in judges if (reason := judge(facts)) is not None]
    return sorted(found, key=lambda reason: (rank(reason), reason.key))


def rank(reason: Reason) -> tuple[int, float]:
    """What to sort by: most urgent first, then newest first."""
    return -reason.urgency, -reason.at.timestamp()


def _share(sessions: Sequence[Done], kind: Literal["faulty", "incomplete"]) -> float | None:
    """The share of repetitions of a kind; None when there are too few to say anything."""
    reps = sum(one.reps for one in sessions)
    if reps < ENOUGH_REPS:
        return None
    return sum(one.faulty if kind == "faulty" else one.incomplete for one in sessions) / reps


def _last_week(today: date) -> list[date]:
    """The seven days before today, oldest first: today is not over."""
    return [today - timedelta(days=ago) for ago in range(WEEK, 0, -1)]


def _asked(facts: Facts, day: date) -> bool:
    return any(item.since <= day and due(item.schedule, day, 0).wanted for item in facts.items)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
