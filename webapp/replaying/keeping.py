"""Where a session's replay comes from: made once, when the session is filed; made again when it is missing or old."""

from __future__ import annotations

import threading

from coach.errors import CoachError
from coach.events import RepCompleted
from webapp.logs import log
from webapp.replaying.replay import Replay, ReplayError, make, pack, unpack
from webapp.store import exercises, sessions
from webapp.store.engine import Session
from webapp.store.series import SeriesMissingError, SeriesStore
from webapp.store.session_tables import PatientSession, SessionSeries

_ONE_AT_A_TIME = threading.Lock()
"""A page asks for curve, film and comparison at once: the first makes them, the others wait and find them."""


def ready(session: Session, row: PatientSession, series: SeriesStore) -> Replay | None:
    """The replay of a session if it lies ready; quick. Whether the asker may see it has been asked before."""
    kept = sessions.series_of(session, row.id)
    return None if kept is None else _found(kept, series)


def of(session: Session, row: PatientSession, series: SeriesStore) -> Replay | None:
    """The replay of a session; None when no landmarks were kept or they are damaged.

    Usually quick; making it takes about a millisecond a frame. Do not call it in a transaction that writes.
    """
    kept = sessions.series_of(session, row.id)
    if kept is None:
        return None
    with _ONE_AT_A_TIME:
        return _found(kept, series) or _made(session, row, kept, series)


def _found(kept: SessionSeries, series: SeriesStore) -> Replay | None:
    data = series.derived(kept.path)
    try:
        return None if data is None else unpack(data, kept.sha256)
    except ReplayError as error:
        log.info("replay_made_anew", session=kept.session_id, cause=str(error))
        return None


def _made(
    session: Session, row: PatientSession, kept: SessionSeries, series: SeriesStore
) -> Replay | None:
    exercise = exercises.find(session, row.clinic_id, row.exercise_id, row.started_at)
    if exercise is None:
        return None
    reference = exercises.reference(session, row.clinic_id, row.exercise_id)
    events = sessions.events(session, row.id)
    reps = [event.rep for event in events if isinstance(event, RepCompleted)]
    try:
        made = make(series.get(kept.path, kept.sha256), kept.sha256, exercise, reps, reference)
        series.keep_derived(kept.path, pack(made))
    except (SeriesMissingError, CoachError, OSError) as error:
        log.warning("series_unreadable", session=row.id, cause=str(error))
        return None
    return made
