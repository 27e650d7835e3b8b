"""Group commit: one thread writes for all live sessions, so that thirty of them share the disk's syncs.

A unit of work is a function of a database session. Units that arrive within the window are committed together, each
in a savepoint of its own: one that fails takes nothing else with it. A future is done only after the commit.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from webapp.store.engine import Database

T = TypeVar("T")
WINDOW_S = 0.01
MAX_BATCH = 64


@dataclass(slots=True)
class _Unit:
    work: Callable[[Session], Any]
    future: Future[Any]
    result: Any = None


class Writer:
    """The single writer of live sessions. Thread-safe; the thread starts with the first unit.

    Args:
        database: where to write.
        window_s: how long to wait for company after the first unit of a batch, at most 0.02 s.
    """

    def __init__(self, database: Database, window_s: float = WINDOW_S) -> None:
        if not 0.0 <= window_s <= 0.02:
            raise ValueError(f"window_s should be 0 to 0.02 seconds, but is {window_s}.")
        self._database = database
        self._window_s = window_s
        self._queue: queue.Queue[_Unit | None] = queue.Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        """Queue one unit. The future holds its result after the commit, or the error that kept it from happening."""
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("The writer is closed.")
            self._queue.put(_Unit(work, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="group-commit", daemon=True)
                self._thread.start()
        return future

    def close(self, timeout_s: float = 10.0) -> None:
        """Commit what is queued, then stop."""
        with self._lock:
            self._closed = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, more = self._company(first)
            self._commit(batch)
            if not more:
                return

    def _company(self, first: _Unit) -> tuple[list[_Unit], bool]:
        """The batch that `first` opens, and whether the writer goes on after it."""
        batch = [first]
        until = time.monotonic() + self._window_s
        while len(batch) < MAX_BATCH:
            try:
                unit = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if unit is None:
                return batch, False
            batch.append(unit)
        return batch, True

    def _commit(self, batch: list[_Unit]) -> None:
        done: list[_Unit] = []
        try:
            with self._database.writing() as session:
                done = [unit for unit in batch if _try(session, unit)]
        except Exception as error:  # noqa: BLE001 - a thread that dies would hang every session: each caller gets it
            for unit in batch:
                if not unit.future.done():
                    unit.future.set_exception(error)
            return
        for unit in done:
            unit.future.set_result(unit.result)


def _try(session: Session, unit: _Unit) -> bool:
    """Do one unit in its own savepoint; a failure goes to its caller alone."""
    try:
        with session.begin_nested():
            unit.result = unit.work(session)
    except Exception as error:  # noqa: BLE001 - handed to the caller through the future
        unit.future.set_exception(error)
        return False
    return True
