"""The exercises that come with the coach, from their files."""

from __future__ import annotations

from collections.abc import Iterator

from coach.exercise import Check, Exercise, Limit, Target
from coach.variants import variant_of
from poses import catalogue
from scripts.docs.markdown import code
from scripts.docs.markdown import table as markdown_table


def _all() -> list[Exercise]:
    return [catalogue.load(exercise_id) for exercise_id in catalogue.ids()]


def table() -> str:
    """One row an exercise."""
    rows = (
        (f"[{code(one.id)}](#{_slug(one)})", one.words.name, one.kind, one.tier, one.position, one.sides,
         ", ".join(one.camera.views))
        for one in _all()
    )  # fmt: skip
    return markdown_table(
        ("id", "name", "kind", "tier", "position", "sides", "views, best first"), rows
    )


def sections() -> str:
    """What is asked, what is looked at and where it comes from, exercise by exercise."""
    return "\n\n".join("\n".join(_section(one)) for one in _all())


def _slug(one: Exercise) -> str:
    return one.words.name.lower().replace(" ", "-")


def _section(one: Exercise) -> Iterator[str]:
    yield f"### {one.words.name}\n\n{code(one.id)}. {one.words.short}\n"
    for name, target in one.targets.items():
        yield f"- target {code(name)}: {_target(target)}"
    for name, limit in one.limits.items():
        yield f"- limit {code(name)}: {_limit(limit)}"
    yield from (f"- check {_check(check)}" for check in one.checks)
    yield f"- dose: {_dose(one)}"
    for name in one.variants:
        yield f"- variant {code(name)}: {variant_of(one, name).words.short}"
    for source in one.sources:
        yield f"- source{f' of {code(source.for_)}' if source.for_ else ''}: {source.cites}"


def _check(check: Check) -> str:
    low = "" if check.min is None else f" at least {check.min:g}"
    high = "" if check.max is None else f" at most {check.max:g}"
    change = ", as change since the start" if check.relative else ""
    return f"{code(check.id)}: {code(check.measure)}{low}{high}{change} ({', '.join(check.views)})"


def _target(target: Target) -> str:
    further = "more" if target.towards == "larger" else "less"
    return (
        f"{target.default:g}\u00b0 (a therapist may set {target.min:g} to {target.max:g}\u00b0; "
        f"{further} is further)"
    )


def _limit(limit: Limit) -> str:
    start = "none until one is set" if limit.default is None else f"{limit.default:g}\u00b0"
    return f"{start} (a therapist may set {limit.min:g} to {limit.max:g}\u00b0)"


def _dose(one: Exercise) -> str:
    dose = one.dose
    what = f"{dose.sets} x {dose.reps}" if dose.reps else f"{dose.sets} holds"
    return what + (f", held {dose.hold_s:g} s" if dose.hold_s else "") + f", rest {dose.rest_s:g} s"
