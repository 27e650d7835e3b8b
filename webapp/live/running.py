"""One running session: the engine, how far it has seen, and what is not yet committed.

Nothing is told before it is durable: an event reaches the page only in a reply made after its commit. The engine's
state depends on nothing but the numbered items, so that a restart or a replay of the stored series repeats it exactly.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from coach.errors import SnapshotError
from coach.events import (
    Counts,
    Event,
    FrameRejected,
    RepCompleted,
    SegmentStarted,
    SetCompleted,
    Step,
)
from coach.exercise import Exercise, Prescription
from coach.session import ENGINE_VERSION, ExerciseSession
from webapp.live.messages import Control, Item, Kind, MessageError, Moment, parse
from webapp.live.suggestions import Suggestions
from webapp.store.session_tables import StopReason
from webapp.store.sessions import Chunk, Claim, Progress, StaleEpochError

COMMIT_EVERY_S = 2.0
RETRY_AFTER_S = 1.0
#: While the disk refuses, this many messages wait here (about a minute); the page keeps the rest.
MAX_WAITING = 600


class StorageError(Exception):
    """A commit did not happen (disk full, database locked or gone); it can be tried again."""


Commit = Callable[[Claim, Progress], None]


@dataclass(frozen=True, slots=True)
class Case:
    """What a session is judged by, whether its landmarks are kept, and what else is in the patient's program."""

    exercise: Exercise
    prescription: Prescription
    keep_series: bool
    others: tuple[Exercise, ...] = ()


class Reply(msgspec.Struct, omit_defaults=True):
    """The answer to one message. `events` are durable; `step` is what to show now.

    `error`: `taken` (another window has the session), `missing` (send again from `seen` + 1), `malformed`,
    `storage` (not kept yet; keep it and go on).
    """

    seen: int
    durable: int
    step: dict[str, Any] | None = None
    events: Sequence[Event] = ()
    error: str | None = None


