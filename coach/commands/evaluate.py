"""`coach evaluate`: how well repetitions are counted on labelled clips."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from coach.commands.catalogue import catalogue_of
from coach.commands.options import AsJson, ModelName

if TYPE_CHECKING:
    from coach.commands.evaluation import Outcome, Score

Manifest = Annotated[
    Path,
    typer.Argument(
        metavar="MANIFEST",
        help="CSV with the columns file, exercise, reps, and rep_frames and fps where marked.",
    ),
]
Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="ID", help="This exercise only (repeatable).")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Clips at a time.")]


def evaluate(
    ctx: typer.Context,
    manifest: Manifest,
    only: Only = None,
    jobs: Jobs = 2,
    as_json: AsJson = False,
    model: ModelName = "full",
) -> None:
    """Score counting on the clips of a manifest; files lie beside it, recordings (.npz) are replayed."""
    from coach.commands.clip_counter import count_all
    from coach.commands.evaluation import read_manifest, score

    outcomes = count_all(
        read_manifest(manifest, only or ()), manifest.parent, catalogue_of(ctx), model, jobs
    )
    ids = sorted({outcome.label.exercise for outcome in outcomes})
    scores = {name: score(one for one in outcomes if one.label.exercise == name) for name in ids}
    scores["ALL"] = score(outcomes)
    scores["ALL, 3 reps or more"] = score(one for one in outcomes if one.label.reps >= 3)
    _show(outcomes, scores, as_json=as_json)


def _show(outcomes: Sequence[Outcome], scores: dict[str, Score], *, as_json: bool) -> None:
    if as_json:
        typer.echo(msgspec.json.encode({"clips": outcomes, "scores": scores}).decode())
        return
    for outcome in outcomes:
        label = outcome.label
        if outcome.error or outcome.counted != label.reps:
            missed = f"true {label.reps:3} counted {outcome.counted:3}"
            typer.echo(
                f"{label.file[:60]:60} {label.exercise:24} {missed} {outcome.error}".rstrip()
            )
    for name, figures in scores.items():
        typer.echo(_line(name, figures))


def _line(name: str, figures: Score) -> str:
    return (
        f"{name:26} clips {figures.clips:3}  exact {_figure(figures.exact)}  OBO {_figure(figures.obo)}  "
        f"MAE {_figure(figures.mae)}  false {figures.false:3} on {figures.without_reps:2}  "
        f"timing {_figure(figures.timing)}  failed {figures.failed}"
    )


def _figure(value: float | None) -> str:
    return "    -" if value is None else f"{value:5.3f}"
