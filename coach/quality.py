"""Is the person in place? What is still missing, as keys of set-up hints, most important first."""

from __future__ import annotations

from typing import Final

from coach.body import Body
from coach.events import Angle
from coach.exercise import Exercise
from coach.landmarks import SIDES, Side
from coach.level import LevelState, is_plumb
from coach.measures import trust
from coach.view import ViewState

_SEEN: Final = 0.5
_TOO_LARGE: Final = 0.98
_TOO_SMALL: Final = 0.2
_MARGIN: Final = 0.02
TILTED_DEG: Final = 8.0
"""Up to here a tilted camera is made good; from here on it is worth a hand."""

STEEP_DEG: Final = 15.0
"""So far above or below the person a camera may stand; from here on the hips' angles suffer."""

ADVICE: Final = frozenset({"level_camera", "lower_camera", "raise_camera"})
"""Hints without which one may begin all the same, after a while: nobody should wait for ever on a crooked shelf."""

_ADULT_M: Final = 1.55
"""Height in body metres from the ankles to the nose of the model's nominal adult."""


def guide(exercise: Exercise, body: Body, view: ViewState) -> tuple[str, ...]:
    """Hints still open before counting starts, e.g. `("step_back", "show_ankle")`; empty when in place."""
    hints = [*_distance(exercise, body), *_parts(exercise, body)]
    if view.view not in exercise.camera.views:
        hints.append(f"turn_{exercise.camera.views[0]}")
    if is_plumb(exercise):
        hints += _camera(view.level)
    return tuple(hints)


def _camera(level: LevelState) -> list[str]:
    """What is wrong with how the camera stands, where that is sure."""
    if abs(level.roll_deg) > TILTED_DEG:
        return ["level_camera"]
    if level.pitch is None or not is_steep(level.pitch):
        return []
    return ["lower_camera" if level.pitch.deg > 0.0 else "raise_camera"]


def is_steep(pitch: Angle | None) -> bool:
    """Whether the camera surely looks down or up at the person, by more than the pitch may be wrong."""
    return pitch is not None and abs(pitch.deg) - pitch.error_deg > STEEP_DEG


def _distance(exercise: Exercise, body: Body) -> list[str]:
    """Too close when needed parts are cut off on opposite borders, too far when the body is a fifth of the picture."""
    width, height = body.frame.size_px
    if body.scale_px * _ADULT_M < _TOO_SMALL * max(width, height):
        return ["step_closer"]
    cut = _cut_borders(exercise, body)
    if {"top", "bottom"} <= cut or {"left", "right"} <= cut:
        return ["step_back"]
    return ["move_to_middle"] if cut & {"left", "right"} else []


def _cut_borders(exercise: Exercise, body: Body) -> set[str]:
    width, height = (size / body.scale_px for size in body.frame.size_px)
    cut = set()
    for name in exercise.camera.see:
        for side in SIDES:
            x, y = body.in_picture(name, side)
            margin = _MARGIN * height
            cut |= {
                border
                for border, out in (
                    ("left", x < margin),
                    ("right", x > width - margin),
                    ("top", y < margin),
                    ("bottom", y > height - margin),
                )
                if out
            }
    return cut


def _parts(exercise: Exercise, body: Body) -> list[str]:
    """Parts of which not even the better-seen side shows. From the side one arm and one leg are always hidden."""
    return [f"show_{name}" for name in exercise.camera.see if _best(body, name) < _SEEN]


def _best(body: Body, name: str) -> float:
    def seen(side: Side) -> float:
        return trust(body.seen(name, side))

    return max(seen("left"), seen("right"))
