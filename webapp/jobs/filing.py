"""An analysed video becomes a session; the video itself is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from coach.events import Event
from webapp.store import videos
from webapp.store.engine import Session
from webapp.store.jobs import Claim
from webapp.store.series import SeriesStore, Stored
from webapp.store.videos import Analysed, VideoArgs


class _Judged(msgspec.Struct, frozen=True):
    """The child's `video.Judged`, read without loading what the child needs to make it."""

    events: list[tuple[int, Event]]
    duration_s: float
    frames: int
    engine: str
    series: bool


def child_args(claim: Claim, uploads: Path) -> dict[str, Any]:
    """What the child is told: paths and plain values, and nobody's name."""
    args = msgspec.convert(claim.args, VideoArgs)
    video = _place(uploads, args.file)
    return {
        "file": str(video),
        "exercise": args.exercise,
        "own": args.own,
        "prescription": args.prescribed,
        "most_minutes": args.most_minutes,
        "series": str(_landmarks(video)) if args.keep else None,
    }


def file_video(
    session: Session,
    claim: Claim,
    result: dict[str, Any],
    series: SeriesStore,
    uploads: Path,
    now: datetime,
) -> dict[str, Any]:
    """A session with its events and totals. It has the job's id: the same one, however often it is filed."""
    args = msgspec.convert(claim.args, VideoArgs)
    judged = msgspec.convert(result, _Judged)
    stored: Stored | None = None
    if judged.series:
        landmarks = _landmarks(_place(uploads, args.file)).read_bytes()
        stored = series.put(f"{claim.clinic_id}/{claim.job_id}.npz", landmarks)
    done = Analysed(tuple(judged.events), judged.duration_s, judged.frames, judged.engine, stored)
    row = videos.file(session, claim, args, done, now)
    return {"session": row.id, "reps": row.reps}


def forget(args: Mapping[str, Any], uploads: Path) -> None:
    """Delete the video, and what was written beside it."""
    video = _place(uploads, str(args["file"]))
    video.unlink(missing_ok=True)
    _landmarks(video).unlink(missing_ok=True)


def _place(uploads: Path, file: str) -> Path:
    """A name inside the folder of uploads, which nothing in the database can lead out of."""
    place = (uploads / file).resolve()
    if not place.is_relative_to(uploads.resolve()):
        raise ValueError(f"{file!r} is not the name of an upload")
    return place


def _landmarks(video: Path) -> Path:
    return video.with_name(video.name + ".npz")
