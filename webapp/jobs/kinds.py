"""What long work there is: how the child does it, how its result is filed, and what is tidied up after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from webapp.jobs import filing
from webapp.settings import Settings
from webapp.store.engine import Session
from webapp.store.jobs import Claim
from webapp.store.series import FolderSeries, SeriesStore


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of this clinic's server lie."""

    uploads: Path
    series: SeriesStore

    @classmethod
    def of(cls, settings: Settings) -> Place:
        """As the settings say."""
        return cls(settings.uploads, FolderSeries(settings.data_dir / "series"))


Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of long work.

    `run` is `module:function`, loaded in the child only. `args` makes the child's arguments from the job's. `file` puts
    the result into the database, in the transaction that ends the job, and gives back what the job's row keeps. `tidy`
    is done when the job has ended, however it ended.
    """

    run: str
    args: Callable[[Claim, Place], dict[str, Any]]
    file: Callable[[Session, Claim, Result, Place, datetime], Result]
    tidy: Callable[[Mapping[str, Any], Place], None]


KINDS: dict[str, Kind] = {
    "video": Kind(
        run="webapp.jobs.video:analyse",
        args=lambda claim, place: filing.child_args(claim, place.uploads),
        file=lambda session, claim, result, place, now: filing.file_video(
            session, claim, result, place.series, place.uploads, now
        ),
        tidy=lambda args, place: filing.forget(args, place.uploads),
    )
}
