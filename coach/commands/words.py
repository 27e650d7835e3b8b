"""Plain words for the keys that a result, a session or its set-up guide carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coach.commands.catalogue import CueWords
from coach.exercise import Exercise

FORM_NOT_JUDGED: Final = "form_not_judged"

NOTES: Final[Mapping[str, str]] = {
    "several_people": "Several people are in the picture; the one who exercises was followed.",
    "video_truncated": "The video ends early or is incomplete; what could be read was used.",
    "video_damaged": "Parts of the video are damaged; they were passed over.",
    FORM_NOT_JUDGED: "Form was not judged: this movement has no definition, so every repetition stands as correct.",
    "view_not_supported": "This exercise cannot be judged well from here; turn as its description says.",
    "camera_tilted": "The camera was tilted; what leans was measured against the person, not the picture.",
    "camera_steep": "The camera looked down or up at you; a hip's angle is less sure then.",
}

GUIDE: Final[Mapping[str, str]] = {
    "step_back": "Step back a little",
    "step_closer": "Come a little closer",
    "turn_side": "Turn your side to the camera",
    "turn_front": "Face the camera",
    "turn_oblique": "Turn half-way to the camera",
    "move_to_middle": "Move to the middle",
    "level_camera": "Set the camera straight: it is tilted",
    "lower_camera": "Put the camera lower, looking straight ahead",
    "raise_camera": "Put the camera higher, looking straight ahead",
    "more_light": "More light, please",
    "show_ankle": "Show your feet",
    "show_wrist": "Show your hands",
    "show_nose": "Show your head",
}

STATES: Final[Mapping[str, str]] = {
    "no_person": "looking for you",
    "positioning": "get into place",
    "ready": "ready",
    "exercising": "",
    "resting": "rest",
    "paused": "paused",
    "done": "done",
}


def note(key: str) -> str:
    """A note of a result in words; one without words here is shown as it is."""
    if key.startswith("recognised:"):
        return _recognised(*key.split(":")[1:])
    return NOTES.get(key, key.replace("_", " "))


def _recognised(exercise_id: str, sure: str, following: str = "") -> str:
    """`recognised:<id>:<per cent>[:<next id>]` in words."""
    after = f" (next: {following})" if following else ""
    return f"Recognised as {exercise_id}{after}, {sure} % sure."


def guide(key: str) -> str:
    """A set-up hint in words; `show_knee` and the like need no entry of their own."""
    if key in GUIDE or not key.startswith("show_"):
        return GUIDE.get(key, key.replace("_", " ").capitalize())
    return f"Show your {key.removeprefix('show_').replace('_', ' ')}s"


def fault(exercise: Exercise, cues: Mapping[str, CueWords], fault_id: str) -> str:
    """The name of a fault: of a check by its id, of a limit as `limit:<angle>`."""
    keys = {check.id: check.cue for check in exercise.checks}
    keys |= {f"limit:{angle}": limit.cue for angle, limit in exercise.limits.items()}
    words = cues.get(keys.get(fault_id, ""))
    return (words.fault or words.show) if words else fault_id.replace("_", " ")
