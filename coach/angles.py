"""The angles of one frame that the engine vouches for, each with its error band, and their range over a session."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import msgspec

from coach import limbs
from coach.events import Angle
from coach.exercise import Exercise, Method
from coach.joints import ANGLES
from coach.landmarks import SIDES, Side
from coach.level import is_plumb
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

HIP_PER_PITCH: Final = 0.45
"""What a degree of the camera's pitch adds to the error of a hip's flexion in space, seen from the side: the trunk then
leans out of the picture, and the lift does not doubt that enough. Knees and arms, and a hip seen half from the front,
keep their bands up to 35 degrees."""

HIDDEN_SHARE: Final = 0.5
"""How much wider the band is, as a share, where the model says it sees nothing at all."""


class Outlook(NamedTuple):
    """How far the camera is from where an angle is seen best, degrees: turned out of the plane, and above or below."""

    off_deg: float
    pitch_deg: float

    @classmethod
    def of(cls, exercise: Exercise, view: ViewState) -> Outlook:
        """By the established view; 0 above or below where nobody stood still."""
        pitch = view.level.pitch if is_plumb(exercise) else None
        return cls(off_plane_deg(view), abs(pitch.deg) if pitch else 0.0)


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
    outlook = Outlook.of(exercise, view)
    for name, by_view in exercise.methods.items():
        method = by_view.get(sight.view)  # type: ignore[call-overload]
        if method is None or (method == "image" and outlook.off_deg > MOST_TURNED_DEG):
            continue
        for side in SIDES if ANGLES[name].sided else SIDES[:1]:
            seen = limbs.seen(sight.body, name, side, method)
            if seen > 0.0:
                key = f"{side}_{name}" if ANGLES[name].sided else name
                angle = _angle(sight, name, side, method, outlook, seen)
                if jumps.steady(key, sight.body.frame.t_s, angle.deg):
                    angles[key] = angle
    return angles


def off_plane_deg(view: ViewState) -> float:
    """How far the person is turned away from where the established view has them."""
    turned = turned_deg(view.yaw_deg)
    return 90.0 - turned if view.view == "side" else turned


def _angle(
    sight: Sight, name: str, side: Side, method: Method, outlook: Outlook, seen: float
) -> Angle:
    doubt = 1.0 + HIDDEN_SHARE * (1.0 - seen)
    if method == "lift":
        lifted = sight.lifted[f"{side}_{name}"]
        aslant = name == "hip_flexion" and sight.view == "side"
        from_above = HIP_PER_PITCH * outlook.pitch_deg if aslant else 0.0
        return Angle(lifted.deg, doubt * math.hypot(lifted.error_deg, from_above))
    own = HIP_ERROR_DEG if name == "hip_flexion" else IMAGE_ERROR_DEG
    error_deg = math.hypot(own, TURNED_DEG_PER_DEG2 * (outlook.off_deg + SPLAY_DEG) ** 2)
    return Angle(sight.angle(name, side).value, doubt * error_deg)
