"""What the pages of recorded movements show: choices, sentences, the curve, and what their scripts start with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import current_app, url_for
from flask_wtf.csrf import generate_csrf
from msgspec.structs import replace

from coach.events import Rep
from coach.exercise import Exercise
from coach.io import exercise_file
from poses import catalogue
from webapp.i18n import Lazy, _, _l, _n, language
from webapp.movements import landmarks
from webapp.movements.curve import counted as counted_in
from webapp.movements.curve import drawn, marks
from webapp.movements.definition import LINE_LENGTH, NAME_LENGTH
from webapp.store import exercises, own_exercises
from webapp.store.access import Actor
from webapp.store.engine import Session
from webapp.store.own_exercise_tables import OwnExercise
from webapp.therapist.library import POSITIONS
from webapp.words import angle_name, by_name, words_of

GESTURE_NAMES: Mapping[str, Lazy] = {
    "hand_up": _l("One arm straight up"),
    "hands_up": _l("Both arms straight up"),
    "arms_crossed": _l("Arms crossed, hands on the shoulders"),
    "none": _l("No sign: by button only"),
}
CAUSES: Mapping[str, Lazy] = {
    "nobody": _l("Nobody was seen. Step back until your whole body is in the picture, and record again."),
    "not_repeated": _l(
        "No movement was repeated at least twice. Stand still, do it 2 to 5 times all the way, and stand still again."
    ),
    "not_told_apart": _l(
        "The repetitions could not be told apart. Do them more slowly, with a moment of stillness between them."
    ),
    "damaged": _l("The recording did not arrive whole, or is longer than a minute. Record again, a little shorter."),
    "failed": _l("That was our fault, not yours: nothing could be learned just now. Wait a moment and record again."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One own exercise in the list."""

    row: OwnExercise
    exercise: Exercise
    mine: bool


class Verdict(msgspec.Struct, frozen=True):
    """Whether a definition counts its own recording right, in words, and the repetitions it finds."""

    right: bool
    said: str
    reps: list[dict[str, Any]]


def line(db: Session, actor: Actor, row: OwnExercise) -> Line:
    """One own exercise as it is now."""
    exercise = exercises.load(db, row.clinic_id, row.key)
    return Line(row, exercise, own_exercises.changeable(actor, row))


def likes() -> list[tuple[str, str]]:
    """What a movement may be like, by name, nothing first."""
    known = by_name(catalogue.load(one) for one in catalogue.ids())
    counted_ones = [(one.id, words_of(one).name) for one in known if one.kind == "cycle"]
    return [("", _("Nothing we have")), *counted_ones]


def positions() -> list[tuple[str, str]]:
    """What may be said of the position before anything is shown."""
    return [("", _("As it is shown")), *((key, str(words)) for key, words in POSITIONS.items())]


def choices() -> dict[str, list[tuple[str, str]]]:
    """The lists of the form."""
    return {
        "position": [(key, str(words)) for key, words in POSITIONS.items()],
        "gesture": [(key, str(words)) for key, words in GESTURE_NAMES.items()],
    }


def named(exercise: Exercise, form: Mapping[str, str]) -> Exercise:
    """With the name, purpose and posture that were typed before the recording, where there are any."""
    name = " ".join(form.get("name", "").split())[:NAME_LENGTH]
    short = " ".join(form.get("short", "").split())[:LINE_LENGTH]
    position = form.get("position", "")
    words = replace(
        exercise.words, name=name or exercise.words.name, short=short or exercise.words.short
    )
    if position in POSITIONS:
        exercise = replace(exercise, position=position)
    return replace(exercise, words=words)


def why_not(cause: str) -> str:
    """Why nothing was learned, and what to do."""
    return str(CAUSES.get(cause, CAUSES["failed"]))


def counted(row: OwnExercise, exercise: Exercise) -> list[Rep]:
    """What a definition counts in the exercise's recording."""
    return counted_in(exercise, landmarks.unpacked(row.recording))


