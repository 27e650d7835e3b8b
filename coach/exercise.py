"""An exercise is data: the frozen structs that an exercise file (`poses/exercises/<id>.toml`) is read into.

Adding an exercise touches no Python. Names of measures are those of `coach.joints`; degrees are clinical
(0 in the anatomical position); `progress` is the exercise's own scale, 0 in the start position and 1 at a full
movement, so that every threshold below is a share of the movement and holds for every person and camera.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

import msgspec

from coach.landmarks import Part

Name = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]*$", max_length=60)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Seconds = Annotated[float, msgspec.Meta(ge=0.0, le=3600.0)]
View = Literal["side", "oblique", "front"]
Limb = Literal["same", "other", "both", "difference"]
Sides = Literal["both", "left", "right", "alternating"]
Kind = Literal["cycle", "hold", "timer"]
Method = Literal["image", "lift"]
Gesture = Literal["hand_up", "hands_up", "arms_crossed", "none"]
VariantName = Literal["seated", "walking_aid", "limb_absent", "one_sided"]
VARIANTS: Final[tuple[VariantName, ...]] = get_args(VariantName)
Position = Literal["standing", "seated", "supine", "prone", "side_lying", "quadruped"]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Strict: a misspelt key in a file is an error with its place, not a silent default."""


class Measure(_Data, frozen=True, kw_only=True):
    """What to measure: a named angle, or a body-scaled distance between two points.

    `measure` is an angle name, or `height` (vertical), `shift` (horizontal, unsigned), `ahead` (horizontal, towards
    where the person faces; from the side only), `aside` (horizontal, towards their left; from the front only), `gap`
    (in the picture plane); distances go from point `base` to point
    `of` and are in body metres (a nominal adult of 1.7 m). A check may also measure `speed`: full movements a second.
    `limb` picks the side on a one-sided repetition: the moving one, the other one, both fused by visibility, or the
    unsigned `difference` between the two. The point `picture` is the middle of the picture: only changes against it
    (`relative`) mean anything.
    """

    measure: Name
    of: Name | None = None
    base: Name | None = None
    limb: Limb = "same"


class Term(Measure, frozen=True, kw_only=True):
    """One part of the signal: maps a measure from `rest` (progress 0) to `full` (progress 1)."""

    rest: float
    full: float
    weight: Annotated[float, msgspec.Meta(gt=0.0, le=10.0)] = 1.0


class Phase(_Data, frozen=True, kw_only=True):
    """A part of the cycle. With `at` it is a position (its progress); without, the movement between two positions."""

    name: Name
    at: Annotated[float, msgspec.Meta(ge=-2.0, le=2.0)] | None = None


class Gate(Measure, frozen=True, kw_only=True):
    """A condition on posture without which nothing is counted: the measure lies within `min..max`.

    `when`: `always` over most of the repetition, `start` in the start position, `turn` at the turn. `relative`
    judges the change since the start position. A gate that cannot be seen forbids nothing, unless it is `essential`.
    """

    when: Literal["always", "start", "turn"] = "always"
    min: float | None = None
    max: float | None = None
    relative: bool = False
    essential: bool = False


class Target(_Data, frozen=True, kw_only=True):
    """An angle to reach at the turn. `towards` says which way is further; the therapist sets it within `min..max`."""

    default: float
    min: float
    max: float
    towards: Literal["larger", "smaller"] = "larger"
    cue: Name = "a_little_further"


class Limit(_Data, frozen=True, kw_only=True):
    """An angle not to exceed, within the `min..max` a therapist may set; no default means no limit until one is
    set."""

    min: float
    max: float
    default: float | None = None
    beyond: Literal["larger", "smaller"] = "larger"
    cue: Name = "not_so_far"


class Check(Measure, frozen=True, kw_only=True):
    """A form check: the measure stays within `min..max` in the named phases (all, when empty).

    It fails after `for_s` seconds outside by more than nothing, and recovers `slack` inside the bound (hysteresis).
    `views` names the views in which it can be seen; elsewhere it keeps silent. `relative` measures the change
    since the start position instead of the value itself.
    """

    id: Name
    cue: Name
    min: float | None = None
    max: float | None = None
    phases: tuple[Name, ...] = ()
    views: tuple[View, ...] = ("side", "oblique", "front")
    for_s: Seconds = 0.2
    slack: Annotated[float, msgspec.Meta(ge=0.0)] = 3.0
    relative: bool = False


class Tempo(_Data, frozen=True, kw_only=True):
    """Prescribed seconds towards the turn, at the turn and back."""

    out_s: Seconds = 2.0
    hold_s: Seconds = 0.0
    back_s: Seconds = 2.0


class Dose(_Data, frozen=True, kw_only=True):
    """Sets, repetitions, hold and rest that apply until the therapist says otherwise."""

    sets: Annotated[int, msgspec.Meta(ge=1, le=20)] = 3
    reps: Annotated[int, msgspec.Meta(ge=0, le=100)] = 10
    hold_s: Seconds = 0.0
    rest_s: Seconds = 45.0


class Counting(_Data, frozen=True, kw_only=True):
    """How a cycle is told from noise; shares of the movement (progress) and seconds, the same for all people.

    `min_travel`: the smallest excursion a human would call a repetition. `return_share`: how much of the excursion
    must be undone before it counts. `min_s`, `max_s`: credible duration (CLINICAL: 0.8 to 15 s, with margin).
    `own_share`: the same as a share of the person's own last repetitions. `start_max`: the progress, on the
    exercise's own scale, from which a repetition may start: who begins in the middle of one has not done it.
    `best_share`: where set, a repetition reaches its target as a share of the person's own best one so far, for
    movements too small for degrees.
    `drift_m`: how far the hips may be from where they started, body metres: who walks by does not exercise.
    `either_end`: a repetition may as well start at the far end and return there; the first one done tells which.
    """

    min_travel: Share = 0.35
    return_share: Share = 0.8
    min_s: Seconds = 0.5
    max_s: Seconds = 20.0
    own_share: Share = 0.4
    start_max: float = 0.6
    best_share: Share = 0.0
    drift_m: Annotated[float, msgspec.Meta(gt=0.0)] = 0.3
    either_end: bool = False


