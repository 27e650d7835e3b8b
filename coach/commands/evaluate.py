"""`coach evaluate`: how well repetitions are counted and angles measured, on data where the truth is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from coach.commands.catalogue import Catalogue, catalogue_of
from coach.commands.options import AsJson, ModelName
from coach.errors import MediaError

if TYPE_CHECKING:
    from coach.commands.evaluating.clips import ClipCounter
    from coach.commands.evaluating.report import Report

Source = Annotated[
    Path,
    typer.Argument(
        metavar="MANIFEST|FOLDER",
        help="CSV with the columns file, exercise, reps, and rep_frames and fps where marked; or a folder with a "
        "manifest.csv, *_truth.npz or movement files in it.",
    ),
]
Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="ID", help="This exercise only (repeatable).")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Clips at a time.")]
Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="REPORT", help="Write a page with pictures of what went wrong."),
]


def evaluate(
    ctx: typer.Context,
    source: Source,
    only: Only = None,
    jobs: Jobs = 2,
    as_json: AsJson = False,
    html: Html = None,
    model: ModelName = "full",
) -> None:
    """Score counting, angles and form; clips lie beside their labels, recordings (.npz) are replayed."""
    from coach.commands.evaluating.clips import ClipCounter
    from coach.commands.evaluating.report import as_lines, as_plain

    catalogue = catalogue_of(ctx)
    with ClipCounter(catalogue, model) as counter:
        report = _report(source, catalogue, counter, only or [], jobs)
    if html is not None:
        from coach.commands.evaluating import page

        page.write(html, report)
    if as_json:
        typer.echo(msgspec.json.encode(as_plain(report)).decode())
    else:
        for line in as_lines(report):
            typer.echo(line)
    if report.outcomes and all(outcome.error for _, outcome in report.outcomes):
        raise MediaError("No clip could be evaluated; the reasons stand above.")


def _report(
    source: Path, catalogue: Catalogue, counter: ClipCounter, only: list[str], jobs: int
) -> Report:
    from coach.commands.evaluating import angles, counts, form
    from coach.commands.evaluating.clips import count_all
    from coach.commands.evaluating.data import find
    from coach.commands.evaluating.report import Report
    from coach.commands.progress import watched
    from coach.commands.request import Request

    data = find(source)
    outcomes = [
        (manifest.parent, outcome)
        for manifest in data.manifests
        for outcome in count_all(
            counts.read_manifest(manifest, only), manifest.parent, counter, jobs
        )
    ]
    scores = []
    for truth in data.truths:
        name, clips = angles.motions(truth)
        if only and name not in only:
            continue
        exercise = catalogue.load(name)
        for clip in clips:
            frames = counter.frames(clip, Request(name, catalogue))
            scores += list(angles.score_clip(clip, truth, exercise, frames))
    movements = () if only else data.movements
    scored = watched(map(form.score, movements), len(movements), "movements")
    return Report(tuple(outcomes), tuple(scores), tuple(scored))
