"""What the live page's modules start with: addresses, dose, limbs to draw, and every sentence they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from flask import current_app, url_for
from flask_wtf.csrf import generate_csrf

from coach import gestures
from coach.exercise import Exercise, Gesture, Prescription
from coach.landmarks import SIDES, of
from webapp import exercises
from webapp.i18n import language
from webapp.live import aloud, words
from webapp.preferences import chosen
from webapp.words import exercise_name, words_of

Edge = tuple[int, int]

_LIMBS: dict[str, tuple[tuple[str, str], ...]] = {
    "knee": (("hip", "knee"), ("knee", "ankle")),
    "hip": (("shoulder", "hip"), ("hip", "knee")),
    "ankle": (("knee", "ankle"), ("ankle", "foot_index")),
    "shoulder": (("hip", "shoulder"), ("shoulder", "elbow")),
    "elbow": (("shoulder", "elbow"), ("elbow", "wrist")),
    "trunk": (("shoulder", "hip"),),
}
#: The film that shows an exercise being done, for those that have one.
_CLIPS = {"squat": "samples/squat_side.mp4", "shoulder_abduction": "samples/arm_raise_front.mp4"}
_ACROSS = (("shoulder", "shoulder"), ("hip", "hip"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page's address asks for: where the pictures come from, whether one set is enough today, and whether to
    begin by itself, because the exercise before has just ended."""

    source: str = ""
    short: bool = False
    auto: bool = False


def for_page(
    exercise: Exercise,
    prescription: Prescription,
    prescription_id: str,
    asked: Asked,
    program: Mapping[str, str],
    following: str | None,
) -> dict[str, Any]:
    """Everything the page's script needs, as plain JSON. `program`: prescriptions of the patient's other exercises, by
    exercise id; `following`: the one of them that comes next."""
    return {
        "prescription": prescription_id,
        "source": asked.source if asked.source in ("camera", "clip") else "",
        "short": asked.short,
        "kind": exercise.kind,
        "prescribed": prescribed_for(exercise, prescription),
        "program": {
            other: {
                "name": exercise_name(other),
                "url": url_for("live.page", prescription_id=its),
            }
            for other, its in program.items()
        },
        "edges": edges(exercise),
        "guide_first": [
            *(f"show_{part}" for part in exercise.camera.see[:3]),
            f"turn_{exercise.camera.views[0]}",
        ],
        "language": language(),
        "csrf": generate_csrf(),
        "urls": urls(prescription_id, _CLIPS.get(exercise.id)),
        "name": words_of(exercise).name,
        "short_words": words_of(exercise).short,
        "auto": asked.auto,
        "still": chosen().still,
        "aloud": chosen().voice_only,
        "words": aloud.texts(),
        "next": _next(following, asked, program),
        "gesture": gesture(exercise.gesture),
        "commands": words.commands(),
        "texts": words.texts() | words.hands_free(exercise.gesture),
        "cues": words.cue_texts(exercise),
        "guide": words.guide_texts(),
    }


def _next(following: str | None, asked: Asked, program: Mapping[str, str]) -> dict[str, str] | None:
    """The exercise that comes after this one, opened as this one was."""
    if following is None:
        return None
    url = url_for(
        "live.page", prescription_id=program[following], auto=1, short=1 if asked.short else None
    )
    return {"name": exercise_name(following), "url": url}


def gesture(name: Gesture) -> dict[str, Any] | None:
    """The rule of a held gesture, for the page that watches for it; None where the exercise leaves none."""
    if name == "none":
        return None
    return {
        "alternatives": msgspec.to_builtins(gestures.GESTURES[name]),
        "seen": gestures.SEEN,
        "shoulders": gestures.SHOULDERS,
        "held_s": gestures.HELD_S,
        "stop_s": gestures.STOP_S,
    }


def prescribed_for(exercise: Exercise, prescription: Prescription) -> dict[str, Any]:
    """What the page shows of a prescription. It comes with the page and again with each session, which may be judged
    by an older or a newer version."""
    dose, tempo = prescription.dose or exercise.dose, prescription.tempo or exercise.tempo
    return {
        "sides": prescription.sides or exercise.sides,
        "sets": dose.sets,
        "hold_s": dose.hold_s,
        "rest_s": dose.rest_s,
        "period_s": max(1.0, tempo.out_s + tempo.hold_s + tempo.back_s),
        "tempo": words.tempo(tempo),
    }


def urls(prescription_id: str, clip: str | None) -> dict[str, str]:
    """Addresses of our own origin; `SESSION` stands for the session's id, no clip is an empty address."""
    return {
        "token": url_for("live.token"),
        "pictures": url_for("live.pictures"),
        "movement": url_for("live.movement", prescription_id=prescription_id),
        "today": url_for("patient.today"),
        "session": url_for("patient.session", session_id="SESSION"),
        "clip": asset(clip) if clip else "",
        **landmarker(),
    }


def landmarker() -> dict[str, str]:
    """Where the landmark model and what runs it are."""
    return {
        "wasm": asset("vendor/tasks-vision/wasm"),
        "model": asset("vendor/models/pose_landmarker_lite.task"),
    }


def asset(name: str) -> str:
    """The address of a static file."""
    return url_for("assets.file", version=current_app.extensions["coach_assets"], filename=name)


def edges(exercise: Exercise) -> list[Edge]:
    """The limbs to draw: those whose angles are measured in this exercise, and the trunk."""
    names = (
        [term.measure for term in exercise.signal] + list(exercise.targets) + list(exercise.limits)
    )
    names += [gate.measure for gate in exercise.gates] if not exercise.signal else []
    return limbs(names)


def limbs(names: Iterable[str]) -> list[Edge]:
    """The limbs that these angles are measured on, of both sides, and the trunk."""
    joints = {name.split("_")[0] for name in names} | {"trunk"}
    parts = sorted({limb for joint in joints for limb in _LIMBS.get(joint, ())})
    along = [(int(of(side, a)), int(of(side, b))) for side in SIDES for a, b in parts]
    return along + [(int(of("left", a)), int(of("right", b))) for a, b in _ACROSS]


def movement(exercise: Exercise) -> dict[str, Any]:
    """The reference movement in metres as the camera should see it: frames at equal time steps."""
    return {"frames": np.round(exercises.reference(exercise.id).seen_from(), 3).tolist()}
