"""`coach replay`: judge a landmark recording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.commands.catalogue import catalogue_of, exercise_of
from coach.commands.options import AsJson, ExerciseId

RecordingPath = Annotated[
    Path, typer.Argument(metavar="FILE", help="Recording (.npz) of `coach record` or `--record`.")
]


def replay(
    ctx: typer.Context, recording: RecordingPath, exercise: ExerciseId, as_json: AsJson = False
) -> None:
    """Count and judge the repetitions in a recorded landmark stream."""
    catalogue = catalogue_of(ctx)
    chosen = exercise_of(ctx, exercise)
    from coach.commands.judge import replay_recording
    from coach.commands.report import show
    from coach.io.recording import read

    show(replay_recording(read(recording), recording, chosen), chosen, catalogue, as_json=as_json)
