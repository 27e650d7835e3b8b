"""One running session: what it commits and when, what it tells, and that restarts change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.events import Event, FrameRejected, RepCompleted, SegmentStarted
from coach.exercise import Dose, Prescription
from coach.frame import PoseFrame
from poses import catalogue
from tests.webapp.live.clinic import squats
from webapp.live.messages import Kind, pack, pack_control
from webapp.live.running import COMMIT_EVERY_S, Case, Reply, RunningSession, StorageError, count
from webapp.store.sessions import Claim, Progress, StaleEpochError

CASE = Case(
    catalogue.load("squat"), Prescription(dose=Dose(sets=2, reps=3, rest_s=2.0)), keep_series=True
)
FRESH = Claim("session", "clinic", 1, 0, 0.0, 0, None)
STREAM = [pack([frame], seq) for seq, frame in enumerate(squats(7), start=1)]


@dataclass
class Disk:
    """What was committed, and what the next commit does."""

    commits: list[Progress] = field(default_factory=list)
    error: Exception | None = None
    now_s: float = 0.0

    def commit(self, _claim: Claim, progress: Progress) -> None:
        if self.error is not None:
            raise self.error
        self.commits.append(progress)

    @property
    def events(self) -> list[Event]:
        return [event for progress in self.commits for _, event in progress.events]

    def session(self, claim: Claim = FRESH, earlier: Iterable[Event] = ()) -> RunningSession:
        return RunningSession(claim, CASE, list(earlier), self.commit, clock=lambda: self.now_s)

    def claim(self) -> Claim:
        """What a restarted server would read."""
        last = self.commits[-1]
        ordinal = last.first_ordinal + len(last.events) - 1
        return Claim("session", "clinic", 2, last.last_seq, last.last_t_s, ordinal, last.snapshot)


@pytest.fixture
def disk() -> Disk:
    return Disk()


def _play(disk: Disk, session: RunningSession, messages: Iterable[bytes] = STREAM) -> list[Reply]:
    replies = []
    for message in messages:
        disk.now_s += 1 / 15
        replies.append(session.take(message))
    return replies


@cache
def _undisturbed() -> list[Event]:
    """What a session makes of the stream when nothing goes wrong."""
    disk = Disk()
    _play(disk, disk.session())
    return disk.events


def _reps(events: Iterable[Event]) -> list[int]:
    return [event.rep.index for event in events if isinstance(event, RepCompleted)]


def test_every_event_is_told_once_and_only_when_it_is_durable(disk: Disk) -> None:
    session = disk.session()
    told: list[Event] = []
    for message in STREAM:
        disk.now_s += 1 / 15
        told.extend(session.take(message).events)
        assert told == disk.events
    assert _reps(told) == [1, 2, 3, 4, 5, 6]
    assert session.ended == "finished"
    assert session.over


def test_without_events_it_commits_at_least_every_two_seconds(disk: Disk) -> None:
    session = disk.session()
    still = [pack([frame], seq) for seq, frame in enumerate(squats(0, still_s=20), start=1)]
    times: list[float] = []
    for message in still:
        disk.now_s += 1 / 15
        before = len(disk.commits)
        session.take(message)
        if len(disk.commits) > before:
            times.append(disk.now_s)
    gaps = [late - early for early, late in pairwise(times)]
    assert max(gaps) <= COMMIT_EVERY_S + 1 / 15 + 1e-6
    assert len(times) < len(still) / 10


def test_what_came_before_is_not_judged_again(disk: Disk) -> None:
    session = disk.session()
    _play(disk, session, [message for message in STREAM for _ in range(2)])
    assert _reps(disk.events) == [1, 2, 3, 4, 5, 6]
    assert disk.events == _undisturbed()


def test_a_hole_is_not_jumped_over(disk: Disk) -> None:
    session = disk.session()
    _play(disk, session, STREAM[:10])
    reply = session.take(STREAM[12])
    assert (reply.error, reply.seen) == ("missing", 10)
    assert session.take(STREAM[10]).seen == 11


def test_a_message_that_is_none_makes_one_event_and_the_session_goes_on(disk: Disk) -> None:
    session = disk.session()
    _play(disk, session, STREAM[:5])
    assert [session.take(b"rubbish").error for _ in range(50)] == ["malformed"] * 50
    assert [event for event in disk.events if isinstance(event, FrameRejected)] == [
        FrameRejected(t_s=pytest.approx(4 / 15), reason="malformed")
    ]
    _play(disk, session, STREAM[5:])
    assert _reps(disk.events) == [1, 2, 3, 4, 5, 6]


def test_broken_numbers_make_one_event_and_a_gap(disk: Disk) -> None:
    session = disk.session()
    stream = list(STREAM)
    for index in range(20, 24):
        stream[index] = stream[index][:100] + b"\xff\xff\xff\x7f" + stream[index][104:]
    _play(disk, session, stream)
    assert sum(isinstance(event, FrameRejected) for event in disk.events) == 1
    assert session.seen == len(STREAM)
    assert _reps(disk.events) == [1, 2, 3, 4, 5, 6]


def test_while_the_disk_refuses_nothing_is_told_and_nothing_is_lost(disk: Disk) -> None:
    session = disk.session()
    _play(disk, session, STREAM[:100])
    durable = session.durable
    disk.error = StorageError("disk full")
    replies = _play(disk, session, STREAM[100:200])
    assert {reply.durable for reply in replies} == {durable}
    assert not any(reply.events for reply in replies)
    assert replies[-1].error == "storage"
    disk.error = None
    _play(disk, session, STREAM[200:])
    assert disk.events == _undisturbed()


def test_whoever_lost_the_session_writes_and_tells_no_more(disk: Disk) -> None:
    session = disk.session()
    _play(disk, session, STREAM[:50])
    kept = len(disk.commits)
    disk.error = StaleEpochError("session")
    replies = _play(disk, session, STREAM[50:])
    assert replies[-1].error == "taken"
    assert len(disk.commits) == kept
    assert not session.flush()


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, len(STREAM) - 1), max_size=6))
def test_restarts_at_any_frames_change_no_event(stops: list[int]) -> None:
    disk = Disk()
    session = disk.session()
    for stop in [*sorted(stops), len(STREAM)]:
        _play(disk, session, STREAM[session.seen : stop])
        if disk.commits:  # a kill: whatever was not committed is gone, and sent again
            session = disk.session(disk.claim(), disk.events)
    _play(disk, session, STREAM[session.seen :])
    assert disk.events == _undisturbed()


def test_a_snapshot_of_another_engine_starts_a_segment_and_keeps_the_repetitions(
    disk: Disk,
) -> None:
    session = disk.session()
    _play(disk, session, STREAM[:150])
    before = count(disk.events)
    assert before.reps > 0
    other_engine = Claim(
        "session", "clinic", 2, session.seen, 10.0, len(disk.events), b"not of this engine"
    )
    session = disk.session(other_engine, disk.events)
    reply = session.take(STREAM[150])
    assert sum(isinstance(event, SegmentStarted) for event in disk.events) == 1
    assert reply.step is not None
    assert reply.step["counts"]["reps"] == before.reps


def test_pause_and_finish_keep_their_place_among_the_frames(disk: Disk) -> None:
    session = disk.session()
    _play(disk, session, STREAM[:120])
    t_s = 120 / 15
    session.take(pack_control(Kind.PAUSE, 121, t_s))
    session.take(pack_control(Kind.RESUME, 122, t_s + 30))
    reply = session.take(pack_control(Kind.FINISH, 123, t_s + 31, "tired"))
    assert reply.durable == 123
    assert session.ended == "tired"
    assert disk.commits[-1].reason == "tired"
    assert reply.step is not None
    assert reply.step["state"] == "done"


def test_after_the_end_everything_is_taken_and_nothing_changes(disk: Disk) -> None:
    session = disk.session()
    _play(disk, session)
    kept = len(disk.commits)
    last = len(STREAM)
    frame = next(iter(squats(1, start_s=60)))
    reply = session.take(pack([frame], last + 1))
    finish = session.take(pack_control(Kind.FINISH, last + 2, 70.0, "finished"))
    assert (reply.durable, finish.durable) == (last + 1, last + 2)
    assert len(disk.commits) == kept


def test_without_consent_no_landmark_is_kept(disk: Disk) -> None:
    case = Case(CASE.exercise, CASE.prescription, keep_series=False)
    session = RunningSession(FRESH, case, [], disk.commit, clock=lambda: disk.now_s)
    _play(disk, session)
    assert _reps(disk.events) == [1, 2, 3, 4, 5, 6]
    assert all(progress.chunk is None for progress in disk.commits)


def test_a_snapshot_stays_small_however_long_the_session(disk: Disk) -> None:
    session = disk.session()
    endless: Iterable[PoseFrame] = squats(200, fps=10)
    _play(
        disk,
        session,
        (pack([frame], seq) for seq, frame in enumerate(islice(endless, 3000), start=1)),
    )
    assert max(len(progress.snapshot) for progress in disk.commits) <= 65536
