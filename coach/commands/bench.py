"""`coach bench`: what the engine, an analysis and the web process cost on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from coach.commands.catalogue import catalogue_of
from coach.commands.options import AsJson, ModelName
from coach.errors import MediaError
from coach.io.model_files import ROOT

if TYPE_CHECKING:
    from coach.commands.benchmark import Bench

SAMPLE = ROOT / "webapp" / "static" / "samples" / "squat_side.mp4"

Clip = Annotated[Path, typer.Option("--video", metavar="FILE", help="Clip to measure with.")]
Exercise = Annotated[str, typer.Option("--exercise", "-e", help="What is done in the clip.")]


def bench(
    ctx: typer.Context,
    as_json: AsJson = False,
    video: Clip = SAMPLE,
    exercise: Exercise = "squat",
    model: ModelName = "full",
) -> None:
    """Measure speed and memory; takes a minute or two."""
    from coach.commands.benchmark import measure

    if not video.is_file():
        raise MediaError(f"There is no file {video}; check the name and the folder.")
    measured = measure(video, catalogue_of(ctx).load(exercise), model)
    if as_json:
        typer.echo(msgspec.json.encode(measured).decode())
        return
    _show(measured)


def _show(measured: Bench) -> None:
    for name, value in msgspec.structs.asdict(measured).items():
        if name in {"details", "skipped"}:
            continue
        figure = "skipped: " + measured.skipped.get(name, "") if value is None else f"{value:g}"
        typer.echo(f"{name:18} {figure}")
    for name, value in measured.details.items():
        typer.echo(f"  {name:16} {value:g}")
