"""What stands round the programs of the demo: schedules, loads, notes and phases; a template and favourites."""

from __future__ import annotations

from datetime import datetime, timedelta

from coach.exercise import Dose, Exercise, Prescription
from webapp.demo.cast import Patient
from webapp.store import people, programs, templates
from webapp.store.engine import Session
from webapp.store.plans import Load, Phase, Plan, Schedule
from webapp.store.program_tables import Template
from webapp.store.tables import Person

NOTE = "This one makes getting up from a chair easier. A little every day helps more than a lot on Sunday."
FAVOURITES = ("sit_to_stand", "glute_bridge", "shoulder_flexion")
TEMPLATE = ("Knee, first six weeks", ("quad_set", "heel_slide", "mini_squat", "sit_to_stand"))
LOADS = {
    "biceps_curl": Load(kind="kg", kg=2.0),
    "external_rotation": Load(kind="band", band="red"),
    "push_up": Load(kind="body"),
}


def beside(patient: Patient, exercise: Exercise, now: datetime) -> Plan:
    """Load, schedule, note and phases of one exercise."""
    today = now.date()
    ended = None if patient.ended_days is None else today - timedelta(days=patient.ended_days)
    schedule = Schedule(weekdays=patient.weekdays, until=ended)
    if exercise.id != "sit_to_stand":
        return Plan(load=LOADS.get(exercise.id, Load()), schedule=schedule)
    start = today - timedelta(weeks=3)
    more = Phase(week=6, dose=Dose(sets=3, reps=12, rest_s=45.0))
    return Plan(
        schedule=Schedule(weekdays=patient.weekdays, start=start), phases=(more,), note=NOTE
    )


def fill(session: Session, therapist: Person) -> None:
    """A shared template and some favourites of the first therapist."""
    name, exercises = TEMPLATE
    usual = programs.columns(Plan(prescribed=Prescription()))
    items = [{"exercise": one, "plan": usual} for one in exercises]
    template = Template(
        clinic_id=therapist.clinic_id, owner_id=therapist.id, name=name, shared=True, items=items
    )
    session.add(template)
    session.flush()
    actor = people.actor_of(session, str(therapist.account_id))
    if actor is not None:
        for exercise_id in FAVOURITES:
            templates.set_favourite(session, actor, "exercise", exercise_id, on=True)
