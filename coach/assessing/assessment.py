"""Measuring a range of motion: best of the attempts, a peak that was held, its error, the norm, and real change.

An assessment is no exercise: nothing is counted or judged. The person moves as far as they can, a few times; an
attempt's value is the furthest position that was held, so that neither a swing nor a landmark's jump makes a range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

import msgspec

from coach.assessing.attempts import WANTED, Attempt
from coach.exercise import Camera, Exercise, Method, Name, Position, Source, View, Words
from coach.landmarks import Side

Sex = Literal["female", "male"]
Compared = Literal["lower", "usual", "higher"]

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


def measured(motion: Motion, side: Side, tries: Sequence[Attempt], person: Person) -> Measurement:
    """The best of the attempts (at least one), and what it is compared with."""
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
        attempts=tuple(tries),
        norm_deg=usual,
        norm_of="age and sex" if norm else "adults",
        compared=_compared(sign * (best.deg - usual)),
        change_deg=None if change is None else round(change),
        real=None if change is None else abs(change) > motion.mdc_deg,
        mdc_deg=motion.mdc_deg,
        notes=("fewer_than_three_attempts",) if len(tries) < WANTED else (),
    )


def _compared(beyond_deg: float) -> Compared:
    """How a range compares with the norm; `beyond_deg` is positive when further than it."""
    if abs(beyond_deg) <= USUAL_DEG:
        return "usual"
    return "higher" if beyond_deg > 0.0 else "lower"