class Camera(_Data, frozen=True, kw_only=True):
    """Where to put the camera, and which parts of the body must be seen before counting starts.

    `plumb`: who stands in this exercise stands straight, so that the body tells how the camera is tilted; not so of who
    leans on a wall or hangs from a bar.
    """

    views: Annotated[tuple[View, ...], msgspec.Meta(min_length=1)]
    see: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1)]
    height: Literal["low", "hip", "chest"] = "hip"
    distance_m: Annotated[float, msgspec.Meta(gt=0.0, le=6.0)] = 2.5
    plumb: bool = True


class Source(_Data, frozen=True, kw_only=True):
    """Where a number or a rule comes from."""

    cites: str
    for_: str = msgspec.field(name="for", default="")


class Words(_Data, frozen=True, kw_only=True):
    """The words of the source language, plain and short; translations live in `poses/words/<language>/`."""

    name: str
    short: str
    steps: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    precautions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class OtherWords(_Data, frozen=True, kw_only=True):
    """The words of a variant that differ from the exercise's."""

    name: str | None = None
    short: str | None = None
    steps: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] | None = None
    precautions: tuple[str, ...] | None = None
    needs: tuple[str, ...] | None = None


class OtherCamera(_Data, frozen=True, kw_only=True):
    """What differs for a variant in where the camera stands and what it must see."""

    views: Annotated[tuple[View, ...], msgspec.Meta(min_length=1)] | None = None
    see: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1)] | None = None
    height: Literal["low", "hip", "chest"] | None = None
    distance_m: Annotated[float, msgspec.Meta(gt=0.0, le=6.0)] | None = None
    plumb: bool | None = None


class Variant(_Data, frozen=True, kw_only=True):
    """The same exercise done in another way: what is named here takes the place of the exercise's own.

    Of `words` and `camera` only the keys named, of all else the whole table. `drop` leaves out single parts of the
    exercise: a target or limit by its angle, a check by its id, a gate or term by its measure with its points and,
    where that is not `same`, its limb (`gates.knee_flexion other`, `signal.height knee mid_hip`). `sources` are added.
    """

    words: OtherWords = OtherWords()
    camera: OtherCamera = OtherCamera()
    position: Position | None = None
    sides: Sides | None = None
    other_sides: tuple[Sides, ...] | None = None
    signal: tuple[Term, ...] | None = None
    phases: tuple[Phase, ...] | None = None
    counting: Counting | None = None
    gates: tuple[Gate, ...] | None = None
    methods: dict[Name, dict[View, Method]] | None = None
    targets: dict[Name, Target] | None = None
    limits: dict[Name, Limit] | None = None
    checks: tuple[Check, ...] | None = None
    drop: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class Exercise(_Data, frozen=True, kw_only=True):
    """One exercise, complete. See docs/reference/exercises for every field with its range.

    `kind`: a `cycle` is counted, out and back; a `hold` is timed while its gates hold; a `timer` is a hold of which the
    camera can only see that the person is in the posture, so that nothing more is claimed.
    `gesture` is held to start, pause, go on and stop without touching anything: one that is no part of the movement.
    `sides` is who moves by default; `other_sides` what a therapist may choose instead.
    `variants`: `seated`, with a `walking_aid` (a hand on a stick, crutch, walker, chair back or table), with a
    `limb_absent` (or a prosthesis that the model does not see), `one_sided` where `other_sides` does not say it.
    """

    schema_version: Annotated[int, msgspec.Meta(ge=1, le=1)] = msgspec.field(name="schema")
    id: Name
    kind: Kind
    tier: Literal["A", "B", "C"]
    regions: tuple[Name, ...]
    position: Position
    sides: Sides
    other_sides: tuple[Sides, ...] = ()
    words: Words
    camera: Camera
    signal: tuple[Term, ...] = ()
    phases: tuple[Phase, ...] = ()
    counting: Counting = Counting()
    gates: tuple[Gate, ...] = ()
    hold_grace_s: Seconds = 1.0
    methods: dict[Name, dict[View, Method]] = {}
    targets: dict[Name, Target] = {}
    limits: dict[Name, Limit] = {}
    checks: tuple[Check, ...] = ()
    tempo: Tempo = Tempo()
    dose: Dose = Dose()
    gesture: Gesture = "hand_up"
    sources: tuple[Source, ...] = ()
    variants: dict[Name, Variant] = {}


class Prescription(_Data, frozen=True, kw_only=True):
    """What the therapist set for one patient and exercise; whatever is absent is the exercise's default.

    `targets` and `limits` are degrees by angle name. `sides` narrows the exercise to one side. `variant` is the way it
    is done; `absent` are the parts of the body that this person has not, or that the pose model does not see.
    """

    targets: dict[Name, float] = {}
    limits: dict[Name, float] = {}
    sides: Sides | None = None
    dose: Dose | None = None
    tempo: Tempo | None = None
    variant: VariantName | None = None
    absent: tuple[Part, ...] = ()


AS_IT_STANDS: Final = Prescription()
"""Nothing set: the exercise as its file has it."""
