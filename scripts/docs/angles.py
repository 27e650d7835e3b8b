"""Angles and what they are made of, from `coach/joints.py` and `coach/lift.py`."""

from __future__ import annotations

from collections.abc import Iterator

from coach.joints import ALL_VIEWS, ANGLES, DISTANCES, LIFTABLE, AngleDef
from coach.lift import BAND, SEGMENTS
from poses import catalogue
from scripts.docs.markdown import code
from scripts.docs.markdown import table as markdown_table


def table() -> str:
    """One row an angle or distance."""
    return markdown_table(
        (
            "name",
            "per side",
            "points that must be seen",
            "means something from",
            "methods",
            "degrees given in",
        ),
        _rows(),
    )


def _rows() -> Iterator[tuple[str, ...]]:
    for name, angle in ANGLES.items():
        methods = "`image`, `lift`" if name in LIFTABLE else "`image`"
        yield (
            code(name),
            "yes" if angle.sided else "no",
            ", ".join(angle.points),
            _views(angle),
            methods,
            _given(name),
        )
    for name in DISTANCES:
        yield (
            code(name),
            "as its points",
            "`of` and `base`",
            "every view",
            "picture",
            "never: body metres, for counting and checks",
        )


def _views(angle: AngleDef) -> str:
    """From where the angle can be measured at all; `unknown` is no place to stand."""
    if angle.views == ALL_VIEWS:
        return "every view"
    return ", ".join(view for view in ("side", "oblique", "front") if view in angle.views)


def _given(name: str) -> str:
    """Exercises that vouch for the angle: id (view by method)."""
    found = []
    for exercise_id in catalogue.ids():
        views = catalogue.load(exercise_id).methods.get(name, {})
        if views:
            found.append(
                f"{exercise_id} ({', '.join(f'{view} {method}' for view, method in views.items())})"
            )
    return "; ".join(found) or "none: for counting and checks"


def lift_table() -> str:
    """The fitted numbers of the lift."""
    rows = [
        (
            code(name),
            f"{s.near} to {s.far}",
            *(f"{x:g}" for x in (s.length_m, s.sigma_d, s.gain, s.offset, s.sigma_z)),
        )
        for name, s in SEGMENTS.items()
    ]
    head = ("segment", "from, to", "length (m)", "sigma_d", "gain", "offset", "sigma_z")
    bands = ", ".join(f"`{name}` {factor:g}" for name, factor in BAND.items())
    return f"{markdown_table(head, rows)}\n\n80 % band = factor x posterior standard deviation: {bands}."
