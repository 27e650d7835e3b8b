"""The sessions that run in this process: who has which, how they begin, go on, and are let go."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from typing import Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field

from coach.events import Event, RepCompleted
from coach.session import ENGINE_VERSION
from webapp import doses
from webapp.live import archive
from webapp.live.running import Case, RunningSession, StorageError
from webapp.store import access, consents, exercises, helping, programs, sessions
from webapp.store.access import Actor
from webapp.store.base import utc_now
from webapp.store.engine import Database, DatabaseFault, Session
from webapp.store.series import SeriesStore
from webapp.store.session_tables import PatientSession
from webapp.store.sessions import Claim, Plan, Progress
from webapp.store.tables import PrescriptionVersion
from webapp.store.writer import Writer

log = structlog.get_logger(__name__)

COMMIT_TIMEOUT_S = 10.0
SWEEP_EVERY_S = 300.0


class Ask(BaseModel):
    """What a page asks for when it opens a session.

    `session` and `epoch` are those it had before a cut: it only wants back what it had, judged as before. Without
    them it takes the unfinished session of this prescription, or begins one: also when the therapist has changed
    what is prescribed since. `short`: one set is enough today.
    """

    model_config = ConfigDict(strict=True, extra="forbid")

    prescription: str = Field(min_length=1, max_length=36)
    source: Literal["camera", "clip"]
    short: bool = False
    session: str | None = Field(default=None, max_length=36)
    epoch: int | None = Field(default=None, ge=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that is now the asker's: what it is judged by, from where to go on, and the repetitions so far."""

    session: str
    epoch: int
    seen: int
    t_s: float
    elapsed_s: float
    resumed: bool
    reps: tuple[RepCompleted, ...]
    case: Case


