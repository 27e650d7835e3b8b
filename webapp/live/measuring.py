"""Assessments that run: numbered landmark messages in, what to show out, one result at the end.

A running assessment is kept in memory only. The page keeps every message until it has its result, and starts again from
the number that it is told: after a cut nothing is missing, and after a restart of the server it sends everything again.
"""

from __future__ import annotations

import threading
import time
import zlib
from dataclasses import dataclass, field
from typing import Any, Final

from itsdangerous import BadSignature, URLSafeSerializer

from coach.assessing.assessment import Measurement, Person
from coach.assessing.functional import Score
from coach.assessing.session import AssessmentSession, AssessmentView
from coach.frame import PoseFrame
from coach.io import recording
from coach.io.recording import Recording
from coach.landmarks import Side
from webapp import assessed
from webapp.live.archive import frame_of
from webapp.live.messages import Control, Kind, MessageError, Moment, parse_all
from webapp.store.access import Actor, NotVisible
from webapp.store.base import new_id

#: Five minutes at thirty frames a second: whoever needs longer begins again.
MAX_ITEMS: Final = 9_000
IDLE_S: Final = 600.0
MAX_RUNS: Final = 64


class TooLongError(Exception):
    """The assessment has gone on for too long, or too many are going on."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a page may measure: signed by us, so that the page cannot ask for another patient."""

    run_id: str
    account_id: str
    patient_id: str
    name: str
    side: Side | None
    request_id: str | None


class Tickets:
    """Makes and reads tickets."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeSerializer(secret, salt="assessment")

    def issue(
        self, actor: Actor, patient_id: str, name: str, side: Side | None, request_id: str | None
    ) -> str:
        """A ticket for one measurement."""
        values = (new_id(), actor.account_id, patient_id, name, side, request_id)
        return str(self._signer.dumps(values))

    def read(self, text: str, actor: Actor) -> Ticket:
        """The ticket, if it is the actor's own. Raises NotVisible."""
        try:
            ticket = Ticket(*self._signer.loads(text))
        except (BadSignature, TypeError, ValueError) as error:
            raise NotVisible from error
        if ticket.account_id != actor.account_id:
            raise NotVisible
        return ticket


@dataclass(slots=True)
class Running:
    """One assessment under way. Its methods are called by one thread at a time (`lock`). `kept`: the messages, with
    the patient's consent."""

    session: AssessmentSession
    account_id: str
    keep: bool = False
    seen: int = 0
    kept: list[bytes] = field(default_factory=list)
    touched: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, data: bytes) -> AssessmentView:
        """Messages in order; what was seen already is passed over, and after a hole nothing is taken.

        Raises MessageError for what is no message, TooLongError.
        """
        self.touched = time.monotonic()
        for item in parse_all(data):
            if item.seq <= self.seen:
                continue
            if item.seq != self.seen + 1:
                break
            if item.seq > MAX_ITEMS:
                raise TooLongError
            self.seen = item.seq
            if not isinstance(item, Control):
                self.session.take(frame_of(item))
            elif item.kind is Kind.RESUME:
                self.session.begin(item.t_s)
        if self.keep:
            self.kept.append(zlib.compress(data, 1))
        return self.session.view()

    def result(self, person: Person) -> Measurement | Score:
        """What was measured. Raises NotMeasuredError."""
        return self.session.result(person)

    def series(self, name: str, side: Side | None, engine: str) -> Recording | None:
        """The landmark recording; None without consent, or when nobody was ever seen."""
        items = parse_all(b"".join(map(zlib.decompress, self.kept)))
        frames = [frame_of(item) for item in items if isinstance(item, Moment)]
        sizes = (frame.size_px for frame in frames if isinstance(frame, PoseFrame))
        size_px = next(sizes, None)
        if size_px is None:
            return None
        meta: dict[str, Any] = {"source": "live", "model": "pose_landmarker_lite", "engine": engine}
        return recording.record(frames, size_px, meta | {"assessment": name, "side": side})


class Measuring:
    """The running assessments of one server, by run."""

    def __init__(self) -> None:
        self._runs: dict[str, Running] = {}
        self._lock = threading.Lock()

    def of(self, ticket: Ticket, *, keep: bool) -> Running:
        """The run of a ticket, begun anew where this server knows none; an account has one at a time.

        Raises TooLongError when too many people measure at once, NotVisible.
        """
        with self._lock:
            since = time.monotonic() - IDLE_S
            fresh = {at: run for at, run in self._runs.items() if run.touched > since}
            if ticket.run_id not in fresh:
                fresh = {
                    at: run for at, run in fresh.items() if run.account_id != ticket.account_id
                }
                if len(fresh) >= MAX_RUNS:
                    raise TooLongError
                session = assessed.find(ticket.name).session(ticket.side)
                fresh[ticket.run_id] = Running(session, ticket.account_id, keep)
            self._runs = fresh
            return fresh[ticket.run_id]

    def forget(self, run_id: str) -> None:
        """It is over."""
        with self._lock:
            self._runs.pop(run_id, None)


__all__ = ["Measuring", "MessageError", "Running", "Ticket", "Tickets", "TooLongError"]
