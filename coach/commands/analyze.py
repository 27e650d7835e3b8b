"""`coach analyze`: judge a video file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.commands.catalogue import catalogue_of
from coach.commands.options import (
    AbsentOption,
    AsJson,
    ModelName,
    VariantOption,
    WantedExercise,
    wish_of,
)

VideoPath = Annotated[Path, typer.Argument(metavar="VIDEO", help="MP4, MOV, AVI, WebM or MKV.")]
Angles = Annotated[
    Path | None, typer.Option("--angles", metavar="CSV", help="Write the angles of every frame.")
]
Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate", metavar="OUT.mp4", help="Write the video with skeleton, count and cues."
    ),
]
Record = Annotated[
    Path | None,
    typer.Option("--record", metavar="OUT.npz", help="Write the landmarks, for `coach replay`."),
]


def analyze(  # noqa: PLR0913, PLR0917 - one parameter an option, as typer wants it
    ctx: typer.Context,
    video: VideoPath,
    exercise: WantedExercise,
    as_json: AsJson = False,
    angles: Angles = None,
    annotate: Annotate = None,
    record: Record = None,
    model: ModelName = "full",
    variant: VariantOption = None,
    absent: AbsentOption = None,
) -> None:
    """Count and judge the repetitions in a video."""
    catalogue = catalogue_of(ctx)
    # imported here: vision has no place in the processes of other commands
    from coach.io.landmarker import Landmarker

    with Landmarker(
        model
    ) as landmarker:  # before anything else: its model loads while all the rest does
        from coach.commands.request import Request

        request = Request(exercise, catalogue, wish_of(variant, absent))
        from coach.commands.analysis import Wanted, analyze_file
        from coach.commands.report import show

        wanted = Wanted(angles=angles, annotate=annotate, record=record)
        result = analyze_file(video, request, landmarker, wanted, catalogue.cues())
    show(result, request.definition(result.exercise), catalogue, as_json=as_json)