def verdict(row: OwnExercise, exercise: Exercise, reps: list[Rep]) -> Verdict:
    """Whether that is right, and how many reach the goal."""
    start_s = next(frame.t_s for frame in landmarks.unpacked(row.recording))
    found = marks(reps, start_s)
    if len(reps) != row.count:
        counts = _n("%(num)d repetition", "%(num)d repetitions", len(reps))
        said = _(
            "Like this it counts %(counts)s in the recording, where %(shown)d were shown. Move a line back a little.",
            counts=counts, shown=row.count,
        )  # fmt: skip
        return Verdict(False, said, found)
    good = sum(rep.verdict == "correct" for rep in reps)
    said = _n(
        "The %(num)d repetition shown is counted, and %(good)d reaches the goal.",
        "All %(num)d repetitions shown are counted, and %(good)d of them reach the goal.",
        row.count,
        good=good,
    )
    return Verdict(True, said, found)


def curve(row: OwnExercise, exercise: Exercise) -> dict[str, Any]:
    """The signal of the recording, as it is defined now, with the repetitions found."""
    found = drawn(exercise, landmarks.unpacked(row.recording))
    told = verdict(row, exercise, counted(row, exercise))
    return found | {"verdict": msgspec.to_builtins(told)}


def files(row: OwnExercise, exercise: Exercise) -> bytes:
    """Both files in one archive, laid out as an exercise folder."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"exercises/{row.key}.toml", exercise_file.text_of(exercise))
        archive.writestr(f"reference/{row.key}.npz", row.reference)
    return content.getvalue()


def for_recording() -> dict[str, Any]:
    """What the recording page's script starts with."""

    def asset(name: str) -> str:
        return url_for("assets.file", version=current_app.extensions["coach_assets"], filename=name)

    return {
        "csrf": generate_csrf(),
        "language": language(),
        "teach": url_for("therapist.teach"),
        "paths": {
            "wasm": asset("vendor/tasks-vision/wasm"),
            "model": asset("vendor/models/pose_landmarker_lite.task"),
        },
        "most_s": landmarks.MOST_S,
        "texts": {
            "loading": _("Getting ready …"), "get_ready": _("Go into the start position and stand still."),
            "in": _("Recording in {seconds}"),
            "recording": _("Recording: {seconds} s. Do it 2 to 5 times, then stand still."),
            "begin": _("Begin"), "end": _("Thank you, that is enough"),
            "reading": _("Reading the film: {percent} percent"),
            "learning": _("Finding the repetitions …"),
            "nobody": _("Nobody is seen yet. Step back until your feet show."),
            "failed": _("That could not be sent. Check the connection; the recording is still here."),
            "too_large": _("This file cannot be played here. Try another film, MP4 for example."),
            "no_camera": _("There is no camera, or it may not be used. Allow it in the browser, or choose a film."),
            "broken": _("That did not work here. Reload the page, or try another browser."),
            "no_model": _("The part that finds the body did not load. Reload the page."),
        },
    }  # fmt: skip


def for_shaping(row: OwnExercise, exercise: Exercise) -> dict[str, Any]:
    """What the shaping page's script starts with."""
    return {
        "curve": url_for("therapist.movement_curve", key=row.key),
        "check": url_for("therapist.check_movement", key=row.key),
        "movement": url_for("therapist.recorded_movement", key=row.key),
        "targets": {name: angle_name(name) for name in exercise.targets},
        "texts": {
            "left": _("Left"), "right": _("Right"), "both": _("Movement"), "seconds": _("seconds"),
            "share": _("of the movement, percent"), "out": _("out"), "back": _("back"), "hold": _("turn"),
            "checking": _("Checking with the recording …"),
            "failed": _("That could not be checked. Check the connection."),
            "not_drawn": _("The curve could not be loaded. The numbers below can be changed all the same."),
        },
    }  # fmt: skip
