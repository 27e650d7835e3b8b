"""The angles of one frame that the engine vouches for, each with its error band, and their range over a session."""

from __future__ import annotations

import math
from typing import Final

import msgspec

from coach import limbs
from coach.events import Angle
from coach.exercise import Exercise, Method
from coach.joints import ANGLES
from coach.landmarks import SIDES, Side
from coach.measures import Sight
from coach.view import ViewState, turned_deg

IMAGE_ERROR_DEG: Final = 7.0
"""80 % half-width of the plain picture angle in its plane: between renders and real people
(docs/decisions/0002-angles.md)."""

HIP_ERROR_DEG: Final = 9.0
"""The same of the hip's flexion, whose landmark lies lower and further out than the joint."""

TURNED_DEG_PER_DEG2: Final = 0.0085
SPLAY_DEG: Final = 10.0
"""What turning out of the plane does, per degree squared, knees and elbows splayed by some degrees of their own: 8
degrees at 20, 14 at 30 (geometry of the exercises)."""

MOST_TURNED_DEG: Final = 35.0
"""Turned further out of its plane, the picture gives no degrees."""

HIDDEN_SHARE: Final = 0.5
"""How much wider the band is, as a share, where the model says it sees nothing at all."""


class Ranges(msgspec.Struct):
    """Smallest, largest value and widest band per angle, degrees."""

    by_angle: dict[str, tuple[float, float, float]] = {}

    def take(self, angles: dict[str, Angle]) -> None:
        """Widen by the angles of one frame."""
        for name, angle in angles.items():
            low, high, error = self.by_angle.get(name, (angle.deg, angle.deg, 0.0))
            widest = max(error, angle.error_deg)
            self.by_angle[name] = min(low, angle.deg), max(high, angle.deg), widest


def vouched(
    exercise: Exercise, sight: Sight, view: ViewState, jumps: limbs.JumpState
) -> dict[str, Angle]:
    """The angles that the exercise measures and this view supports, keyed `left_knee_flexion`.

    A limb that is hidden has none of its own, and gets none of the other side.
    """
    angles: dict[str, Angle] = {}
    off_deg = off_plane_deg(view)
    for name, by_view in exercise.methods.items():
        method = by_view.get(sight.view)  # type: ignore[call-overload]
        if method is None or (method == "image" and off_deg > MOST_TURNED_DEG):
            continue
        for side in SIDES if ANGLES[name].sided else SIDES[:1]:
            seen = limbs.seen(sight.body, name, side, method)
            if seen > 0.0:
                key = f"{side}_{name}" if ANGLES[name].sided else name
                angle = _angle(sight, name, side, method, off_deg, seen)
                if jumps.steady(key, sight.body.frame.t_s, angle.deg):
                    angles[key] = angle
    return angles


def off_plane_deg(view: ViewState) -> float:
    """How far the person is turned away from where the established view has them."""
    turned = turned_deg(view.yaw_deg)
    return 90.0 - turned if view.view == "side" else turned


def _angle(
    sight: Sight, name: str, side: Side, method: Method, off_deg: float, seen: float
) -> Angle:
    doubt = 1.0 + HIDDEN_SHARE * (1.0 - seen)
    if method == "lift":
        lifted = sight.lifted[f"{side}_{name}"]
        return Angle(lifted.deg, doubt * lifted.error_deg)
    own = HIP_ERROR_DEG if name == "hip_flexion" else IMAGE_ERROR_DEG
    error_deg = math.hypot(own, TURNED_DEG_PER_DEG2 * (off_deg + SPLAY_DEG) ** 2)
    return Angle(sight.angle(name, side).value, doubt * error_deg)