class Registry:
    """Running sessions by connection. Thread-safe."""

    def __init__(self, database: Database, writer: Writer, series: SeriesStore) -> None:
        self._database, self._writer, self._series = database, writer, series
        self._lock = threading.Lock()
        self._by_connection: dict[str, RunningSession] = {}
        self._filing = ThreadPoolExecutor(1, thread_name_prefix="filing")
        self._swept = threading.Event()
        self._closed = threading.Event()

    def open(self, connection: str, actor: Actor, ask: Ask) -> tuple[Opened, str | None]:
        """Give a session to a connection. Also says which other connection of this process has just lost it.

        Raises NotVisible, SessionOverError, StaleEpochError (only with `ask.epoch`), StorageError.
        """
        self._sweep_now_and_then()
        self.close(connection)
        wanted = self._unfinished(actor, ask)
        loser = self._take_from_whoever_has(wanted)
        with self._database.writing() as session:
            outdated = ask.session is None and self._outdated(session, actor, ask, wanted)
            row = self._row(session, actor, ask, None if outdated else wanted)
            claim = sessions.claim(session, row.id, actor.account_id, utc_now(), ask.epoch)
            helping.mark(session, actor, row)
            earlier = sessions.events(session, row.id)
            running = RunningSession(claim, _case(session, row), earlier, self._commit)
        with self._lock:
            self._by_connection[connection] = running
        if outdated and wanted is not None:
            self._file(wanted)
        return _opened(row, running, earlier, resumed=row.id == wanted), loser

    def of(self, connection: str) -> RunningSession | None:
        """The session that a connection runs."""
        return self._by_connection.get(connection)

    def close(self, connection: str) -> None:
        """The connection is gone: commit what waits. Whoever comes back goes on from there."""
        with self._lock:
            running = self._by_connection.pop(connection, None)
        if running is not None:
            running.flush()
            running.lose()

    def file(self, running: RunningSession) -> None:
        """Have an ended session filed, in the background."""
        self._file(running.claim.session_id)

    def _file(self, session_id: str) -> None:
        self._filing.submit(archive.file_session, self._database, self._series, session_id)

    def shut_down(self) -> None:
        """Commit everything that waits, finish filing, stop writing."""
        self._closed.set()
        for connection in list(self._by_connection):
            self.close(connection)
        self._filing.shutdown()
        self._writer.close()

    def _unfinished(self, actor: Actor, ask: Ask) -> str | None:
        with self._database.reading() as session:
            access.require_prescription(session, actor, ask.prescription)
            if ask.session is None:
                return sessions.resumable(
                    session, actor.person_id, ask.prescription, ask.source, utc_now()
                )
            row = sessions.get(session, actor.clinic_id, ask.session)
            if row is None or row.patient_id != actor.person_id:
                raise access.NotVisible
            sessions.require_epoch(
                session, row.id, ask.epoch
            )  # before anything is taken from its owner
            return row.id

    @staticmethod
    def _outdated(session: Session, actor: Actor, ask: Ask, wanted: str | None) -> bool:
        """Whether the unfinished session is judged by what is not prescribed any more; if so it is over."""
        if wanted is None:
            return False
        row = session.get_one(PatientSession, wanted)
        if row.version_id == programs.current(session, ask.prescription).id:
            return False
        sessions.leave(session, sessions.claim(session, wanted, actor.account_id, utc_now()))
        return True

    def _take_from_whoever_has(self, session_id: str | None) -> str | None:
        with self._lock:
            holders = (
                at
                for at, running in self._by_connection.items()
                if running.claim.session_id == session_id
            )
            holder = next(holders, None)
        if holder is not None:
            self.close(holder)
        return holder

    def _row(self, session: Session, actor: Actor, ask: Ask, wanted: str | None) -> PatientSession:
        if wanted is not None:
            return session.get_one(PatientSession, wanted)
        prescription = access.require_prescription(session, actor, ask.prescription)
        patient = access.require_patient(session, actor, prescription.patient_id)
        plan = Plan(ask.source, ENGINE_VERSION, consents.given(session, patient.id), ask.short)
        return sessions.begin(
            session,
            patient,
            prescription,
            programs.current(session, prescription.id),
            plan,
            utc_now(),
        )

    def _commit(self, claim: Claim, progress: Progress) -> None:
        done: Future[None] = self._writer.submit(
            lambda session: sessions.append(session, claim, progress, utc_now())
        )
        try:
            done.result(COMMIT_TIMEOUT_S)
        except (DatabaseFault, FutureTimeoutError) as error:
            raise StorageError(str(error)) from error

    def _sweep_now_and_then(self) -> None:
        """The first session after a start, and a timer from then on, look for sessions that were left alone."""
        with self._lock:
            if self._swept.is_set():
                return
            self._swept.set()
        threading.Thread(target=self._sweep, name="sweep", daemon=True).start()

    def _sweep(self) -> None:
        while not self._closed.is_set():
            try:
                archive.sweep(self._database, self._series)
            except DatabaseFault as error:
                log.warning("sweep_failed", cause=str(error))
            self._closed.wait(SWEEP_EVERY_S)


def _case(session: Session, row: PatientSession) -> Case:
    version = session.get_one(PrescriptionVersion, row.version_id)
    program = programs.of_patient(session, row.patient_id)
    others = dict.fromkeys(one.exercise_id for one in program if one.exercise_id != row.exercise_id)
    exercise = exercises.load(session, row.clinic_id, row.exercise_id, row.started_at)
    prescribed = programs.judged(session, version, row.local_date)
    return Case(
        exercise,
        doses.of_day(exercise, prescribed, short=row.short),
        row.keep_series,
        tuple(exercises.load(session, row.clinic_id, one) for one in others),
    )


def _opened(
    row: PatientSession, running: RunningSession, earlier: Sequence[Event], *, resumed: bool
) -> Opened:
    return Opened(
        session=row.id,
        epoch=running.claim.epoch,
        seen=running.claim.last_seq,
        t_s=running.claim.last_t_s,
        elapsed_s=max(0.0, (utc_now() - row.started_at).total_seconds()),
        resumed=resumed,
        reps=tuple(event for event in earlier if isinstance(event, RepCompleted)),
        case=running.case,
    )
