"""`coach live`: exercise before a local camera, with a window instead of a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.commands.catalogue import catalogue_of
from coach.commands.options import (
    AbsentOption,
    CameraIndex,
    ExerciseId,
    VariantOption,
    wish_of,
)
from coach.io.model_files import Variant

LiveModel = Annotated[
    Variant, typer.Option("--model", help="Pose model: lite is fastest, heavy slowest.")
]


def live(
    ctx: typer.Context,
    exercise: ExerciseId,
    camera: CameraIndex = 0,
    model: LiveModel = "lite",
    variant: VariantOption = None,
    absent: AbsentOption = None,
) -> None:
    """Exercise before a local camera in a window. Space pauses, Q or Escape ends."""
    catalogue = catalogue_of(ctx)
    chosen = catalogue_of(ctx).exercise(exercise)
    from coach.commands.live_window import run_window

    counts = run_window(chosen, wish_of(variant, absent), camera, model, catalogue.cues())
    typer.echo(
        f"{chosen.words.name}: {counts.reps} repetitions "
        f"({counts.correct} correct, {counts.incomplete} incomplete, {counts.faulty} with a fault)"
    )
