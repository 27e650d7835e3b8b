"""A finished session becomes one recording that a replay judges to the same events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from coach.events import Event
from coach.io import recording
from coach.io.replay import replay
from poses import catalogue
from tests.webapp.live.clinic import Clinic, squats
from webapp.live import archive
from webapp.live.messages import Kind, pack, pack_control
from webapp.live.registry import Ask, Registry
from webapp.store import sessions
from webapp.store.base import utc_now
from webapp.store.engine import Database
from webapp.store.series import FolderSeries, SeriesMissingError
from webapp.store.session_tables import LiveState, PatientSession, SeriesChunk
from webapp.store.tables import Consent
from webapp.store.writer import Writer


@pytest.fixture
def series(tmp_path: Path) -> FolderSeries:
    return FolderSeries(tmp_path / "series")


@pytest.fixture
def registry(database: Database, series: FolderSeries) -> Iterator[Registry]:
    made = Registry(database, Writer(database), series)
    yield made
    made.shut_down()


def _exercise(registry: Registry, clinic: Clinic, *, finish: bool = True) -> str:
    """Ten squats with a pause, through the registry as the socket would. Returns the session's id."""
    opened, _ = registry.open(
        "socket", clinic.patient, Ask(prescription=clinic.prescription, source="camera")
    )
    running = registry.of("socket")
    assert running is not None
    frames = list(squats(5))
    for seq, frame in enumerate(frames[:200], start=1):
        running.take(pack([frame if seq % 40 else frame.t_s], seq))
    running.take(pack_control(Kind.PAUSE, 201, 200 / 15))
    running.take(pack_control(Kind.RESUME, 202, 200 / 15 + 0.01))
    for seq, frame in enumerate(frames[200:], start=203):
        running.take(pack([frame], seq))
    if finish:
        running.take(pack_control(Kind.FINISH, running.seen + 1, frames[-1].t_s + 0.1, "tired"))
        registry.file(running)
    return opened.session


def _events(database: Database, session_id: str) -> list[Event]:
    with database.reading() as session:
        return sessions.events(session, session_id)


def test_a_replay_of_the_filed_recording_gives_the_same_events(
    registry: Registry, database: Database, series: FolderSeries, clinic: Clinic, tmp_path: Path
) -> None:
    session_id = _exercise(registry, clinic)
    registry.shut_down()
    with database.reading() as session:
        row = sessions.series_of(session, session_id)
        assert row is not None
        assert session.scalar(select(func.count()).select_from(SeriesChunk)) == 0
        assert session.scalar(select(func.count()).select_from(LiveState)) == 0
    path = tmp_path / "filed.npz"
    path.write_bytes(series.get(row.path, row.sha256))
    filed = recording.read(path)
    replayed = [event for step in replay(filed, catalogue.load("squat")) for event in step.events]
    live = _events(database, session_id)
    assert replayed == live
    assert series.derived(row.path)  # ready for who looks at it later
    assert sum(type(event).__name__ == "RepCompleted" for event in live) >= 3
    assert row.frames == len(filed) == sum(1 for _ in squats(5))
    assert filed.seen().sum() == len(filed) - 5


def test_without_consent_there_is_nothing_to_file(
    registry: Registry, database: Database, clinic: Clinic, tmp_path: Path
) -> None:
    with database.writing() as session:
        first = session.scalars(select(Consent)).one()
        values = {
            name: getattr(first, name)
            for name in ("clinic_id", "person_id", "kind", "text_version", "account_id")
        }
        session.add(Consent(given=False, **values))
    session_id = _exercise(registry, clinic)
    registry.shut_down()
    with database.reading() as session:
        assert sessions.series_of(session, session_id) is None
        assert session.get_one(PatientSession, session_id).reps >= 3
    assert not (tmp_path / "series").exists()


def test_a_session_that_was_left_is_ended_and_filed_by_the_sweep(
    registry: Registry, database: Database, series: FolderSeries, clinic: Clinic
) -> None:
    session_id = _exercise(registry, clinic, finish=False)
    registry.close("socket")
    with database.writing() as session:
        session.execute(update(LiveState).values(lease_until=utc_now() - timedelta(hours=1)))
    archive.sweep(database, series)
    with database.reading() as session:
        assert session.get_one(PatientSession, session_id).status == "left"
        row = sessions.series_of(session, session_id)
        assert row is not None
    assert len(series.get(row.path, row.sha256)) == row.bytes


def test_filing_twice_or_after_a_crash_in_between_is_harmless(
    registry: Registry, database: Database, series: FolderSeries, clinic: Clinic
) -> None:
    session_id = _exercise(registry, clinic, finish=False)
    registry.close("socket")
    with database.writing() as session:
        session.execute(update(PatientSession).values(status="left"))
    archive.file_session(database, series, session_id)
    archive.file_session(database, series, session_id)
    with database.reading() as session:
        row = sessions.series_of(session, session_id)
    assert row is not None
    assert series.get(row.path, row.sha256)


def test_a_recording_that_was_changed_is_not_given_out(
    series: FolderSeries, tmp_path: Path
) -> None:
    kept = series.put("clinic/session.npz", b"landmarks")
    assert series.get(kept.path, kept.sha256) == b"landmarks"
    (tmp_path / "series/clinic/session.npz").write_bytes(b"Landmarks")
    with pytest.raises(SeriesMissingError, match="changed"):
        series.get(kept.path, kept.sha256)
    series.delete(kept.path)
    with pytest.raises(SeriesMissingError, match="cannot be read"):
        series.get(kept.path, kept.sha256)


@pytest.mark.parametrize("path", ["../outside.npz", "/etc/passwd", "clinic/../../x.npz", "a.txt"])
def test_a_name_cannot_leave_the_store(series: FolderSeries, path: str) -> None:
    with pytest.raises(SeriesMissingError):
        series.put(path, b"")


def test_a_short_day_is_judged_by_one_set_live_and_in_every_replay(
    registry: Registry, database: Database, series: FolderSeries, clinic: Clinic, tmp_path: Path
) -> None:
    ask = Ask(prescription=clinic.prescription, source="camera", short=True)
    opened, _ = registry.open("socket", clinic.patient, ask)
    running = registry.of("socket")
    assert running is not None
    for seq, frame in enumerate(squats(5), start=1):
        running.take(pack([frame], seq))
    assert running.ended == "finished"  # four of the two sets of four: the one set is done
    registry.file(running)
    registry.shut_down()
    with database.reading() as session:
        assert session.get_one(PatientSession, opened.session).short
        row = sessions.series_of(session, opened.session)
        assert row is not None
    path = tmp_path / "filed.npz"
    path.write_bytes(series.get(row.path, row.sha256))
    steps = replay(recording.read(path), catalogue.load("squat"))
    assert [event for step in steps for event in step.events] == _events(database, opened.session)
