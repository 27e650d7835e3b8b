"""`coach assess`: measure a range of motion, or score a functional test, in a video or recording."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec
import typer

from coach.commands.catalogue import catalogue_of
from coach.commands.options import AsJson, ModelName
from coach.errors import UnknownExerciseError

if TYPE_CHECKING:
    from coach.assessing.assessment import Measurement, Sex
    from coach.assessing.functional import Score

T = TypeVar("T")


class SideName(StrEnum):
    """The side to measure."""

    LEFT = "left"
    RIGHT = "right"


class SexName(StrEnum):
    """For the norm."""

    FEMALE = "female"
    MALE = "male"


Source = Annotated[Path, typer.Argument(metavar="FILE", help="Video, or recording (.npz).")]
MotionId = Annotated[
    str | None, typer.Option("--motion", "-m", help="Range of motion, for example knee_flexion.")
]
TestId = Annotated[
    str | None,
    typer.Option("--test", "-t", help="Functional test, for example chair_stand_30s."),
]
SideOption = Annotated[SideName, typer.Option("--side", help="Side to measure.")]
Age = Annotated[int | None, typer.Option("--age", min=0, max=120, help="Years, for the norm.")]
SexOption = Annotated[SexName | None, typer.Option("--sex", help="For the norm.")]
Last = Annotated[
    float | None,
    typer.Option("--last", help="The last measurement (degrees, repetitions or seconds)."),
]


def assess(  # noqa: PLR0913, PLR0917 - one parameter an option, as typer wants it
    ctx: typer.Context,
    source: Source,
    motion: MotionId = None,
    test: TestId = None,
    side: SideOption = SideName.LEFT,
    age: Age = None,
    sex: SexOption = None,
    last: Last = None,
    as_json: AsJson = False,
    model: ModelName = "full",
) -> None:
    """Measure a range of motion (best of the attempts), or score a functional test."""
    if (motion is None) == (test is None):
        raise typer.BadParameter("name either a --motion or a --test")
    from coach.assessing.assessment import Person
    from coach.assessing.functional import score
    from coach.assessing.session import measure
    from coach.commands.frames import frames_of
    from coach.commands.judge import judge_stream
    from coach.commands.request import Request

    catalogue = catalogue_of(ctx)
    known_sex: Sex | None = sex.value if sex else None
    person = Person(age, known_sex, last)
    frames = frames_of(source, model)  # read when it is known what for
    if motion is not None:
        chosen = _chosen(motion, catalogue.motions(), "range of motion")
        measured = measure(chosen, side.value, frames, person)
        _print(measured, _measured(measured, chosen.words.name), as_json)
    elif test is not None:
        known = _chosen(test, catalogue.functional_tests(), "functional test")
        result = judge_stream(list(frames), source, Request(known.exercise, catalogue))
        scored = score(known, result, person)
        _print(scored, _scored(scored, known.words.name), as_json)


def _chosen(name: str, known: dict[str, T], what: str) -> T:
    if name not in known:
        raise UnknownExerciseError(f"There is no {what} '{name}'; there are {', '.join(known)}.")
    return known[name]


def _print(found: msgspec.Struct, text: str, as_json: bool) -> None:
    typer.echo(msgspec.json.encode(found).decode() if as_json else text)


def _measured(found: Measurement, name: str) -> str:
    tries = ", ".join(f"{one.deg:.0f}°" for one in found.attempts)
    lines = [
        f"{name}, {found.side}: {found.deg}° ± {found.error_deg}° (best of {tries})",
        f"Usual for {found.norm_of}: {found.norm_deg:.0f}°, so this is {found.compared}.",
    ]
    if found.change_deg is not None:
        real = "a real change" if found.real else "too small to be called real"
        lines.append(f"Since last time {found.change_deg:+d}°: {real} (from {found.mdc_deg:g}°).")
    if found.notes:
        lines.append(f"Only {len(found.attempts)} of 3 attempts were seen.")
    return "\n".join(lines)


def _scored(found: Score, name: str) -> str:
    lines = [f"{name}: {found.value:g} {found.unit}"]
    if found.usual is not None:
        lines.append(f"Compared with {found.usual:g} at this age: {found.compared}.")
    if found.at_risk:
        lines.append("A value like this is linked to a higher risk of falls.")
    if found.left_out:
        lines.append(f"{found.left_out} were not full and do not count.")
    if found.change is not None:
        lines.append(f"Since last time {found.change:+g}{_reality(found.real)}")
    return "\n".join(lines)


def _reality(real: bool | None) -> str:
    if real is None:
        return "."
    return ": a real change." if real else ": too small to be called real."
