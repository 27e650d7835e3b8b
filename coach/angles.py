"""The angles of one frame that the engine vouches for, each with its error band, and their range over a session."""

from __future__ import annotations

from typing import Final

import msgspec

from coach.events import Angle
from coach.exercise import Exercise
from coach.joints import ANGLES
from coach.landmarks import SIDES, Side
from coach.measures import Sight
from coach.view import ViewState, turned_deg

MIN_SEEN: Final = 0.5
"""Visibility of the worst point below which an angle was measured to be 20 degrees off, against 12 above 0.9."""

IMAGE_ERROR_DEG: Final = 8.0
"""80 % half-width of the plain picture angle in its plane (rendered truth: docs/decisions/0002-angles.md)."""

OFF_PLANE_DEG_PER_DEG: Final = 0.2
"""What each degree of turning out of the plane adds: a true 90 degrees reads 94 at 20, 98 at 30."""


class Ranges(msgspec.Struct):
    """Smallest, largest value and widest band per angle, degrees."""

    by_angle: dict[str, tuple[float, float, float]] = {}

    def take(self, angles: dict[str, Angle]) -> None:
        """Widen by the angles of one frame."""
        for name, angle in angles.items():
            low, high, error = self.by_angle.get(name, (angle.deg, angle.deg, 0.0))
            widest = max(error, angle.error_deg)
            self.by_angle[name] = min(low, angle.deg), max(high, angle.deg), widest


def vouched(exercise: Exercise, sight: Sight, view: ViewState) -> dict[str, Angle]:
    """The angles that the exercise measures and this view supports, keyed `left_knee_flexion`."""
    angles: dict[str, Angle] = {}
    for name, by_view in exercise.methods.items():
        method = by_view.get(sight.view)  # type: ignore[call-overload]
        if method is None:
            continue
        for side in SIDES if ANGLES[name].sided else SIDES[:1]:
            if all(sight.body.seen(point, side) >= MIN_SEEN for point in ANGLES[name].points):
                key = f"{side}_{name}" if ANGLES[name].sided else name
                angles[key] = _angle(sight, name, side, method, view)
    return angles


def _angle(sight: Sight, name: str, side: Side, method: str, view: ViewState) -> Angle:
    if method == "lift":
        lifted = sight.lifted[f"{side}_{name}"]
        return Angle(lifted.deg, lifted.error_deg)
    turned = turned_deg(view.yaw_deg)
    off_plane = 90.0 - turned if sight.view == "side" else turned
    return Angle(sight.angle(name, side).value, IMAGE_ERROR_DEG + OFF_PLANE_DEG_PER_DEG * off_plane)
