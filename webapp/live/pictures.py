"""Pictures of patients whose browser cannot find a body by itself: looked at in processes of their own, then forgotten.

A slot is one patient's process. There are as many as fit; who comes when all are taken is told so at once. A picture
passes through this process as the bytes that came, unopened, and is neither written nor logged.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

import structlog

from coach.errors import ModelError
from coach.io.jpeg_landmarker import MAX_BYTES, JpegLandmarker, Seen

log = structlog.get_logger(__name__)

IDLE_S: Final = 60.0
"""A slot that was sent nothing for so long is given to others; whoever comes back takes a new one."""
_LOOK_ROUND_S: Final = 15.0
_MOST_CRASHES: Final = 3
"""A process that dies is replaced so often in one stay: who kills it every time is not served."""

Refusal = Literal["full", "loading", "unreadable", "failed"]


class Eye(Protocol):
    """What looks at the pictures of one patient (`JpegLandmarker`)."""

    def ready(self) -> bool:
        """Whether its model is loaded."""

    def look(self, jpeg: bytes, at_ms: int) -> Seen | None:
        """What is in a picture; None when it is none. Raises ModelError."""

    def close(self) -> None:
        """End it."""


@dataclass(slots=True)
class _Slot:
    eye: Eye
    used: float
    crashes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Pictures:
    """The slots of this process. Thread-safe.

    Args:
        capacity: how many patients at a time; 0 takes no pictures at all.
        make: starts what looks; clock: monotonic seconds.
    """

    def __init__(
        self,
        capacity: int,
        make: Callable[[], Eye] = JpegLandmarker,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.capacity = capacity
        self._make, self._clock = make, clock
        self._lock = threading.Lock()
        self._slots: dict[str, _Slot] = {}
        self._closed = threading.Event()
        self._sweeper: threading.Thread | None = None

    @property
    def taken(self) -> int:
        """How many slots are in use."""
        return len(self._slots)

    @property
    def room(self) -> bool:
        """Whether one more patient fits."""
        self.free_idle()
        return len(self._slots) < self.capacity

    def look(self, connection: str, jpeg: bytes, at_ms: int) -> Seen | Refusal:
        """What is in one picture of the patient on this connection, who gets a slot with the first one."""
        if len(jpeg) > MAX_BYTES:
            return "unreadable"
        try:
            slot = self._slot(connection)
            return "full" if slot is None else self._ask(slot, jpeg, at_ms)
        except ModelError as error:
            log.warning("pictures_not_looked_at", cause=str(error))
            return self._replace(connection)

    def release(self, connection: str) -> None:
        """The patient has gone: end their process."""
        with self._lock:
            slot = self._slots.pop(connection, None)
        if slot is not None:
            with slot.lock:
                slot.eye.close()

    def free_idle(self) -> None:
        """Take back the slots that were sent nothing for a while."""
        old = self._clock() - IDLE_S
        for connection in [at for at, slot in self._slots.copy().items() if slot.used < old]:
            self.release(connection)

    def shut_down(self) -> None:
        """End every process."""
        self._closed.set()
        for connection in list(self._slots):
            self.release(connection)

    def _slot(self, connection: str) -> _Slot | None:
        """The connection's slot, a new one, or None when all are taken. Raises ModelError."""
        slot = self._slots.get(connection)
        if slot is None and self.room:
            with self._lock:
                if len(self._slots) < self.capacity and not self._closed.is_set():
                    slot = self._slots[connection] = _Slot(self._make(), self._clock())
            self._watch()
        return slot

    def _ask(self, slot: _Slot, jpeg: bytes, at_ms: int) -> Seen | Refusal:
        slot.used = self._clock()
        with slot.lock:
            if not slot.eye.ready():
                return "loading"
            return slot.eye.look(jpeg, at_ms) or "unreadable"

    def _replace(self, connection: str) -> Refusal:
        """A new process in place of one that died."""
        with self._lock:
            slot = self._slots.get(connection)
            if slot is None:
                return "loading"  # freed at this very moment: the next picture takes a new one
            slot.crashes += 1
            slot.eye.close()
            if slot.crashes <= _MOST_CRASHES:
                try:
                    slot.eye = self._make()
                except ModelError:
                    return "failed"
                return "loading"
            return "failed"

    def _watch(self) -> None:
        """Look for idle slots as long as there are any; the thread comes with the first one."""
        with self._lock:
            if self._sweeper is None or not self._sweeper.is_alive():
                self._sweeper = threading.Thread(target=self._sweep, name="pictures", daemon=True)
                self._sweeper.start()

    def _sweep(self) -> None:
        while self._slots and not self._closed.wait(_LOOK_ROUND_S):
            self.free_idle()
