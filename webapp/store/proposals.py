"""Proposed changes of a program: made by rules, kept, and decided by a therapist. Nothing is applied by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from coach.exercise import Exercise
from webapp.store import access, audit, clinic_settings, exercises, outcomes, plans, programs
from webapp.store.access import Actor, NotVisible
from webapp.store.base import utc_now
from webapp.store.plans import Plan
from webapp.store.program_tables import Proposal
from webapp.store.progression import Case, Step, applied, propose, rules
from webapp.store.tables import Prescription


def of_patient(session: Session, actor: Actor, patient_id: str) -> Sequence[Proposal]:
    """The proposals that wait, oldest first."""
    query = _visible(actor).where(Proposal.patient_id == patient_id, Proposal.status == "open")
    return session.scalars(query.order_by(Proposal.created_at)).all()


def require(session: Session, actor: Actor, proposal_id: str) -> Proposal:
    """A proposal that waits, if the actor may see its patient; else NotVisible."""
    found = session.scalar(
        _visible(actor).where(Proposal.id == proposal_id, Proposal.status == "open")
    )
    if found is None:
        raise NotVisible
    return found


def step_of(proposal: Proposal) -> Step:
    """What it proposes."""
    return msgspec.convert(proposal.step, Step)


def refresh(session: Session, prescription: Prescription, today: date) -> Proposal | None:
    """See whether a rule fits what was done since the current version and the last decision; keep what it proposes.

    A proposal that waits already is left alone, unless it goes forward and what was said since asks for a step back:
    then it is out of date. Returns the new one.
    """
    exercise = exercises.find(session, prescription.clinic_id, prescription.exercise_id)
    waiting = _waiting(session, prescription)
    if exercise is None or not prescription.active or (waiting and not _forward(waiting)):
        return None
    version = programs.current(session, prescription.id)
    since = max(version.created_at, _decided(session, prescription) or version.created_at)
    done = outcomes.of_prescription(session, prescription, exercise, since)
    program = programs.of_patient(session, prescription.patient_id)
    taken = {row.exercise_id for row in program}
    prescribed = programs.prescribed(version, today)
    limit = clinic_settings.of(session, prescription.clinic_id).pain.red
    found = propose(Case(exercise, prescribed, taken, limit), done, rules())
    if found is None or (waiting and found.rule.direction == "forward"):
        return None
    if waiting:
        waiting.status = "outdated"
    made = Proposal(
        clinic_id=prescription.clinic_id, patient_id=prescription.patient_id, prescription_id=prescription.id,
        version_id=version.id, rule=found.rule.id, step=msgspec.to_builtins(found.step),
        sessions=list(found.sessions),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def accept(
    session: Session, actor: Actor, proposal: Proposal, why: str, today: date
) -> Prescription:
    """Make what is proposed the next version, with a `why` that says so. Returns what was changed or added.

    A step up or down a ladder adds the next exercise and stops this one. Raises NotVisible.
    """
    row = access.require_prescription(session, actor, proposal.prescription_id)
    exercise = exercises.find(session, row.clinic_id, row.exercise_id)
    if exercise is None:
        raise NotVisible
    step = step_of(proposal)
    decide(session, actor, proposal, "accepted")
    if step.kind == "ladder":
        programs.set_active(session, actor, row, active=False)
        beside = programs.plan(programs.current(session, row.id))
        wish = Plan(schedule=beside.schedule, load=beside.load)
        return programs.add(session, actor, row.patient_id, step.exercise, wish, why)
    plan = programs.plan(programs.current(session, row.id))
    programs.revise(session, actor, row, carried(plan, exercise, step, today), why)
    return row


def carried(plan: Plan, exercise: Exercise, step: Step, day: date) -> Plan:
    """The plan with a step taken where it holds: in the phase of the day if there is one, else in the beginning."""
    phase = plans.phase_on(plan, day)
    if phase is None:
        return msgspec.structs.replace(plan, prescribed=applied(plan.prescribed, exercise, step))
    now = applied(plans.on(plan, day), exercise, step)
    changed = msgspec.structs.replace(phase, dose=now.dose, targets=now.targets)
    others = tuple(one for one in plan.phases if one.week != phase.week)
    return msgspec.structs.replace(plan, phases=(*others, changed))


def decide(
    session: Session, actor: Actor, proposal: Proposal, status: str, answer: str = ""
) -> None:
    """Close a proposal and write down who did. Raises NotVisible."""
    access.require_prescriber(actor)
    proposal.status, proposal.answer = status, answer or None
    proposal.decided_at, proposal.decided_by = utc_now(), actor.account_id
    session.flush()
    audit.record(
        session, actor, f"proposal.{status}", proposal.patient_id,
        proposal=proposal.id, prescription=proposal.prescription_id, rule=proposal.rule, step=proposal.step,
    )  # fmt: skip


def _visible(actor: Actor) -> Select[Proposal]:
    mine = access.visible(actor, Proposal.clinic_id, Proposal.patient_id)
    return select(Proposal).where(mine)


def _waiting(session: Session, prescription: Prescription) -> Proposal | None:
    query = select(Proposal).where(
        Proposal.prescription_id == prescription.id, Proposal.status == "open"
    )
    return session.scalar(query.limit(1))


def _forward(proposal: Proposal) -> bool:
    """Whether the rule that made it goes forward; of a rule that is gone nobody knows, so it is left alone."""
    return proposal.rule in {rule.id for rule in rules().rules if rule.direction == "forward"}


def _decided(session: Session, prescription: Prescription) -> datetime | None:
    """When the last proposal was decided: what was done before it has been considered."""
    query = select(func.max(Proposal.decided_at, type_=Proposal.decided_at.type))
    return session.scalar(query.where(Proposal.prescription_id == prescription.id))
