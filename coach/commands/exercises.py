"""`coach exercises`: what exercises there are, what is in one, and whether a file of one is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich import box
from rich.console import Console
from rich.table import Column, Table

from coach.commands.catalogue import Catalogue, catalogue_of
from coach.commands.options import AsJson
from coach.errors import ExerciseFileError
from coach.exercise import Exercise
from coach.io import exercise_file
from coach.variants import variant_of

app = typer.Typer(help="List, show and check exercise definitions.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="ID", help="Exercise id.")]
Language = Annotated[
    str, typer.Option("--language", help="Of the exercise's own words: en, ar, de or es.")
]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Exercise files (.toml).")]


@app.command("list")
def list_all(ctx: typer.Context, as_json: AsJson = False) -> None:
    """All exercises that come with the coach."""
    catalogue = catalogue_of(ctx)
    found = [catalogue.load(exercise_id) for exercise_id in catalogue.ids()]
    if as_json:
        rows = [{"id": one.id, "name": one.words.name, "views": one.camera.views} for one in found]
        typer.echo(msgspec.json.encode(rows).decode())
        return
    table = Table(
        Column("id", no_wrap=True), "name", "kind", "position", "seen from", box=box.SIMPLE
    )
    for one in found:
        table.add_row(one.id, one.words.name, one.kind, one.position, ", ".join(one.camera.views))
    Console().print(table)


@app.command()
def show(
    ctx: typer.Context, exercise_id: Id, as_json: AsJson = False, language: Language = "en"
) -> None:
    """One exercise: how it is done, where to put the camera, and what is judged."""
    exercise = _in_language(catalogue_of(ctx), exercise_id, language)
    if as_json:
        typer.echo(msgspec.json.encode(exercise).decode())
        return
    console = Console(highlight=False, soft_wrap=True)
    for line in _lines(exercise):
        console.print(line)


@app.command()
def validate(files: Files) -> None:
    """Check exercise files; the first error of each is explained with its place. Exit code 1 if there is any."""
    failed = False
    for path in files:
        try:
            typer.echo(f"{path}: ok ({exercise_file.read(path).words.name})")
        except ExerciseFileError as error:
            failed = True
            typer.echo(f"coach: {error}", err=True)
    if failed:
        raise typer.Exit(1)


def _in_language(catalogue: Catalogue, exercise_id: str, language: str) -> Exercise:
    known = catalogue.languages()
    if language not in known:
        raise typer.BadParameter(f"there are words in {', '.join(known)}", param_hint="--language")
    exercise = catalogue.load(exercise_id)
    return msgspec.structs.replace(exercise, words=catalogue.words(exercise, language))


def _lines(exercise: Exercise) -> list[str]:
    words, camera = exercise.words, exercise.camera
    lines = [f"[bold]{words.name}[/bold] ({exercise.id}): {words.short}", ""]
    lines += [f"{number}. {step}" for number, step in enumerate(words.steps, 1)]
    lines += [
        "",
        f"Camera: {' or '.join(camera.views)} view, {camera.distance_m:g} m away, at {camera.height} height.",
    ]
    lines += [
        f"Target: {_words(name)} {target.default:g}° (a therapist may set {target.min:g}-{target.max:g}°)"
        for name, target in exercise.targets.items()
    ]
    lines += [
        f"Limit: {_words(name)}, none until one is set within {limit.min:g}-{limit.max:g}°"
        if limit.default is None
        else f"Limit: {_words(name)} {limit.default:g}° (within {limit.min:g}-{limit.max:g}°)"
        for name, limit in exercise.limits.items()
    ]
    lines += [
        f"Checked: {_words(check.id)} ({', '.join(check.views)} view)" for check in exercise.checks
    ]
    lines += [f"Take care: {text}" for text in words.precautions]
    for name in exercise.variants:
        own = variant_of(exercise, name)
        lines += ["", f"Variant [bold]{name}[/bold]: {own.words.short}"]
        lines += [f"Needs: {text}" for text in own.words.needs]
    return lines


def _words(name: str) -> str:
    return name.replace("_", " ")
