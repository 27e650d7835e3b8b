"""File a finished session: its rows of landmarks become one recording, what kept it alive is forgotten, and what its
review will show is made ready.

Every step can be repeated: a crash in between leaves the rows, and the next round files them again.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import structlog

from coach.errors import CoachError
from coach.exercise import Prescription
from coach.frame import PoseFrame
from coach.io import recording
from coach.io.recording import Meta, Recording
from coach.io.replay import Control as ReplayControl
from coach.io.replay import Controls, live_meta
from coach.stream import Gap
from webapp import doses
from webapp.live.messages import Control, Item, Kind, MessageError, Moment, parse_all
from webapp.replaying import keeping
from webapp.store import exercises, programs, proposals
from webapp.store.base import utc_now
from webapp.store.engine import Database, DatabaseFault, Session
from webapp.store.series import SeriesStore, Stored
from webapp.store.session_tables import PatientSession, SessionSeries
from webapp.store.sessions import chunks, ended_unfiled, forget_live, left_alone
from webapp.store.tables import Prescription as Prescribed
from webapp.store.tables import PrescriptionVersion

log = structlog.get_logger(__name__)

CONTROLS: dict[Kind, ReplayControl] = {
    Kind.PAUSE: "pause",
    Kind.RESUME: "resume",
    Kind.FINISH: "finish",
}


def sweep(database: Database, store: SeriesStore) -> None:
    """End the sessions that nobody came back to, and file all that have ended and are not filed yet."""
    with database.writing() as session:
        left_alone(session, utc_now())
    with database.reading() as session:
        over = ended_unfiled(session)
    for session_id in over:
        file_session(database, store, session_id)


def file_session(database: Database, store: SeriesStore, session_id: str) -> None:
    """File one ended session. A failure is logged and leaves everything as it was, for the next round."""
    try:
        _file(database, store, session_id)
    except (OSError, DatabaseFault, CoachError, MessageError, zlib.error) as error:
        log.warning("session_not_filed", session=session_id, cause=str(error))


def _file(database: Database, store: SeriesStore, session_id: str) -> None:
    with database.reading() as session:
        row = session.get_one(PatientSession, session_id)
        series = assemble(session, row)
    stored = None if series is None else store.put(f"{row.clinic_id}/{row.id}.npz", as_file(series))
    with database.writing() as session:
        if stored is not None and series is not None:
            session.merge(_series_row(row, stored, len(series.t_s)))
        forget_live(session, session_id)
        prescription = session.get_one(Prescribed, row.prescription_id)
        proposals.refresh(session, prescription, row.local_date)
    with database.reading() as session:
        keeping.of(
            session, session.get_one(PatientSession, session_id), store
        )  # for who looks later


def _series_row(row: PatientSession, stored: Stored, frames: int) -> SessionSeries:
    return SessionSeries(
        session_id=row.id,
        clinic_id=row.clinic_id,
        path=stored.path,
        sha256=stored.sha256,
        bytes=stored.bytes,
        frames=frames,
    )


def assemble(session: Session, row: PatientSession) -> Recording | None:
    """The landmark recording of a session from its rows; None when none were kept or nobody was ever seen."""
    items = list(
        parse_all(b"".join(zlib.decompress(chunk.data) for chunk in chunks(session, row.id)))
    )
    frames = [frame_of(item) for item in items if isinstance(item, Moment)]
    size_px = next((frame.size_px for frame in frames if isinstance(frame, PoseFrame)), None)
    if size_px is None:
        return None
    prescribed = doses.of_day(
        exercises.load(session, row.clinic_id, row.exercise_id, row.started_at),
        programs.judged(
            session, session.get_one(PrescriptionVersion, row.version_id), row.local_date
        ),
        short=row.short,
    )
    return recording.record(frames, size_px, _meta(row, prescribed, items))


def frame_of(moment: Moment) -> PoseFrame | Gap:
    """What the engine takes."""
    return Gap(moment.t_s) if moment.frame is None else moment.frame


def _meta(row: PatientSession, prescribed: Prescription, items: Iterable[Item]) -> Meta:
    """What a replay must know to judge again exactly as the live session did."""
    controls: Controls = []
    frames = 0
    for item in items:
        if isinstance(item, Control):
            controls.append((frames, item.t_s, CONTROLS[item.kind]))
        else:
            frames += 1
    judged = live_meta(row.exercise_id, prescribed, controls)
    return {"source": "live", "model": "pose_landmarker_lite", "engine": row.engine, **judged}


def as_file(series: Recording) -> bytes:
    """The bytes of a recording's file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.npz"
        recording.write(path, series)
        return path.read_bytes()
