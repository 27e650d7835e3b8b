"""Measuring a range of motion: best of the attempts, a peak that was held, its error, the norm, and real change.

An assessment is no exercise: nothing is counted or judged. The person moves as far as they can, a few times; an
attempt's value is the furthest position that was held, so that neither a swing nor a landmark's jump makes a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from coach.angles import vouched
from coach.body import Body
from coach.errors import MediaError
from coach.exercise import Camera, Exercise, Method, Name, Position, Source, View, Words
from coach.frame import PoseFrame
from coach.joints import ANGLES
from coach.landmarks import Side
from coach.limbs import JumpState
from coach.measures import Reader
from coach.stream import Gap
from coach.view import ViewState, observe

Floats = NDArray[np.float64]
Sex = Literal["female", "male"]
Compared = Literal["lower", "usual", "higher"]

HELD_S: Final = 0.5
"""A position counts as reached when it was held about this long: the median over this window leaves spikes out."""

LEAST_DEG: Final = 10.0
"""A smaller movement than this is not told from sway and landmark noise."""

WANTED: Final = 3
"""Attempts that make a measurement; the best of them is taken, as with a goniometer."""

USUAL_DEG: Final = 10.0
"""Who is within this much of the norm is told nothing else: two raters differ by as much."""


class Norm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The mean of healthy people of one sex and age (years, both ends included), degrees."""

    sex: Sex
    age: tuple[int, int]
    deg: float


