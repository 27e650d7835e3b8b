"""What must hold between the fields of an exercise, beyond their types: each broken rule with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from coach.body import is_point
from coach.checks import SPEED
from coach.exercise import VARIANTS, Check, Exercise, Gate, Measure, Variant
from coach.joints import ANGLES, DISTANCES
from coach.variants import parts_of, variant_of

#: Angles whose exercises bring the hands above the shoulders, beyond this many degrees.
RAISES: Final = ("shoulder_flexion", "shoulder_abduction")
LEVEL_DEG: Final = 100.0


class Problem(NamedTuple):
    """One broken rule: where, what was expected, what is there."""

    place: str
    expected: str
    got: str


def problems(exercise: Exercise) -> Iterator[Problem]:
    """All broken rules of one exercise, in the file's order, and of each of its variants. Empty when it is sound."""
    yield from _own(exercise)
    for name, variant in exercise.variants.items():
        place = f"$.variants.{name}"
        yield from _variant(place, exercise, name, variant)
        for problem in _own(variant_of(exercise, name)):
            yield problem._replace(place=problem.place.replace("$", place, 1))


def _own(exercise: Exercise) -> Iterator[Problem]:
    yield from _camera(exercise)
    yield from _signal(exercise)
    yield from _phases(exercise)
    for part in ("signal", "gates", "checks"):
        for i, measure in enumerate(getattr(exercise, part)):
            if part != "checks" or measure.measure != SPEED:
                yield from _measure(f"$.{part}[{i}]", measure)
    for part in ("gates", "checks"):
        for i, bounded in enumerate(getattr(exercise, part)):
            yield from _bounds(f"$.{part}[{i}]", bounded)
    yield from _check_phases(exercise)
    yield from _angles(exercise)
    yield from _methods(exercise)
    yield from _ranges(exercise)
    yield from _gesture(exercise)


def _variant(place: str, exercise: Exercise, name: str, variant: Variant) -> Iterator[Problem]:
    """What is dropped must be there, and a side must be one that cannot be chosen without a variant."""
    known = dict.fromkeys(parts_of(exercise))
    if name not in VARIANTS:
        yield Problem(place, f"one of the variants {', '.join(VARIANTS)}", repr(name))
    for i, part in enumerate(variant.drop):
        if part not in known:
            yield Problem(f"{place}.drop[{i}]", f"one of {', '.join(known)}", repr(part))
    if name == "one_sided" and variant.sides not in {"left", "right", "alternating"}:
        yield Problem(
            f"{place}.sides",
            "'left', 'right' or 'alternating'",
            repr(variant.sides or exercise.sides),
        )
    elif name == "one_sided" and variant.sides in {exercise.sides, *exercise.other_sides}:
        yield Problem(
            f"{place}.sides",
            "a side that 'other_sides' does not offer already",
            repr(variant.sides),
        )


def _camera(exercise: Exercise) -> Iterator[Problem]:
    for i, name in enumerate(exercise.camera.see):
        if not is_point(name):
            yield Problem(f"$.camera.see[{i}]", "a body part such as 'knee'", repr(name))


def _signal(exercise: Exercise) -> Iterator[Problem]:
    if exercise.kind == "cycle" and not exercise.signal:
        yield Problem("$.signal", "at least one term for a cycle", "none")
    for i, term in enumerate(exercise.signal):
        if term.rest == term.full:
            yield Problem(f"$.signal[{i}]", "'full' different from 'rest'", f"both {term.rest}")


def _phases(exercise: Exercise) -> Iterator[Problem]:
    if exercise.kind != "cycle":
        return
    positions = [phase.at for phase in exercise.phases if phase.at is not None]
    if not positions or exercise.phases[0].at != 0.0:
        yield Problem(
            "$.phases[0].at", "0.0: a cycle starts in its start position", "something else"
        )
    if all(at == 0.0 for at in positions):
        yield Problem("$.phases", "a position away from 0.0 to turn at", "none")
    names = [phase.name for phase in exercise.phases]
    for name in {name for name in names if names.count(name) > 1}:
        yield Problem("$.phases", "phase names that differ", f"'{name}' twice")


def _measure(place: str, measure: Measure) -> Iterator[Problem]:
    if measure.measure in DISTANCES:
        for key in ("of", "base"):
            point = getattr(measure, key)
            if point is None or not is_point(point):
                yield Problem(f"{place}.{key}", "a point such as 'mid_hip'", repr(point))
    elif measure.measure not in ANGLES:
        expected = f"an angle ({', '.join(sorted(ANGLES))}) or one of {', '.join(DISTANCES)}"
        yield Problem(f"{place}.measure", expected, repr(measure.measure))


def _bounds(place: str, bounded: Gate | Check) -> Iterator[Problem]:
    if bounded.min is None and bounded.max is None:
        yield Problem(place, "a 'min' or a 'max'", "neither")


def _check_phases(exercise: Exercise) -> Iterator[Problem]:
    names = {phase.name for phase in exercise.phases}
    for i, check in enumerate(exercise.checks):
        for phase in check.phases:
            if phase not in names:
                expected = f"one of the phases {', '.join(sorted(names))}"
                yield Problem(f"$.checks[{i}].phases", expected, repr(phase))


def _angles(exercise: Exercise) -> Iterator[Problem]:
    for part in ("targets", "limits", "methods"):
        for name in getattr(exercise, part):
            if name not in ANGLES:
                yield Problem(
                    f"$.{part}.{name}", f"an angle ({', '.join(sorted(ANGLES))})", repr(name)
                )


def _methods(exercise: Exercise) -> Iterator[Problem]:
    for name, by_view in exercise.methods.items():
        for view in set(by_view) - ANGLES[name].views if name in ANGLES else ():
            seen = ", ".join(sorted(ANGLES[name].views - {"unknown"}))
            yield Problem(
                f"$.methods.{name}.{view}", f"a view that shows {name} ({seen})", repr(view)
            )


def _ranges(exercise: Exercise) -> Iterator[Problem]:
    for part in ("targets", "limits"):
        for name, bound in getattr(exercise, part).items():
            low, high, default = bound.min, bound.max, bound.default
            if low > high or (default is not None and not low <= default <= high):
                yield Problem(
                    f"$.{part}.{name}", "min <= default <= max", f"{low}, {default}, {high}"
                )


def _gesture(exercise: Exercise) -> Iterator[Problem]:
    """Who raises the arms to do the exercise cannot raise one to pause it."""
    raised = {
        name
        for name, target in exercise.targets.items()
        if name in RAISES and target.max > LEVEL_DEG
    }
    if raised and exercise.gesture in ("hand_up", "hands_up"):
        yield Problem(
            "$.gesture", f"another gesture, as {', '.join(sorted(raised))} raises the arms",
            repr(exercise.gesture),
        )  # fmt: skip
