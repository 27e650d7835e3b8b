"""A variant of an exercise is again an exercise: a small overlay on it, all of it data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

import msgspec

from coach.errors import DoseError
from coach.exercise import Check, Exercise, Measure, Variant

T = TypeVar("T", bound=msgspec.Struct)

_TABLES: Final = (
    "position",
    "sides",
    "other_sides",
    "signal",
    "phases",
    "counting",
    "gates",
    "methods",
    "targets",
    "limits",
    "checks",
)
"""What a variant replaces as a whole."""

_LISTS: Final = ("signal", "gates", "checks")
_BY_ANGLE: Final = ("targets", "limits")


def variant_of(exercise: Exercise, name: str | None) -> Exercise:
    """The exercise done in this way; with None as it stands. Raises DoseError where it has no such variant."""
    if name is None:
        return exercise
    variant = exercise.variants.get(name)
    if variant is None:
        known = ", ".join(exercise.variants) or "none"
        raise DoseError(f"{exercise.id} has no variant '{name}'; it has: {known}.")
    return _overlaid(exercise, variant)


def parts_of(exercise: Exercise) -> Iterator[str]:
    """The names under which a variant may drop parts of this exercise, e.g. `gates.height ankle low_ankle`."""
    for table in _LISTS:
        yield from (f"{table}.{_title(one)}" for one in getattr(exercise, table))
    for table in _BY_ANGLE:
        yield from (f"{table}.{angle}" for angle in getattr(exercise, table))


def _overlaid(exercise: Exercise, variant: Variant) -> Exercise:
    kept: dict[str, Any] = {
        **{table: _kept(table, getattr(exercise, table), variant.drop) for table in _LISTS},
        **{
            table: {
                angle: bound
                for angle, bound in getattr(exercise, table).items()
                if f"{table}.{angle}" not in variant.drop
            }
            for table in _BY_ANGLE
        },
    }
    own = {name: getattr(variant, name) for name in _TABLES if getattr(variant, name) is not None}
    return msgspec.structs.replace(
        exercise,
        words=_over(exercise.words, variant.words),
        camera=_over(exercise.camera, variant.camera),
        sources=(*exercise.sources, *variant.sources),
        variants={},
        **{**kept, **own},
    )


def _kept(table: str, parts: Iterable[Measure], drop: tuple[str, ...]) -> tuple[Measure, ...]:
    return tuple(one for one in parts if f"{table}.{_title(one)}" not in drop)


def _title(part: Measure) -> str:
    """A check's id; else what is measured: `knee_flexion other`, `height ankle low_ankle`."""
    if isinstance(part, Check):
        return part.id
    limb = part.limb if part.limb != "same" else None
    return " ".join(filter(None, (part.measure, part.of, part.base, limb)))


def _over(base: T, changed: msgspec.Struct) -> T:
    """`base` with what is given in `changed`."""
    return msgspec.structs.replace(
        base,
        **{
            name: value
            for name, value in msgspec.structs.asdict(changed).items()
            if value is not None
        },
    )
