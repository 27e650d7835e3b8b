"""Leases: one job is one worker's at a time, a dead one's is taken up again, and nothing is ended twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webapp.store.test_history import cast
from webapp.store import jobs
from webapp.store.access import Actor
from webapp.store.engine import Database, Session
from webapp.store.job_tables import Job
from webapp.store.jobs import GAVE_UP, LEASE, MOST_ATTEMPTS, Claim

T = TypeVar("T")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SOON = timedelta(seconds=1)
LATE = LEASE + SOON


@dataclass
class Line:
    """The jobs of a database, at a time that the test sets."""

    store: Database
    actor: Actor
    now: datetime = NOON

    def do(self, work: Callable[[Session], T]) -> T:
        with self.store.writing() as session:
            return work(session)

    def put(self) -> str:
        return self.do(lambda session: jobs.enqueue(session, self.actor, "video", {}).id)

    def take(self) -> Claim | None:
        return self.do(lambda session: jobs.claim(session, self.now))

    def must_take(self) -> Claim:
        mine = self.take()
        assert mine is not None
        return mine

    def finish(self, mine: Claim) -> bool:
        return self.do(lambda session: jobs.finish(session, mine, {"n": mine.attempt}, self.now))

    def renew(self, mine: Claim, share: float) -> bool:
        return self.do(lambda session: jobs.renew(session, mine, share, self.now))

    def fail(self, mine: Claim, error: str, *, again: bool = False) -> bool:
        return self.do(lambda session: jobs.fail(session, mine, error, self.now, again=again))

    def read(self, job_id: str) -> Job:
        with self.store.reading() as session:
            return session.get_one(Job, job_id)


@pytest.fixture
def line(store: Database) -> Line:
    return Line(store, cast(store)[0])


def test_the_oldest_job_is_taken_once(line: Line) -> None:
    first, second = line.put(), line.put()
    assert [line.must_take().job_id, line.must_take().job_id] == [first, second]
    assert line.take() is None


def test_an_idle_worker_only_reads(line: Line) -> None:
    line.put()
    with line.store.reading() as session:
        assert jobs.due(session, NOON)
    line.take()
    with line.store.reading() as session:
        assert not jobs.due(session, NOON)
        assert jobs.due(session, NOON + LATE)


def test_a_renewed_lease_is_kept_and_a_dead_workers_job_is_taken_up_again(line: Line) -> None:
    job = line.put()
    dead = line.must_take()
    line.now += LEASE - SOON
    assert line.renew(dead, 0.4)
    line.now += LEASE - SOON
    assert line.take() is None
    line.now += LATE
    heir = line.must_take()
    assert (heir.job_id, heir.attempt) == (job, 2)
    assert not line.renew(dead, 0.9)
    assert not line.finish(dead)
    assert not line.fail(dead, "crashed")
    assert line.finish(heir)
    assert line.read(job).result == {"n": 2}


def test_a_job_ends_once(line: Line) -> None:
    job = line.put()
    mine = line.must_take()
    assert line.finish(mine)
    assert not line.finish(mine)
    assert not line.fail(mine, "crashed")
    row = line.read(job)
    assert (row.status, row.progress, row.finished_at) == ("done", 1.0, NOON)


def test_what_kills_every_worker_is_given_up(line: Line) -> None:
    job = line.put()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert line.must_take().attempt == attempt
        line.now += LATE
    assert line.take() is None
    assert (line.read(job).status, line.read(job).error) == ("failed", GAVE_UP)


def test_a_failure_may_be_tried_again_but_not_for_ever(line: Line) -> None:
    job = line.put()
    for _ in range(MOST_ATTEMPTS - 1):
        assert line.fail(line.must_take(), "crashed", again=True)
        assert line.read(job).status == "waiting"
    assert line.fail(line.must_take(), "crashed", again=True)
    assert (line.read(job).status, line.read(job).error) == ("failed", "crashed")


def test_a_job_given_back_keeps_its_attempts(line: Line) -> None:
    job = line.put()
    mine = line.must_take()
    line.do(lambda session: jobs.release(session, mine))
    assert (line.read(job).status, line.read(job).attempts) == ("waiting", 0)


def test_who_does_a_job_that_was_called_off_hears_of_it(line: Line) -> None:
    job = line.put()
    mine = line.must_take()
    assert line.do(lambda session: jobs.cancel(session, session.get_one(Job, job), NOON))
    assert not line.renew(mine, 0.5)
    assert not line.finish(mine)
    assert line.read(job).status == "cancelled"
    assert not line.do(lambda session: jobs.cancel(session, session.get_one(Job, job), NOON))


def test_what_is_shown_never_goes_back(line: Line) -> None:
    job = line.put()
    mine = line.must_take()
    for share, shown in ((0.3, 0.3), (0.1, 0.3), (7.0, 1.0), (-1.0, 1.0)):
        assert line.renew(mine, share)
        assert line.read(job).progress == shown


STEPS = st.lists(st.sampled_from(["take", "die", "renew", "finish", "fail", "late"]), max_size=14)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_whatever_happens_a_job_has_one_holder_and_one_end(line: Line, steps: list[str]) -> None:
    """The newest claim alone can write, and an end is final."""
    job, claims, ended = line.put(), [], ""
    for step in steps:
        if step == "take" and (mine := line.take()) is not None and mine.job_id == job:
            claims.append(mine)
        elif step == "die":
            line.now += LATE
        elif claims:
            stale = claims[0] if step == "late" else claims[-1]
            before = line.read(job)
            wrote = {"renew": line.renew(stale, 0.5)} if step == "renew" else {}
            if step in ("finish", "late"):
                wrote = {"done": line.finish(stale)}
            if step == "fail":
                wrote = {"failed": line.fail(stale, "nobody")}
            if any(wrote.values()):
                assert (before.status, before.owner) == ("running", stale.owner)
        status = line.read(job).status
        assert not ended or status == ended
        ended = status if status in ("done", "failed", "cancelled") else ended
    line.do(lambda session: jobs.cancel(session, session.get_one(Job, job), line.now))
