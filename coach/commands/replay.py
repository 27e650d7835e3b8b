"""`coach replay`: judge a landmark recording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.commands.catalogue import catalogue_of
from coach.commands.options import AbsentOption, AsJson, VariantOption, WantedExercise, wish_of

RecordingPath = Annotated[
    Path, typer.Argument(metavar="FILE", help="Recording (.npz) of `coach record` or `--record`.")
]


def replay(
    ctx: typer.Context,
    recording: RecordingPath,
    exercise: WantedExercise,
    as_json: AsJson = False,
    variant: VariantOption = None,
    absent: AbsentOption = None,
) -> None:
    """Count and judge the repetitions in a recorded landmark stream."""
    catalogue = catalogue_of(ctx)
    from coach.commands.judge import replay_recording
    from coach.commands.report import show
    from coach.commands.request import Request
    from coach.io.recording import read

    request = Request(exercise, catalogue, wish_of(variant, absent))
    result = replay_recording(read(recording), recording, request)
    show(result, request.definition(result.exercise), catalogue, as_json=as_json)
