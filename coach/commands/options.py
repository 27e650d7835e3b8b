"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.io.model_files import Variant

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
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a summary.")]
ModelName = Annotated[
    Variant, typer.Option("--model", help="Pose model: lite is fastest, heavy slowest.")
]
CameraIndex = Annotated[int, typer.Option("--camera", min=0, help="Number of the camera.")]
OutPath = Annotated[Path, typer.Argument(metavar="OUT.npz", help="Recording to write.")]
