"""The words for keys, and how times and numbers are written: what templates call to speak to a person.

The engine and the store keep keys; here they become the reader's language. Exercises and cues bring their own words
(`poses/cues/<lang>.toml`); joints, sides and verdicts have theirs here.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_datetime

from coach.errors import UnknownExerciseError
from coach.exercise import Dose, Exercise
from poses import catalogue
from webapp.auth.actor import actor_or_none
from webapp.extensions import settings
from webapp.i18n import _, _l, _n, language

ANGLES = {
    "knee_flexion": _l("Knee bend"),
    "hip_flexion": _l("Hip bend"),
    "hip_extension": _l("Leg backwards"),
    "hip_abduction": _l("Leg to the side"),
    "shoulder_flexion": _l("Arm forwards and up"),
    "shoulder_abduction": _l("Arm to the side and up"),
    "elbow_flexion": _l("Elbow bend"),
    "trunk_lean": _l("Trunk leaning"),
    "shoulder_tilt": _l("Shoulders tilting"),
    "pelvis_tilt": _l("Hips tilting"),
    "thigh_lean": _l("Thigh leaning"),
    "shank_lean": _l("Lower leg leaning"),
    "upper_arm_lean": _l("Upper arm leaning"),
    "body_line": _l("Body out of line"),
    "knee_fppa": _l("Knee beside the foot"),
}
REGIONS = {
    "ankle": _l("Ankle"),
    "core": _l("Trunk strength"),
    "elbow": _l("Elbow"),
    "hip": _l("Hip"),
    "knee": _l("Knee"),
    "lumbar": _l("Back"),
    "neck": _l("Neck"),
    "scapula": _l("Shoulder blades"),
    "shoulder": _l("Shoulder"),
    "whole_body": _l("Whole body"),
}
VERDICTS = {
    "correct": _l("Reached"),
    "incomplete": _l("A little short"),
    "faulty": _l("Form to mend"),
}
SIDES = {
    "left": _l("Left"),
    "right": _l("Right"),
    "both": _l("Both"),
    "alternating": _l("Alternating"),
}
SOURCES = {
    "camera": _l("Camera"), "clip": _l("Sample clip"), "manual": _l("Entered by hand"), "upload": _l("From a video"),
}  # fmt: skip
STOP_REASONS = {
    "finished": _l("Finished"), "pain": _l("Stopped: pain"), "tired": _l("Stopped: tired"),
    "no_time": _l("Stopped: no time"), "other": _l("Stopped"),
}  # fmt: skip
#: Why a patient may need their therapist (`webapp.store.attention`).
REASONS = {
    "pain": _l("Stopped because of pain"), "stopped": _l("No exercise for a week or more"),
    "never": _l("No exercise for two months"), "short": _l("Most repetitions short of the target"),
    "form": _l("Form to mend in most repetitions"),
}  # fmt: skip
#: What patients tell (`webapp.store.reports`).
FEELINGS = {"well": _l("well"), "so_so": _l("so-so"), "unwell": _l("unwell")}
SINCE = {"better": _l("better"), "same": _l("the same"), "worse": _l("worse")}
SKIP_REASONS = {
    "no_time": _l("no time"), "unwell": _l("unwell"), "pain": _l("it hurts"), "doubt": _l("not sure it helps"),
    "away": _l("away"), "other": _l("another reason"),
}  # fmt: skip
STATUSES = {"live": _l("Going on now"), "done": _l("Finished"), "left": _l("Not finished")}


def set_up(app: Flask) -> None:
    """Give every template these functions, the actor and the mode."""
    app.jinja_env.filters.update(
        angle=angle_name, exercise=exercise_name, fault=fault_name, dose=dose_text, day=day_text,
        weekday=weekday_text, month=month_text,
        moment=moment_text, duration=duration_text, hours=hours_text, degrees=degrees_text,
    )  # fmt: skip
    app.jinja_env.globals.update(
        _n=_n, VERDICTS=VERDICTS, SIDES=SIDES, SOURCES=SOURCES, STOP_REASONS=STOP_REASONS,
        STATUSES=STATUSES, REASONS=REASONS, REGIONS=REGIONS, FEELINGS=FEELINGS, SINCE=SINCE, SKIP_REASONS=SKIP_REASONS,
        takes_videos=settings(app).upload_mb > 0,
    )  # fmt: skip
    app.context_processor(
        lambda: {"actor": actor_or_none(), "demo": settings().demo, "language": language()}
    )


def exercise_or_none(exercise_id: str) -> Exercise | None:
    """The exercise, unless it has been taken out of the catalogue since."""
    try:
        return catalogue.load(exercise_id)
    except UnknownExerciseError:
        return None


def exercise_name(exercise_id: str) -> str:
    """What people call it."""
    exercise = exercise_or_none(exercise_id)
    return exercise.words.name if exercise else exercise_id.replace("_", " ")


def angle_name(name: str) -> str:
    """`knee_flexion` or `left_knee_flexion` in words."""
    for side in ("left", "right"):
        if name.startswith(side + "_"):
            return _(
                "%(angle)s, %(side)s",
                angle=angle_name(name.removeprefix(side + "_")),
                side=str(SIDES[side]).lower(),
            )
    return str(ANGLES.get(name, name.replace("_", " ")))


def fault_name(key: str, exercise_id: str) -> str:
    """What a check or limit found, in a few kind words."""
    if key.startswith("limit:"):
        return _("Past the limit: %(angle)s", angle=angle_name(key.removeprefix("limit:")))
    exercise = exercise_or_none(exercise_id)
    cue = (
        next((check.cue for check in exercise.checks if check.id == key), key) if exercise else key
    )
    words = catalogue.cues(language()).get(cue)
    return (words.fault or words.show) if words else key.replace("_", " ")


def dose_text(dose: Dose) -> str:
    """ "3 sets of 10", "2 holds of 30 seconds"."""
    if dose.hold_s and dose.reps <= 1:
        seconds = round(dose.hold_s)
        return _n(
            "%(num)d hold of %(seconds)d seconds",
            "%(num)d holds of %(seconds)d seconds",
            dose.sets,
            seconds=seconds,
        )
    text = _n("%(num)d set of %(reps)d", "%(num)d sets of %(reps)d", dose.sets, reps=dose.reps)
    if dose.hold_s:
        return _("%(dose)s, held for %(seconds)d seconds", dose=text, seconds=round(dose.hold_s))
    return text


def degrees_text(value: float | None) -> str:
    """Whole degrees; a dash where nobody can vouch for a number."""
    return "–" if value is None else f"{round(value)}°"


def day_text(day: date) -> str:
    """A date with its weekday, without the year."""
    return str(format_date(day, "EEE d MMM"))


def month_text(day: date) -> str:
    """The month of a date, with its year."""
    return str(format_date(day, "LLLL y"))


def weekday_text(day: date) -> str:
    """The short name of a day of the week."""
    return str(format_date(day, "EEEEEE"))


def moment_text(moment: datetime, timezone: str | None = None) -> str:
    """A moment in a time zone (the reader's own unless said otherwise)."""
    actor = actor_or_none()
    zone = ZoneInfo(timezone or (actor.timezone if actor else "UTC"))
    return str(format_datetime(moment.astimezone(zone), "d MMM y, HH:mm", rebase=False))


def duration_text(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return _("%(m)d min %(s)d s", m=minutes, s=rest) if minutes else _("%(s)d s", s=rest)


def hours_text(seconds: float) -> str:
    """Hours and minutes of a long time."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return _("%(h)d h %(m)d min", h=hours, m=minutes) if hours else _("%(m)d min", m=minutes)
