"""Reasons and proposals in words, with what one click opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for

from webapp.i18n import Lazy, _, _l, _n
from webapp.store.program_tables import Proposal
from webapp.store.progression import Step
from webapp.store.proposals import step_of
from webapp.store.reasons import NOW, Reason
from webapp.words import angle_name, day_text, degrees_text, exercise_name


def sentence(reason: Reason) -> str:
    """Why to look, in one sentence."""
    return _SENTENCES[reason.key](reason.values)


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "pain_stop": lambda v: _(
        "Stopped %(exercise)s because of pain on %(day)s.",
        exercise=exercise_name(v["exercise"]), day=day_text(v["day"]),
    ),
    "pain": lambda v: _(
        "Reported pain %(pain)d of 10; from %(limit)d on it is too much.", pain=v["pain"], limit=v["limit"]
    ),
    "morning": lambda v: (
        _("Says it was worse the next morning: pain %(after)d of 10.", after=v["after"])
        if v["before"] is None
        else _(
            "Worse the next morning: pain %(after)d of 10, before it was %(before)d.",
            after=v["after"], before=v["before"],
        )
    ),
    "range": lambda v: _(
        "%(exercise)s: %(angle)s fell by %(fall)d° in a week; from %(mdc)g° on a change is real.",
        exercise=exercise_name(v["exercise"]), angle=angle_name(v["angle"]), fall=v["fall"], mdc=v["mdc"],
    ),
    "form": lambda v: (
        _("Form is getting worse: faults in %(share)d %% of the last repetitions.", share=v["share"])
        if v["worse"]
        else _("Faults in %(share)d %% of the last repetitions.", share=v["share"])
    ),
    "short": lambda v: _("%(share)d %% of the last repetitions were short of the target.", share=v["share"]),
    "missed": lambda v: _(
        "Missed %(missed)d of %(due)d days in the last week; last exercise on %(day)s.",
        missed=v["missed"], due=v["due"], day=day_text(v["last"]),
    ),
    "never": lambda v: _n(
        "Has not begun: %(num)d day missed in the last week.", "Has not begun: %(num)d days missed in the last week.",
        v["missed"],
    ),
    "unsure": lambda v: (
        _("Did not exercise because of doubt that it helps.")
        if v["sure"] is None
        else _("Is not sure that it helps: %(sure)d of 10.", sure=v["sure"])
    ),
    "message": lambda v: _("Wrote a message that nobody has read."),
    "proposal": lambda v: (
        _n("A proposal waits for over three days.", "%(num)d proposals wait for over three days.", v["number"])
        if v["overdue"]
        else _n("A proposal waits for you.", "%(num)d proposals wait for you.", v["number"])
    ),
    "no_program": lambda v: _("Has no program."),
    "ended": lambda v: _("The program ended on %(day)s.", day=day_text(v["day"])),
    "invitation": lambda v: _("Was invited on %(day)s and has not come in.", day=day_text(v["day"])),
}  # fmt: skip


def look(reason: Reason) -> tuple[str, str]:
    """The badge's class and icon: urgent has a shape of its own, not only a colour."""
    if reason.urgency >= NOW:
        return "faulty", "octagon-alert"
    return ("incomplete", "circle-alert") if reason.urgency > 1 else ("info", "info")


def act(reason: Reason, patient_id: str) -> tuple[str, str]:
    """Address and words of the one click."""
    if reason.place == "session":
        return url_for("therapist.session", session_id=reason.id), _("Open the session")
    if reason.place == "program":
        return url_for("therapist.edit", prescription_id=reason.id), _("Open the exercise")
    if reason.place == "messages":
        return url_for("therapist.thread", patient_id=patient_id), _("Read and answer")
    if reason.key == "no_program":
        return url_for("therapist.picker", patient_id=patient_id), _("Choose exercises")
    page = url_for("therapist.patient", patient_id=patient_id)
    part, words = _PARTS.get(reason.key, ("", _l("Open the patient")))
    return page + part, str(words)


#: Where on the patient's page a reason is looked into.
_PARTS: dict[str, tuple[str, Lazy]] = {
    "proposal": ("#proposals", _l("Decide")),
    "missed": ("#program", _l("Open the program")),
    "ended": ("#program", _l("Open the program")),
    "never": ("#program", _l("Open the program")),
    "unsure": ("#told", _l("See what they say")),
    "pain": ("#told", _l("See what they say")),
    "morning": ("#told", _l("See what they say")),
}


def step_words(step: Step) -> str:
    """What a proposal changes."""
    if step.kind == "reps":
        return _(
            "%(after)d repetitions instead of %(before)d", after=step.after, before=step.before
        )
    if step.kind == "hold":
        return _(
            "Hold %(after)g seconds instead of %(before)g", after=step.after, before=step.before
        )
    if step.kind == "target":
        return _(
            "%(angle)s: reach %(after)s instead of %(before)s",
            angle=angle_name(step.angle), after=degrees_text(step.after), before=degrees_text(step.before),
        )  # fmt: skip
    return _("%(exercise)s instead of this exercise", exercise=exercise_name(step.exercise))


def because(rule: str) -> str:
    """Why a rule proposes something."""
    return {
        "back_after_pain": _("Pain in the last session was above the clinic's rule."),
        "back_after_morning": _("The morning after was worse than before."),
        "back_after_stop": _("The last session was stopped because of pain."),
        "forward_when_easy": _(
            "Two sessions in a row with every repetition correct, and not hard."
        ),
        "forward_when_held": _("Two sessions in a row held for the whole time, and not hard."),
    }.get(rule, rule.replace("_", " "))


def why(proposal: Proposal) -> str:
    """What the accepted version says of itself."""
    return _(
        "Accepted proposal: %(step)s. %(because)s",
        step=step_words(step_of(proposal)), because=because(proposal.rule),
    )  # fmt: skip
