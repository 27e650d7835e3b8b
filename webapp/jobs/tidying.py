"""Files that nobody will ask for any more: of uploads that broke off, of jobs whose worker died at the very end."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from webapp.store import jobs, videos
from webapp.store.engine import Database

#: An upload in progress has no job yet; none takes so long.
YOUNG: Final = timedelta(hours=2)


def forget_orphans(database: Database, uploads: Path, now: datetime) -> int:
    """Delete old files in the folder of uploads that belong to no open job. Returns how many."""
    with database.reading() as session:
        wanted = {str(args.get("file")) for args in jobs.open_args(session, videos.KIND)}
    old = (now - YOUNG).timestamp()
    gone = 0
    for file in uploads.glob("*/*"):
        name = file.relative_to(uploads).as_posix().removesuffix(".npz")
        if name not in wanted and file.stat().st_mtime < old:
            file.unlink(missing_ok=True)
            gone += 1
    return gone
