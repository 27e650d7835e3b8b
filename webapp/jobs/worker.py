"""Who does the long work: takes a job, has a child do it, keeps the lease, files what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

import structlog

from coach.errors import CoachError
from webapp.jobs import tidying
from webapp.jobs.kinds import KINDS, Kind, Place
from webapp.jobs.process import Child, Ended
from webapp.jobs.wire import Done, Progress, Refused, Task
from webapp.settings import Settings
from webapp.store import jobs
from webapp.store.base import utc_now
from webapp.store.engine import Database, DatabaseFault, Session
from webapp.store.jobs import Claim

log = structlog.get_logger(__name__)

T = TypeVar("T")
LOOK_EVERY_S: Final = 1.0
RENEW_EVERY_S: Final = 3.0
_LISTEN_S: Final = 0.25
_TIDY_EVERY_S: Final = 3600.0
#: What is told of a child that died: of its limits, of an accident, of too little time.
CRASHED, TOO_SLOW = "crashed", "too_slow"


class Worker:
    """Does one job after the other, until it is told to stop. Several may share a database.

    Args:
        database: where the jobs are.
        settings: limits of a job, and where files lie.
        clock: monotonic seconds; now: wall clock.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database, self._settings = database, settings
        self._clock, self._now = clock, now
        self._place = Place.of(settings)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._tidied_at = -_TIDY_EVERY_S

    def start(self) -> None:
        """In a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="jobs", daemon=True)
        self._thread.start()

    def ask_to_stop(self) -> None:
        """At the next breath; without waiting for it."""
        self._stop.set()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Give back what is being done, end its child, and wait for both."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def run(self) -> None:
        """Until stopped. A database that is away is asked again."""
        while not self._stop.is_set():
            try:
                busy = self.work_once()
                self._tidy_now_and_then()
            except (DatabaseFault, OSError) as error:
                log.warning("jobs_not_done", cause=type(error).__name__)
                busy = False
            if not busy:
                self._stop.wait(LOOK_EVERY_S)

    def work_once(self) -> bool:
        """Take the next job and do it to its end. False when there was none."""
        with self._database.reading() as session:
            if not jobs.due(session, self._now()):
                return False
        with self._database.writing() as session:
            mine = jobs.claim(session, self._now())
        if mine is None:
            return False
        log.info("job_begun", job=mine.job_id, kind=mine.kind, attempt=mine.attempt)
        outcome = self.perform(mine)
        log.info("job_left", job=mine.job_id, outcome=outcome)
        return True

    def perform(self, mine: Claim) -> str:
        """Do a claimed job: the body of a task, whoever queues it. Says in one word how it went."""
        kind = KINDS.get(mine.kind)
        if kind is None:
            return self._fail(mine, None, Refused("unknown"))
        try:
            heard = self._watch(mine, kind)
            if isinstance(heard, Done):
                return self._file(mine, kind, heard)
        except Ended as ended:
            log.warning("job_child_died", job=mine.job_id, code=ended.code)
            heard = Refused(CRASHED, again=True)
        if isinstance(heard, Refused):
            return self._fail(mine, kind, heard)
        if self._stop.is_set():
            self._write(lambda session: jobs.release(session, mine))
            return "released"
        self._tidy(mine, kind)
        return "lost"

    def _watch(self, mine: Claim, kind: Kind) -> Done | Refused | None:
        """Have a child do it. None when it is not to be gone on with. Raises Ended."""
        settings = self._settings
        limit_s = 60 * settings.job_minutes
        args = kind.args(mine, self._place)
        task = Task(kind.run, args, settings.job_memory_mb, limit_s)
        until = self._clock() + limit_s
        renewed, share = self._clock(), 0.0
        with Child(task) as child:
            while not self._stop.is_set():
                said = child.hear(_LISTEN_S)
                if isinstance(said, Done | Refused):
                    return said
                share = said.share if isinstance(said, Progress) else share
                if self._clock() > until:
                    return Refused(TOO_SLOW)
                if self._clock() - renewed >= RENEW_EVERY_S:
                    renewed = self._clock()
                    if not self._renew(mine, share):
                        return None
        return None

    def _renew(self, mine: Claim, share: float) -> bool:
        """False when somebody else has the job, or nobody wants it any more. A hiccup of the database is neither."""
        try:
            return self._write(lambda session: jobs.renew(session, mine, share, self._now()))
        except DatabaseFault:
            return True

    def _file(self, mine: Claim, kind: Kind, done: Done) -> str:
        """The result and the end of the job, in one transaction."""

        def both(session: Session) -> bool:
            if not jobs.holds(session, mine):
                return False
            kept = kind.file(session, mine, done.result, self._place, self._now())
            return jobs.finish(session, mine, kept, self._now())

        try:
            filed = self._write(both)
        except (CoachError, OSError, ValueError) as error:
            log.warning("job_not_filed", job=mine.job_id, cause=type(error).__name__)
            return self._fail(mine, kind, Refused(CRASHED, again=True))
        self._tidy(mine, kind)
        return "done" if filed else "lost"

    def _fail(self, mine: Claim, kind: Kind | None, why: Refused) -> str:
        def over(session: Session) -> bool:
            jobs.fail(session, mine, why.error, self._now(), again=why.again)
            return not jobs.is_open(session, mine.job_id)

        ended = self._write(over)
        if ended and kind is not None:
            self._tidy(mine, kind)
        return why.error

    def _tidy(self, mine: Claim, kind: Kind) -> None:
        """Only what nobody will need any more: another may have taken the job up."""
        with self._database.reading() as session:
            if jobs.is_open(session, mine.job_id):
                return
        kind.tidy(mine.args, self._place)

    def _tidy_now_and_then(self) -> None:
        if self._clock() - self._tidied_at >= _TIDY_EVERY_S:
            self._tidied_at = self._clock()
            tidying.forget_orphans(self._database, self._place.uploads, self._now())

    def _write(self, work: Callable[[Session], T]) -> T:
        with self._database.writing() as session:
            return work(session)