class RunningSession:
    """A claimed session in this process. Thread-safe.

    Args:
        claim: the ownership, with the point to go on from.
        case: exercise, prescription, consent.
        earlier: the events so far, whose repetitions count on when the engine cannot.
        commit: makes a Progress durable before it returns; raises StaleEpochError or StorageError.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        claim: Claim,
        case: Case,
        earlier: Sequence[Event],
        commit: Commit,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.claim, self.case = claim, case
        self.seen = self.durable = claim.last_seq
        self.lost = False
        self.ended: StopReason | None = None
        self._ended_at = 0
        self._commit_now, self._clock = commit, clock
        self._lock = threading.RLock()
        self._t_s = claim.last_t_s
        self._ordinal = claim.last_ordinal
        self._pending: list[tuple[int, Event]] = []
        self._untold: list[Event] = []
        self._raw: list[bytes] = []
        self._raw_from = 0
        self._step: Step | None = None
        self._committed_at = self._failed_at = self._clock()
        self._failing = self._in_bad_run = False
        self._before = Counts()
        self._sets_before = 0
        self._engine = self._resume(earlier)
        self._suggestions = Suggestions(case.exercise, case.others)

    def _resume(self, earlier: Sequence[Event]) -> ExerciseSession:
        exercise, prescription = self.case.exercise, self.case.prescription
        if self.claim.snapshot is None:
            return ExerciseSession(exercise, prescription, start="live")
        try:
            return ExerciseSession.restore(
                exercise, prescription, self.claim.snapshot, start="live"
            )
        except SnapshotError as error:
            segment = SegmentStarted(
                t_s=self._t_s, engine=ENGINE_VERSION, reason=type(error).__name__
            )
            self._pending.append((self.seen, segment))
            self._before = count(earlier)
            self._sets_before = sum(isinstance(event, SetCompleted) for event in earlier)
            return ExerciseSession(exercise, prescription, start="live")

    def take(self, data: bytes) -> Reply:
        """One message from the page: judge what is new in it, commit if there is something to keep, answer."""
        with self._lock:
            if self.lost:
                return self._reply("taken")
            if self.over:
                return self._nod(data)
            if len(self._raw) >= MAX_WAITING and not self._settle():
                return self._reply("taken" if self.lost else "storage")
            try:
                items = parse(data)
            except MessageError:
                return self._malformed()
            if items[0].seq > self.seen + 1:
                return self._reply("missing")
            self._judge_new(items, data)
            kept = self._settle()
            return self._reply(None if kept else "taken" if self.lost else "storage")

    @property
    def over(self) -> bool:
        """Whether the session has ended, durably."""
        return self.ended is not None and self.durable >= self._ended_at

    def _nod(self, data: bytes) -> Reply:
        """What still arrives after the end is taken from the page and changes nothing."""
        try:
            self.seen = self.durable = max(self.seen, parse(data)[-1].seq)
        except MessageError:
            return self._reply("malformed")
        return self._reply()

    def flush(self) -> bool:
        """Commit what is waiting (the page went away, the server stops). False when it could not be."""
        with self._lock:
            return self._settle(at_once=True)

    def lose(self) -> None:
        """Another window or process owns the session from now on."""
        with self._lock:
            self.lost = True

    def _judge_new(self, items: Sequence[Item], data: bytes) -> None:
        fresh = [item for item in items if item.seq > self.seen]
        if not fresh:
            return
        for item in fresh:
            if self.ended is None:
                self._judge(item)
            self.seen = item.seq
        self._raw_from = self._raw_from or fresh[0].seq
        self._raw.append(data)

    def _judge(self, item: Item) -> None:
        if isinstance(item, Moment) and item.broken:
            self._reject(item.seq, item.t_s)
        else:
            self._in_bad_run = False
        self._step = step = self._advance(item)
        self._t_s = max(self._t_s, item.t_s)
        events = (*step.events, *self._suggestions.look(item, step))
        self._pending.extend((item.seq, event) for event in events)
        if isinstance(item, Control) and item.kind is Kind.FINISH:
            self.ended, self._ended_at = item.reason, item.seq
        elif step.state == "done":
            self.ended, self._ended_at = "finished", item.seq

    def _advance(self, item: Item) -> Step:
        if isinstance(item, Moment):
            return (
                self._engine.miss(item.t_s) if item.frame is None else self._engine.step(item.frame)
            )
        if item.kind is Kind.PAUSE:
            return self._engine.pause(item.t_s)
        if item.kind is Kind.RESUME:
            return self._engine.resume(item.t_s)
        return self._engine.finish(item.t_s)

    def _malformed(self) -> Reply:
        """Bytes that are no message have no number, so the engine never hears of them."""
        self._reject(self.seen, self._t_s)
        self._settle()
        return self._reply("taken" if self.lost else "malformed")

    def _reject(self, seq: int, t_s: float) -> None:
        """Say so once for a run of them. To the engine a frame of broken numbers is a gap, now and in every replay."""
        if not self._in_bad_run:
            self._in_bad_run = True
            self._pending.append((seq, FrameRejected(t_s=t_s, reason="malformed")))

    def _settle(self, *, at_once: bool = False) -> bool:
        """Commit if there is an event, if two seconds have passed, or if asked. False when it could not."""
        now = self._clock()
        waiting = bool(self._pending) or self.seen > self.durable
        if self.lost or not waiting:
            return not self.lost
        due = (
            at_once
            or bool(self._pending)
            or self.ended is not None
            or now - self._committed_at >= COMMIT_EVERY_S
        )
        if not due:
            return True
        if self._failing and not at_once and now - self._failed_at < RETRY_AFTER_S:
            return False
        return self._commit(now)

    def _commit(self, now: float) -> bool:
        try:
            self._commit_now(self.claim, self._progress())
        except StaleEpochError:
            self.lost = True
            return False
        except StorageError:
            self._failing, self._failed_at = True, now
            return False
        self._ordinal += len(self._pending)
        self._untold.extend(event for _, event in self._pending)
        self._pending.clear()
        self._raw.clear()
        self._raw_from = 0
        self.durable, self._committed_at, self._failing = self.seen, now, False
        return True

    def _progress(self) -> Progress:
        chunk = None
        if self.case.keep_series and self._raw:
            chunk = Chunk(self._raw_from, self.seen, zlib.compress(b"".join(self._raw), 6))
        return Progress(
            last_seq=self.seen,
            last_t_s=self._t_s,
            first_ordinal=self._ordinal + 1,
            events=tuple(self._pending),
            snapshot=self._engine.snapshot(),
            chunk=chunk,
            reason=self.ended,
        )

    def _reply(self, error: str | None = None) -> Reply:
        told, self._untold = self._untold, []
        return Reply(self.seen, self.durable, self._shown(), told, error)

    def _shown(self) -> dict[str, Any] | None:
        if self._step is None:
            return None
        shown: dict[str, Any] = msgspec.to_builtins(self._step)
        del shown["events"]  # those come when they are durable
        for name, value in msgspec.structs.asdict(self._before).items():
            shown["counts"][name] += value
        shown["set_index"] += self._sets_before
        return shown


def count(events: Sequence[Event]) -> Counts:
    """The repetitions among events, by verdict and side."""
    reps = [event.rep for event in events if isinstance(event, RepCompleted)]
    verdicts = [rep.verdict for rep in reps]
    sides = [rep.side for rep in reps]
    return Counts(
        reps=len(reps),
        correct=verdicts.count("correct"),
        incomplete=verdicts.count("incomplete"),
        faulty=verdicts.count("faulty"),
        left=sides.count("left"),
        right=sides.count("right"),
        both=sides.count("both"),
    )
