"""`coach compare`: how like correct demonstrations a repetition is, without any exercise definition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.commands.options import AsJson

References = Annotated[
    list[Path],
    typer.Option(
        "--reference", "-r", metavar="FILE", help="Recording of one correct repetition; repeat it."
    ),
]
Candidates = Annotated[
    list[Path],
    typer.Option(
        "--candidate", "-c", metavar="FILE", help="Recording of one repetition to judge; repeat it."
    ),
]


def compare(reference: References, candidate: Candidates, as_json: AsJson = False) -> None:
    """Compare repetitions with correct demonstrations of the same movement: 1 is like them."""
    from coach.commands.comparing import compare_files, show

    show(compare_files(reference, candidate), as_json=as_json)
