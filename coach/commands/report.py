"""A result on paper: a short summary for a person, or the public JSON for a program."""

from __future__ import annotations

import msgspec
import typer
from rich import box
from rich.console import Console
from rich.table import Table

from coach.commands import words
from coach.commands.catalogue import Catalogue
from coach.exercise import Exercise
from coach.summary import RepEntry, Result


def show(result: Result, exercise: Exercise, catalogue: Catalogue, *, as_json: bool) -> None:
    """Print a result on stdout."""
    if as_json:
        typer.echo(msgspec.json.encode(result).decode())
        return
    console = Console(highlight=False)
    console.print(_headline(result, exercise), style="bold")
    console.print(_frames(result))
    if result.rep_list:
        console.print(_reps(result, exercise, catalogue))
    if result.angles:
        console.print(_angles(result))
    for key in result.notes:
        console.print(f"Note: {words.note(key)}")


def _headline(result: Result, exercise: Exercise) -> str:
    if exercise.kind != "cycle":
        return f"{exercise.words.name}: held for {result.hold_s:.0f} seconds"
    plural = "repetition" if result.reps == 1 else "repetitions"
    if words.FORM_NOT_JUDGED in result.notes:
        return f"{exercise.words.name}: {result.reps} {plural}"
    verdicts = (
        f"{result.correct} correct, {result.incomplete} incomplete, {result.faulty} with a fault"
    )
    sides = ""
    if result.by_side["left"] or result.by_side["right"]:
        sides = f"; left {result.by_side['left']}, right {result.by_side['right']}"
    return f"{exercise.words.name}: {result.reps} {plural} ({verdicts}{sides})"


def _frames(result: Result) -> str:
    without = (
        f", {result.frames_without_person} without a person" if result.frames_without_person else ""
    )
    return f"{result.duration_s:.1f} s, {result.frames} frames{without}, seen from: {result.view}"


def _reps(result: Result, exercise: Exercise, catalogue: Catalogue) -> Table:
    table = Table("#", "side", "from", "to", "range", "verdict", "faults", box=box.SIMPLE)
    for rep in result.rep_list:
        faults = ", ".join(words.fault(exercise, catalogue.cues(), fault) for fault in rep.faults)
        table.add_row(
            str(rep.index),
            rep.side,
            f"{rep.start_s:.1f} s",
            f"{rep.end_s:.1f} s",
            _range(rep, exercise),
            "" if words.FORM_NOT_JUDGED in result.notes else rep.verdict,
            faults,
        )
    return table


def _range(rep: RepEntry, exercise: Exercise) -> str:
    """The angles that have a target; all, when none has."""
    shown = {
        name: span for name, span in rep.rom_deg.items() if name in exercise.targets
    } or rep.rom_deg
    return ", ".join(f"{_words(name)} {low}-{high}°" for name, (low, high) in shown.items())


def _angles(result: Result) -> Table:
    table = Table("angle", "from", "to", "error", box=box.SIMPLE)
    for name, angle in result.angles.items():
        table.add_row(
            _words(name), f"{angle.min_deg}°", f"{angle.max_deg}°", f"± {angle.error_deg}°"
        )
    return table


def _words(name: str) -> str:
    return name.replace("_", " ")
