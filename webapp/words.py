"""The words for keys, and how times and numbers are written: what templates call to speak to a person.

The engine and the store keep keys; here they become the reader's language. Exercises and cues bring their own words
(`poses/words/<language>/`, `poses/cues/<language>.toml`); joints, sides and verdicts have theirs here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal

from coach.absence import tailored
from coach.errors import DoseError, UnknownExerciseError
from coach.exercise import Dose, Exercise, Prescription, Words
from poses import catalogue
from webapp import exercises
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
    "lumbar": _l("Lower back"),
    "neck": _l("Neck"),
    "scapula": _l("Shoulder blades"),
    "shoulder": _l("Shoulder"),
    "whole_body": _l("Whole body"),
}
VERDICTS = {
    "correct": _l("Reached"),
    "incomplete": _l("A little short"),
    "faulty": _l("Form to mend"),
    "none": _l("Not a repetition"),
}
SIDES = {
    "left": _l("Left"),
    "right": _l("Right"),
    "both": _l("Both"),
    "alternating": _l("Alternating"),
}
VARIANTS = {
    "seated": _l("Seated"),
    "walking_aid": _l("With a walking aid or a support"),
    "limb_absent": _l("With a limb absent"),
    "one_sided": _l("One side alone"),
}
PARTS = {
    "left_hand": _l("Left hand"),
    "right_hand": _l("Right hand"),
    "left_forearm": _l("Left forearm, below the elbow"),
    "right_forearm": _l("Right forearm, below the elbow"),
    "left_arm": _l("Left arm, above the elbow"),
    "right_arm": _l("Right arm, above the elbow"),
    "left_foot": _l("Left foot"),
    "right_foot": _l("Right foot"),
    "left_shank": _l("Left leg below the knee"),
    "right_shank": _l("Right leg below the knee"),
    "left_leg": _l("Left leg above the knee"),
    "right_leg": _l("Right leg above the knee"),
}
SOURCES = {
    "camera": _l("Camera"), "clip": _l("Sample clip"), "manual": _l("Entered by hand"), "upload": _l("From a video"),
}  # fmt: skip
STOP_REASONS = {
    "finished": _l("Finished"), "pain": _l("Stopped: pain"), "tired": _l("Stopped: tired"),
    "no_time": _l("Stopped: no time"), "other": _l("Stopped"),
}  # fmt: skip
#: What patients tell (`webapp.store.reports`).
FEELINGS = {"well": _l("well"), "so_so": _l("so-so"), "unwell": _l("unwell")}
SINCE = {"better": _l("better"), "same": _l("the same"), "worse": _l("worse")}
SKIP_REASONS = {
    "no_time": _l("no time"), "unwell": _l("unwell"), "pain": _l("it hurts"), "doubt": _l("not sure it helps"),
    "away": _l("away"), "other": _l("another reason"),
}  # fmt: skip
#: How far a patient lets a helper go (`webapp.store.access.Scope`), and who they are (`webapp.store.grants.Relation`).
SCOPES = {
    "see": _l("Look only"), "help": _l("Look and help with the exercises"),
    "stand_in": _l("Do everything in the patient's place"),
}  # fmt: skip
RELATIONS = {
    "partner": _l("Husband, wife or partner"), "child": _l("Son or daughter"), "parent": _l("Mother or father"),
    "sibling": _l("Brother or sister"), "friend": _l("Friend or neighbour"), "carer": _l("Carer or nurse"),
    "other": _l("Someone else"),
}  # fmt: skip
STATUSES = {"live": _l("Going on now"), "done": _l("Finished"), "left": _l("Not finished")}


def set_up(app: Flask) -> None:
    """Give every template these functions, the actor and the mode."""
    app.jinja_env.filters.update(
        angle=angle_name, exercise=exercise_name, fault=fault_name, dose=dose_text, day=day_text,
        weekday=weekday_text, month=month_text,
        moment=moment_text, duration=duration_text, hours=hours_text, degrees=degrees_text,
        language_name=language_name,
        words=words_of, by_name=by_name, listed=listed,
    )  # fmt: skip
    app.jinja_env.globals.update(
        _n=_n, VERDICTS=VERDICTS, SIDES=SIDES, SOURCES=SOURCES, STOP_REASONS=STOP_REASONS,
        STATUSES=STATUSES, REGIONS=REGIONS, FEELINGS=FEELINGS, SINCE=SINCE, SKIP_REASONS=SKIP_REASONS,
        VARIANTS=VARIANTS, PARTS=PARTS, SCOPES=SCOPES, RELATIONS=RELATIONS,
        takes_videos=settings(app).upload_mb > 0,
    )  # fmt: skip
    app.context_processor(lambda: {"actor": actor_or_none(), "demo": settings().demo})


def exercise_or_none(exercise_id: str) -> Exercise | None:
    """The exercise, unless it has been taken out of the catalogue since."""
    try:
        return exercises.load(exercise_id)
    except UnknownExerciseError:
        return None


def as_prescribed(exercise: Exercise, wish: Prescription) -> tuple[Exercise, Prescription]:
    """The exercise in the prescribed variant for this body, and who moves; as it stands where that cannot be done."""
    try:
        return tailored(exercise, wish)
    except DoseError:
        return exercise, wish


def exercise_name(exercise_id: str) -> str:
    """What people call it."""
    exercise = exercise_or_none(exercise_id)
    return words_of(exercise).name if exercise else exercise_id.replace("_", " ")


def words_of(exercise: Exercise) -> Words:
    """What the exercise says of itself, in the reader's language."""
    return catalogue.words(exercise, language())


