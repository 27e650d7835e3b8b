"""`Landmarker`: pictures in, landmarks out. Inference runs in a process of its own.

So mediapipe never enters this process (it is heavy, and phones home where it is not stopped), a crash in it costs one
sentence instead of the session, and decoding overlaps inference.
"""

from __future__ import annotations

import socket
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Final, Self

import numpy as np

from coach.errors import ModelError
from coach.frame import PoseFrame
from coach.io.landmarker_wire import (
    COLUMNS,
    LONG_SIDE_PX,
    SLOTS,
    Answer,
    Begin,
    Failed,
    Found,
    Look,
    PictureRing,
    decode_answer,
    encode,
)
from coach.io.model_files import Variant, model_path
from coach.io.offline import start_offline
from coach.io.picture import Picture
from coach.landmarks import COUNT
from coach.stream import Gap

_START_S: Final = 120.0
"""A slow disk needs its time for the first start of mediapipe."""
_ANSWER_S: Final = 30.0
_END_S: Final = 3.0

_CROWD_AFTER_S: Final = 2.0
"""Looking for a second person costs as much as three frames: at 0, 2, 4, 8, 16 ... seconds that stays below 3 %."""
_MOST_PEOPLE: Final = 3
_CROWD_SHARE: Final = 0.25
"""Share of those looks that must show two people; on 70 clips of one person none did."""


@dataclass(slots=True)
class _Stream:
    """What must be remembered from one picture of a stream to the next; `asked` answers are still to come."""

    people: int = 1
    ms: int = -1
    slot: int = 0
    asked: int = 0
    next_crowd_s: float = 0.0
    crowd_looks: int = 0
    crowds: int = 0


