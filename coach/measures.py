"""Reading measures off one frame: the value of a named angle or distance for a limb, and how well it was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

from coach.body import Body
from coach.exercise import Exercise, Measure, Method, View
from coach.joints import ANGLES, DISTANCE_VIEWS, DISTANCES, LIFTABLE, distance
from coach.landmarks import Side
from coach.lift import Lift, Lifted

Channel = Literal["left", "right", "both"]
"""Who moves: one side, or both together."""

_UNSEEN: Final = 0.1
_SEEN: Final = 0.6
"""Visibility at which a point starts to count for counting, and counts in full. Low, since a wrist behind the body at a
visibility of 0.2 still goes up and down with it; degrees are vouched for from 0.5 only (`coach.angles`)."""


class Reading(NamedTuple):
    """A measured value with its weight 0..1 (0: not seen at all, value meaningless)."""

    value: float
    weight: float


UNSEEN: Final = Reading(0.0, 0.0)


def trust(seen: float) -> float:
    """Weight of a measure from the visibility of its worst point: a ramp, so that no frame flips a side."""
    return min(1.0, max(0.0, (seen - _UNSEEN) / (_SEEN - _UNSEEN)))


class Reader:
    """Reads the measures that one exercise needs. Holds no state; one call of `open` a frame."""

    def __init__(self, exercise: Exercise, extra: Iterable[str] = ()) -> None:
        names = {measure.measure for measure in measures_of(exercise)}
        names |= {*exercise.targets, *exercise.limits, *exercise.methods, *extra}
        self._methods = exercise.methods
        self._lift = Lift(tuple(sorted(names & LIFTABLE)))

    def open(self, body: Body, view: str) -> Sight:
        """Everything measurable in this frame, seen from the session's established view."""
        return Sight(body, view, self._lift(body.frame, body.scale_px), self._methods)


class Sight:
    """The measures of one frame; each is computed when asked for."""

    __slots__ = ("_known", "_methods", "_read", "body", "lifted", "view")

    def __init__(
        self,
        body: Body,
        view: str,
        lifted: Mapping[str, Lifted],
        methods: Mapping[str, Mapping[View, Method]],
    ) -> None:
        self.body, self.view, self.lifted = body, view, lifted
        self._methods = methods
        self._known: dict[tuple[str, Side], Reading] = {}
        self._read: dict[tuple[str | None, ...], Reading] = {}

    def read(self, measure: Measure, channel: Channel) -> Reading:
        """The measure for who moves: one limb, the other one, or both fused by how well each is seen."""
        # not the measure itself is the key: several gates, terms and checks may ask for the same
        key = measure.measure, measure.of, measure.base, measure.limb, channel
        known = self._read.get(key)
        if known is None:
            known = self._read[key] = self._of_limbs(measure, channel)
        return known

    def _of_limbs(self, measure: Measure, channel: Channel) -> Reading:
        if measure.limb == "difference":
            return _differ(self._one(measure, "left"), self._one(measure, "right"))
        if measure.limb == "both" or channel == "both" or not is_sided(measure):
            left, right = self._one(measure, "left"), self._one(measure, "right")
            return left if not is_sided(measure) else _fuse(left, right)
        side: Side = "left" if (channel == "left") == (measure.limb == "same") else "right"
        return self._one(measure, side)

    def _one(self, measure: Measure, side: Side) -> Reading:
        if measure.of is None or measure.base is None:
            return self.angle(measure.measure, side)
        if self.view not in DISTANCE_VIEWS.get(measure.measure, (self.view,)):
            return UNSEEN
        seen = self.body.worst((measure.of, measure.base), side)
        value = distance(measure.measure, self.body, measure.of, measure.base, side)
        return Reading(value, trust(seen))

    def angle(self, name: str, side: Side) -> Reading:
        """A named angle of one side, degrees, by the exercise's method for this view (else lifted, else plain)."""
        known = self._known.get((name, side))
        if known is None:
            known = self._known[name, side] = self._measure(name, side)
        return known

    def _measure(self, name: str, side: Side) -> Reading:
        definition = ANGLES[name]
        weight = trust(self.body.worst(definition.points, side))
        if weight <= 0.0 or self.view not in definition.views:
            return UNSEEN
        # the view may also be "unknown", for which no method is named
        method = self._methods.get(name, {}).get(self.view, "lift")  # type: ignore[call-overload]
        if method == "lift" and name in LIFTABLE:
            return Reading(self.lifted[f"{side}_{name}"].deg, weight)
        return Reading(definition.read(self.body, side), weight)


@cache
def is_sided(measure: Measure) -> bool:
    """Whether left and right can differ: distances between midpoints and the trunk's lean cannot."""
    if measure.measure in DISTANCES:
        names = (measure.of or "", measure.base or "")
        return not all(name.startswith(("mid_", "low_")) or name == "nose" for name in names)
    return ANGLES[measure.measure].sided


def points_of(measure: Measure) -> tuple[str, ...]:
    """The points that a measure is read from."""
    if measure.of is not None and measure.base is not None:
        return measure.of, measure.base
    return ANGLES[measure.measure].points


def _fuse(left: Reading, right: Reading) -> Reading:
    """Both limbs as one: squares of the weights, so that a well-seen limb outvotes a half-hidden one."""
    total = left.weight**2 + right.weight**2
    if total <= 0.0:
        return UNSEEN
    value = (left.value * left.weight**2 + right.value * right.weight**2) / total
    return Reading(value, max(left.weight, right.weight))


def _differ(left: Reading, right: Reading) -> Reading:
    """How far the two limbs are apart, as sure as the worse seen of them."""
    return Reading(abs(left.value - right.value), min(left.weight, right.weight))


def measures_of(exercise: Exercise) -> tuple[Measure, ...]:
    """Every measure an exercise file mentions."""
    return (*exercise.signal, *exercise.gates, *exercise.checks)
