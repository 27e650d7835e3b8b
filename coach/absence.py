"""A limb that is not there, or that the pose model does not see: it is neither looked for, nor judged, nor counted.

One rule for every exercise. The points of an absent part are folded onto the joint that it hung from, in the picture
and in the model's metres alike, with a visibility of 0: the person's size needs them no more, and nothing is read off
them. Whatever an exercise measures with their help is left out before the first frame: terms, gates (also essential
ones), checks, and the middle or the lower of a pair of which one half is missing. What is left tells which sides can be
counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from msgspec.structs import replace

from coach.body import halves
from coach.checks import SPEED
from coach.errors import DoseError
from coach.events import Side
from coach.exercise import Exercise, Measure, Prescription, Sides
from coach.frame import PoseFrame
from coach.landmarks import SIDES, lost
from coach.landmarks import Side as BodySide
from coach.measures import is_sided, points_of
from coach.variants import variant_of

_EACH: Final[dict[Sides, tuple[Side, ...]]] = {
    "both": ("both",),
    "left": ("left",),
    "right": ("right",),
    "alternating": SIDES,
}


def tailored(exercise: Exercise, wish: Prescription) -> tuple[Exercise, Prescription]:
    """The exercise in the variant of this prescription, and for a body without the parts that are absent.

    Where only one of alternating sides can be counted, the prescription is narrowed to it. Raises DoseError where there
    is no such variant, or nothing left to count.
    """
    exercise = variant_of(exercise, wish.variant)
    wish = replace(wish, variant=None)
    if not wish.absent:
        return exercise, wish
    sides = _sides(exercise, wish)
    missing = lost(wish.absent)
    see = tuple(name for name in exercise.camera.see if _has(name, missing))
    fitted = replace(
        exercise,
        camera=replace(exercise.camera, see=see),
        other_sides=(*exercise.other_sides, sides),
    )
    return fitted, replace(wish, sides=sides)


def of_side(exercise: Exercise, side: Side, missing: Collection[int]) -> Exercise:
    """What of the exercise can be measured without the `missing` landmarks when this side moves."""
    return replace(
        exercise,
        signal=tuple(one for one in exercise.signal if readable(one, side, missing)),
        gates=tuple(one for one in exercise.gates if readable(one, side, missing)),
        checks=tuple(one for one in exercise.checks if readable(one, side, missing)),
    )


def without(frame: PoseFrame, missing: Mapping[int, int]) -> PoseFrame:
    """The frame with the `missing` landmarks unseen, on the joints they hung from (see `coach.landmarks.lost`)."""
    if not missing:
        return frame
    gone, stumps = list(missing), list(missing.values())
    image_px, world_m = frame.image_px.copy(), frame.world_m.copy()
    visibility = frame.visibility.copy()
    image_px[gone], world_m[gone] = image_px[stumps], world_m[stumps]
    visibility[gone] = 0.0
    return PoseFrame(frame.t_s, image_px, world_m, visibility, frame.size_px)


def readable(measure: Measure, channel: Side, missing: Collection[int]) -> bool:
    """Whether a measure for who moves needs no landmark that is missing; of both limbs fused, one is enough."""
    if measure.measure == SPEED:
        return True
    there = {side: _readable(measure, side, missing) for side in SIDES}
    if measure.limb == "difference":
        return all(there.values())
    if measure.limb == "both" or channel == "both" or not is_sided(measure):
        return any(there.values())
    side: BodySide = "left" if (channel == "left") == (measure.limb == "same") else "right"
    return there[side]


def _readable(measure: Measure, side: BodySide, missing: Collection[int]) -> bool:
    return not any(half in missing for name in points_of(measure) for half in halves(name, side))


def _has(name: str, missing: Collection[int]) -> bool:
    """Whether any of this part of the body is there to be seen."""
    return any(half not in missing for side in SIDES for half in halves(name, side))


def _sides(exercise: Exercise, wish: Prescription) -> Sides:
    """Who can be counted: as prescribed, else as is usual, else as a therapist may choose. Raises DoseError."""
    missing = lost(wish.absent)
    asked = wish.sides is not None and wish.sides != exercise.sides
    for wanted in (wish.sides,) if asked else (exercise.sides, *exercise.other_sides):
        assert wanted is not None  # noqa: S101 - `asked` says so
        left = [side for side in _EACH[wanted] if _countable(exercise, side, missing)]
        if left:
            return wanted if len(left) == len(_EACH[wanted]) else left[0]
    who = f"the {wish.sides} side" if wish.sides in SIDES else "the movement"
    raise DoseError(
        f"{exercise.id} cannot be counted without {', '.join(wish.absent)}: {who} would be judged by nothing else."
    )


def _countable(exercise: Exercise, side: Side, missing: Collection[int]) -> bool:
    """Whether enough is left: of a cycle a term of its signal and the angle that is its target, of a hold all that it
    asks of the limb itself."""
    if exercise.kind == "cycle":
        aims = [Measure(measure=angle) for angle in list(exercise.targets)[:1]]
        moves = any(readable(term, side, missing) for term in exercise.signal)
        return moves and all(readable(aim, side, missing) for aim in aims)
    asked = [gate for gate in exercise.gates if gate.essential and is_sided(gate)]
    return all(readable(gate, side, missing) for gate in asked)