class Motion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One range of motion: which angle, from where, how far people usually get, and which change is real.

    `mdc_deg` is the minimal detectable change with the same set-up; `usual_deg` the reference value where no norm fits.
    """

    id: Name
    angle: Name
    towards: Literal["larger", "smaller"]
    position: Position
    words: Words
    camera: Camera
    methods: dict[View, Method]
    mdc_deg: Annotated[float, msgspec.Meta(gt=0.0)]
    usual_deg: float
    norms: tuple[Norm, ...] = ()
    sources: Annotated[tuple[Source, ...], msgspec.Meta(min_length=1)]

    @property
    def exercise(self) -> Exercise:
        """As an exercise that only measures: what the set-up guide and the angles need."""
        return Exercise(
            schema_version=1,
            id=self.id,
            kind="timer",
            tier="A",
            regions=(),
            position=self.position,
            sides="both",
            words=self.words,
            camera=self.camera,
            methods={self.angle: self.methods},
        )

    def norm(self, age: int | None, sex: Sex | None) -> Norm | None:
        """The norm for this person, if there is one."""
        fits = (n for n in self.norms if age is not None and n.age[0] <= age <= n.age[1])
        return next((norm for norm in fits if norm.sex == sex), None)


class Attempt(msgspec.Struct, frozen=True):
    """One attempt: when it was furthest (s), how far (degrees), and the half-width of its 80 % band."""

    t_s: float
    deg: float
    error_deg: float


class Person(msgspec.Struct, frozen=True):
    """What an assessment is compared with: age (years), sex, and the last value (in its own unit), where known."""

    age: int | None = None
    sex: Sex | None = None
    last: float | None = None


class Measurement(msgspec.Struct, frozen=True):
    """A measured range of motion, whole degrees.

    `norm_deg` is the mean of healthy people of the same age and sex, or the general reference value (`norm_of` says
    which); `change_deg` is towards further; `real` whether it exceeds the minimal detectable change.
    """

    motion: str
    side: Side
    deg: int
    error_deg: int
    attempts: tuple[Attempt, ...]
    norm_deg: float
    norm_of: Literal["age and sex", "adults"]
    compared: Compared
    change_deg: int | None
    real: bool | None
    mdc_deg: float
    notes: tuple[str, ...] = ()


def measure(
    motion: Motion, side: Side, frames: Iterable[PoseFrame | Gap], person: Person
) -> Measurement:
    """The range of motion in a stream. Raises MediaError when the angle could not be seen, or hardly moved."""
    t_s, deg, error_deg = _seen(motion, side, frames)
    tries = attempts(t_s, deg, error_deg, motion.towards)
    best = (max if motion.towards == "larger" else min)(tries, key=lambda one: one.deg)
    norm = motion.norm(person.age, person.sex)
    usual = norm.deg if norm else motion.usual_deg
    sign = 1.0 if motion.towards == "larger" else -1.0
    change = None if person.last is None else sign * (best.deg - person.last)
    return Measurement(
        motion=motion.id,
        side=side,
        deg=round(best.deg),
        error_deg=round(best.error_deg),
        attempts=tries,
        norm_deg=usual,
        norm_of="age and sex" if norm else "adults",
        compared=_compared(sign * (best.deg - usual)),
        change_deg=None if change is None else round(change),
        real=None if change is None else abs(change) > motion.mdc_deg,
        mdc_deg=motion.mdc_deg,
        notes=("fewer_than_three_attempts",) if len(tries) < WANTED else (),
    )


def attempts(
    t_s: Floats, deg: Floats, error_deg: Floats, towards: Literal["larger", "smaller"]
) -> tuple[Attempt, ...]:
    """The attempts in a series of `(N,)` times, degrees and errors: one for each time the middle of the
    range was passed and left again. Raises MediaError when the angle moved by less than LEAST_DEG."""
    sign = 1.0 if towards == "larger" else -1.0
    held = sign * _held(t_s, deg)
    low, high = float(np.quantile(held, 0.05)), float(held.max())
    if high - low < LEAST_DEG:
        raise MediaError(
            f"The angle moved by {high - low:.0f} degrees only; move as far as you can, three times, and come back "
            "each time."
        )
    beyond = held > (low + high) / 2
    edges = np.flatnonzero(np.diff(np.concatenate([[0], beyond.astype(np.int8), [0]])))
    tries = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        at = start + int(np.argmax(held[start:end]))
        tries.append(
            Attempt(
                round(float(t_s[at]), 2),
                round(float(sign * held[at]), 1),
                round(float(error_deg[at]), 1),
            )
        )
    return tuple(tries)


def _held(t_s: Floats, deg: Floats) -> Floats:
    """The running median over HELD_S, centred: what was held about that long."""
    first = np.searchsorted(t_s, t_s - HELD_S / 2, "left")
    last = np.searchsorted(t_s, t_s + HELD_S / 2, "right")
    return np.array([np.median(deg[a:b]) for a, b in zip(first, last, strict=True)])


def _seen(
    motion: Motion, side: Side, frames: Iterable[PoseFrame | Gap]
) -> tuple[Floats, Floats, Floats]:
    """Times, degrees and errors of the frames in which the angle is vouched for. Raises MediaError when in none."""
    exercise, view, jumps = motion.exercise, ViewState(), JumpState()
    reader = Reader(exercise)
    key = f"{side}_{motion.angle}" if ANGLES[motion.angle].sided else motion.angle
    rows: list[tuple[float, float, float]] = []
    for frame in frames:
        if isinstance(frame, Gap):
            continue
        observe(view, frame)
        sight = reader.open(Body(frame, view.scale_px), view.view)
        angle = vouched(exercise, sight, view, jumps).get(key)
        if angle is not None:
            rows.append((frame.t_s, angle.deg, angle.error_deg))
    if not rows:
        raise MediaError(_unseen(motion, side, view.view))
    table = np.array(rows).T
    return table[0], table[1], table[2]


def _unseen(motion: Motion, side: Side, view: str) -> str:
    wanted: Sequence[str] = motion.camera.views
    if view not in wanted:
        return (
            f"{motion.words.name} should be seen from the {' or '.join(wanted)}, but was seen from: {view}. "
            "Turn, and measure again."
        )
    parts = ", ".join(motion.camera.see)
    return f"The {side} side could not be seen well enough; show {parts} of the {side} side to the camera."


def _compared(beyond_deg: float) -> Compared:
    """How a range compares with the norm; `beyond_deg` is positive when further than it."""
    if abs(beyond_deg) <= USUAL_DEG:
        return "usual"
    return "higher" if beyond_deg > 0.0 else "lower"
