"""`coach learn`: a new exercise from a demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.commands.catalogue import catalogue_of
from coach.commands.options import ModelName

Demonstration = Annotated[
    Path,
    typer.Argument(
        metavar="VIDEO|RECORDING", help="Video, or landmark recording (.npz), of 2-5 repetitions."
    ),
]
NewId = Annotated[
    str, typer.Option("--id", help="Id of the new exercise: small letters, digits and _.")
]
Like = Annotated[
    str | None,
    typer.Option(
        "--like", metavar="ID", help="Take words, posture, dose and checks from this exercise."
    ),
]
Out = Annotated[
    Path, typer.Option("--out", "-o", metavar="FILE.toml", help="Exercise file to write.")
]


def learn(
    ctx: typer.Context,
    demonstration: Demonstration,
    new_id: NewId,
    out: Out,
    like: Like = None,
    model: ModelName = "full",
) -> None:
    """Learn a new exercise from a demonstration of 2 to 5 repetitions, and its reference movement."""
    known = catalogue_of(ctx).load(like) if like else None
    from coach.commands.learner import learn_file

    for line in learn_file(demonstration, new_id, known, out, model):
        typer.echo(line)
