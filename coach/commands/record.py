"""`coach record`: keep the landmarks of a camera or a video, without its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.commands.options import (
    AbsentOption,
    CameraIndex,
    ModelName,
    OutPath,
    VariantOption,
    wish_of,
)

Source = Annotated[
    Path | None, typer.Option("--video", metavar="FILE", help="A video instead of the camera.")
]
Seconds = Annotated[
    float | None, typer.Option("--seconds", min=0.1, help="Stop by itself after this time.")
]


def record(
    out: OutPath,
    camera: CameraIndex = 0,
    video: Source = None,
    seconds: Seconds = None,
    model: ModelName = "full",
    variant: VariantOption = None,
    absent: AbsentOption = None,
) -> None:
    """Record landmarks (no pictures) from a camera until Ctrl+C, or from a video."""
    from coach.commands.recorder import record_camera, record_video

    wish = wish_of(variant, absent)
    if video is not None:
        made = record_video(video, out, model, seconds, wish)
    else:
        typer.echo("Recording; stop with Ctrl+C.", err=True)
        made = record_camera(camera, out, model, seconds, wish)
    seen = int(made.seen().sum())
    typer.echo(f"{out}: {len(made)} frames, a person in {seen} of them")