def by_name(exercises: Iterable[Exercise]) -> list[Exercise]:
    """Exercises as a reader looks for them: by name, an accented letter beside the plain one."""

    def plain(exercise: Exercise) -> str:
        letters = unicodedata.normalize("NFKD", words_of(exercise).name.casefold())
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    return sorted(exercises, key=plain)


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
    if key == "other":  # only therapists see it
        return _("Something else")
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
    if dose.hold_s >= 1:  # a moment's stop at the turn belongs to the tempo
        return _("%(dose)s, held for %(seconds)d seconds", dose=text, seconds=round(dose.hold_s))
    return text


def degrees_text(value: float | None) -> str:
    """Whole degrees; a dash where nobody can vouch for a number."""
    return "–" if value is None else f"{round(value)}°"


def language_name(code: str) -> str:
    """A language in its own words."""
    return str(Locale.parse(code).get_display_name() or code)


def day_text(day: date) -> str:
    """A date with its weekday, without the year."""
    return _day_text(day, language())


@lru_cache(maxsize=1000)
def _day_text(day: date, _language: str) -> str:
    """Lists say the same few days over and over."""
    return str(format_date(day, f"EEE {_day_of_month()}"))


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
    pattern = f"{_day_of_month()} y, HH:mm"
    return str(format_datetime(moment.astimezone(zone), pattern, rebase=False))


def _day_of_month() -> str:
    """ "4 Jul", and "4. Juli" where a day is an ordinal."""
    return "d. MMM" if language() == "de" else "d MMM"


def listed(things: Sequence[str]) -> str:
    """Things one after the other, with the reader's comma."""
    return ("، " if language() == "ar" else ", ").join(things)


def number_text(value: float) -> str:
    """A number as the reader writes it: 2.5, or 2,5."""
    return str(format_decimal(value))


def duration_text(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return _("%(m)d min %(s)d s", m=minutes, s=rest) if minutes else _("%(s)d s", s=rest)


def hours_text(seconds: float) -> str:
    """Hours and minutes of a long time."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return _("%(h)d h %(m)d min", h=hours, m=minutes) if hours else _("%(m)d min", m=minutes)
