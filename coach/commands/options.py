"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from coach.exercise import Prescription, VariantName
from coach.io.model_files import Variant
from coach.landmarks import Part

ExerciseId = Annotated[
    str,
    typer.Option(
        "--exercise",
        "-e",
        help="Exercise id (`coach exercises list` shows all), or a .toml file.",
    ),
]
WantedExercise = Annotated[
    str,
    typer.Option(
        "--exercise",
        "-e",
        help="Exercise id (`coach exercises list` shows all) or .toml file; `auto`: recognise it; "
        "`any`: count whatever is repeated.",
    ),
]
VariantOption = Annotated[
    VariantName | None,
    typer.Option(
        "--variant", help="The way it is done, where the exercise has it (`coach exercises show`)."
    ),
]
AbsentOption = Annotated[
    list[str] | None,
    typer.Option(
        "--absent",
        metavar="SIDE_PART",
        help="A part of the body that is missing or not seen as one: left_ or right_ with hand, forearm, arm, foot, "
        "shank or leg (repeatable).",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a summary.")]
ModelName = Annotated[
    Variant, typer.Option("--model", help="Pose model: lite is fastest, heavy slowest.")
]
CameraIndex = Annotated[int, typer.Option("--camera", min=0, help="Number of the camera.")]
OutPath = Annotated[Path, typer.Argument(metavar="OUT.npz", help="Recording to write.")]


def wish_of(variant: VariantName | None, absent: list[str] | None) -> Prescription:
    """What the command line says of the person, as the engine takes it. Raises BadParameter."""
    known = get_args(Part)
    for name in absent or ():
        if name not in known:
            raise typer.BadParameter(
                f"'{name}' is not one of {', '.join(known)}.", param_hint="'--absent'"
            )
    return Prescription(variant=variant, absent=tuple(cast(Part, name) for name in absent or ()))