class Landmarker:
    """Finds the 33 landmarks of one person in each picture of a stream, and follows that person.

    Use as a context manager; one stream at a time. Starting it does not wait for the model to load.
    """

    def __init__(self, variant: Variant = "full", *, group: int | None = 0) -> None:
        """Raises ModelError when the model file is missing or damaged. `group`: see `start_offline`."""
        self.variant = variant
        model = str(model_path(variant))
        self._ring = PictureRing.create()
        ours, theirs = socket.socketpair()
        with theirs:
            handles = (theirs.fileno(), self._ring.handle)
            arguments = [*map(str, handles), model]
            self._process = start_offline(
                ["coach.io.landmarker_process", *arguments], handles, group=group
            )
        self._link = Connection(ours.detach())
        self._ready = False
        self._stream = _Stream()

    @property
    def notes(self) -> tuple[str, ...]:
        """`several_people` when a second person was often in the picture of the stream so far."""
        stream = self._stream
        often = stream.crowds > 0 and stream.crowds >= _CROWD_SHARE * stream.crowd_looks
        return ("several_people",) if often or stream.people > 1 else ()

    @property
    def process_id(self) -> int:
        """Of the inference process."""
        return self._process.pid

    def stream(self, pictures: Iterable[Picture]) -> Iterator[tuple[Picture, PoseFrame | Gap]]:
        """Each picture of a whole recording with what was found in it, in order. Raises ModelError.

        Pictures are fetched while earlier ones are being judged, so an answer lags its picture: for live use
        there is `detect`.
        """
        for picture, people in self._pipeline(pictures, people=1):
            yield picture, people[0] if people else Gap(picture.t_s)

    def crowd(self, pictures: Iterable[Picture]) -> Iterator[tuple[Picture, list[PoseFrame]]]:
        """Like `stream`, with up to three people a picture, in no particular order. Takes about half as long again."""
        return self._pipeline(pictures, people=_MOST_PEOPLE)

    def begin(self, people: int = 1) -> None:
        """Start a new stream, with nobody known yet. Raises ModelError."""
        for _ in range(self._stream.asked):  # of a stream that was left before its end
            self._receive(_ANSWER_S)
        self._stream = _Stream(people)
        self._send(Begin(people))

    def detect(self, picture: Picture) -> PoseFrame | Gap:
        """What is in this picture of a live stream, at once. Raises ModelError."""
        self._ask(picture, look_around=False)
        people = self._answer(picture)
        return people[0] if people else Gap(picture.t_s)

    def close(self) -> None:
        """End the inference process."""
        self._link.close()  # it ends when its parent hangs up
        if not self._ready:
            self._process.kill()  # but hears of that only when its model is loaded
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._ring.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _pipeline(
        self, pictures: Iterable[Picture], people: int
    ) -> Iterator[tuple[Picture, list[PoseFrame]]]:
        """Keep the inference process busy: ask ahead, as far as there are slots."""
        self.begin(people)
        waiting: deque[Picture] = deque()
        for picture in pictures:
            while waiting and (len(waiting) == SLOTS or self._link.poll()):
                yield waiting[0], self._answer(waiting.popleft())
            self._ask(picture, look_around=people == 1)
            waiting.append(picture)
        while waiting:
            yield waiting[0], self._answer(waiting.popleft())

    def _ask(self, picture: Picture, *, look_around: bool) -> None:
        """Put the picture into the next slot and ask for its landmarks."""
        from coach.io.opencv import cv2  # late: the inference process starts before it is loaded

        stream = self._stream
        width, height = _inference_size(picture.size_px)
        slot = self._ring.slot(stream.slot, width, height)
        small = picture.bgr
        if (width, height) != picture.size_px:
            small = cv2.resize(small, (width, height), interpolation=cv2.INTER_AREA).astype(
                np.uint8, copy=False
            )
        cv2.cvtColor(small, cv2.COLOR_BGR2RGB, dst=slot)
        stream.ms = max(stream.ms + 1, round(picture.t_s * 1000))
        crowd = look_around and picture.t_s >= stream.next_crowd_s
        if crowd:
            stream.next_crowd_s = max(_CROWD_AFTER_S, 2 * picture.t_s)
        self._send(Look(stream.slot, width, height, stream.ms, crowd))
        stream.slot = (stream.slot + 1) % SLOTS
        stream.asked += 1

    def _answer(self, picture: Picture) -> list[PoseFrame]:
        found = self._receive(_ANSWER_S)
        self._stream.asked -= 1
        if not isinstance(found, Found):
            raise ModelError(
                f"The pose model answered out of turn ({type(found).__name__}); start again."
            )
        if found.several is not None:
            self._stream.crowd_looks += 1
            self._stream.crowds += found.several
        return _poses(picture, found.landmarks)

    def _send(self, question: Begin | Look) -> None:
        if not self._ready:
            self._receive(_START_S)
            self._ready = True
        try:
            self._link.send_bytes(encode(question))
        except ConnectionError:
            raise self._died() from None

    def _receive(self, patience_s: float) -> Answer:
        try:
            if not self._link.poll(patience_s):
                raise ModelError(
                    f"The pose model gave no answer for {patience_s:.0f} seconds; start again."
                )
            answer: Answer = decode_answer(self._link.recv_bytes())
        except (EOFError, ConnectionError):
            raise self._died() from None
        if isinstance(answer, Failed):
            raise ModelError(f"The pose model cannot be used: {answer.reason}")
        return answer

    def _died(self) -> ModelError:
        try:
            code: int | str = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            code = "unknown"
        return ModelError(
            f"The pose model stopped unexpectedly (code {code}); start again, and free some memory if it repeats."
        )


def _inference_size(size_px: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, LONG_SIDE_PX / max(size_px))
    return max(1, round(size_px[0] * scale)), max(1, round(size_px[1] * scale))


def _poses(picture: Picture, landmarks: bytes) -> list[PoseFrame]:
    """Pixels are rounded to what a recording stores, so that a replay judges exactly the same numbers."""
    people = np.frombuffer(landmarks, np.float32).reshape(-1, COUNT, COLUMNS).copy()
    people[..., :2] *= np.array(picture.size_px, np.float32)
    return [
        PoseFrame(picture.t_s, table[:, :2], table[:, 2:5], table[:, 5], picture.size_px)
        for table in people.astype(np.float64)
    ]
