"""kill -9 of the real server in the middle of live sessions: nothing acknowledged is lost, doubled or out of order.

`LIVE_KILLS=200 pytest tests/webapp/live/test_kill.py` is the long form. (A killed process leaves its writes in the
system's cache; that they also survive a power cut is the business of `synchronous=FULL`, which is asserted here.)
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from socketio import exceptions

from coach.events import Event, RepCompleted
from coach.exercise import Dose, Prescription
from coach.io.replay import replay
from poses import catalogue
from tests.webapp.live.clinic import Clinic, seed, squats
from tests.webapp.live.served import Page, Served, soon
from webapp.live import archive
from webapp.live.messages import Kind, pack, pack_control
from webapp.live.running import Case, RunningSession
from webapp.store import sessions
from webapp.store.engine import Database
from webapp.store.session_tables import PatientSession
from webapp.store.sessions import Claim

KILLS = int(os.environ.get("LIVE_KILLS", "3"))
REPS = min(95, 12 * KILLS)
DOSE = Dose(sets=1, reps=100, rest_s=1.0)


@pytest.fixture(scope="module")
def messages() -> list[bytes]:
    frames = list(squats(REPS))
    packed = [pack([frame], seq) for seq, frame in enumerate(frames, start=1)]
    return [*packed, pack_control(Kind.FINISH, len(frames) + 1, frames[-1].t_s + 0.1, "tired")]


@pytest.fixture
def exercising(tmp_path: Path) -> Clinic:
    return seed(tmp_path, dose=DOSE)


@pytest.fixture
def served(exercising: Clinic) -> Iterator[Served]:
    made = Served(exercising)
    made.start()
    yield made
    made.stop()


def _undisturbed(messages: list[bytes]) -> list[Event]:
    """What one process that nobody kills makes of it."""
    kept: list[Event] = []
    case = Case(catalogue.load("squat"), Prescription(dose=DOSE), keep_series=False)
    claim = Claim("", "", 1, 0, 0.0, 0, None)
    running = RunningSession(
        claim, case, [], lambda _claim, progress: kept.extend(e for _, e in progress.events)
    )
    for message in messages:
        running.take(message)
    return kept


def _kill_again_and_again(served: Served, page: Page) -> int:
    """Send, kill at a random moment, restart, resume. Returns how often it was killed."""
    chance = random.Random(20261124)
    kills = 0
    page.log_in()
    while not page.done:
        page.connect()
        if kills >= KILLS:
            page.send_until(time.monotonic() + 120)
            break
        killer = threading.Timer(soon(chance) - time.monotonic(), served.kill)
        killer.start()
        try:
            page.send_until(time.monotonic() + 120)
        except exceptions.SocketIOError:
            assert not served.alive, "the connection broke although nobody was killed"
        killer.join()
        page.disconnect()
        kills += 1
        served.start()
    page.disconnect()
    return kills


# the client library leaves the sockets of a killed server to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.mark.timeout(300 + 10 * KILLS)
def test_nothing_acknowledged_is_lost_doubled_or_out_of_order(
    served: Served, exercising: Clinic, messages: list[bytes]
) -> None:
    page = Page(served, exercising, messages)
    kills = _kill_again_and_again(served, page)
    database = Database(exercising.settings.database)
    with database.reading() as session:
        kept = sessions.events(session, page.session)
        row = session.get_one(PatientSession, page.session)
        check = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
        synchronous = session.connection().exec_driver_sql("PRAGMA synchronous").scalar()
    reps = [event.rep for event in kept if isinstance(event, RepCompleted)]
    told = [rep["index"] for rep in page.acknowledged]
    print(f"\n{kills} kills, {len(reps)} repetitions kept, {len(told)} acknowledged")
    assert kills >= KILLS
    assert told == sorted(set(told)), "acknowledged twice, or out of order"
    assert set(told) <= {rep.index for rep in reps}, "acknowledged and lost"
    assert [rep.index for rep in reps] == list(range(1, len(reps) + 1))
    assert kept == _undisturbed(messages)
    assert (row.status, row.stop_reason, row.reps) == ("done", "tired", len(reps))
    assert (check, synchronous) == ("ok", 2)
    database.close()


@pytest.mark.timeout(300)
def test_what_was_stored_through_a_crash_replays_to_the_same_events(
    served: Served, exercising: Clinic, messages: list[bytes]
) -> None:
    page = Page(served, exercising, messages)
    page.log_in()
    page.connect()
    while len(page.acknowledged) < 2:
        page.send_one()
    served.kill()
    page.disconnect()
    served.start()
    page.connect()
    while len(page.acknowledged) < 4:
        page.send_one()
    page.disconnect()
    database = Database(exercising.settings.database)
    with database.reading() as session:
        kept = sessions.events(session, page.session)
        row = session.get_one(PatientSession, page.session)
        series = archive.assemble(session, row)
    database.close()
    assert series is not None
    replayed = [event for step in replay(series, catalogue.load("squat")) for event in step.events]
    assert replayed[: len(kept)] == kept
    assert sum(isinstance(event, RepCompleted) for event in kept) == 4
