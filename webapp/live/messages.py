"""The wire format of live landmarks: one binary message holds one to eight frames, or one control.

All numbers are little-endian. The same bytes travel over the socket, wait in the page's outbox and are stored, so
that the engine judges exactly what is kept. The page's half is `static/js/message.js`.

    header, 16 bytes:  u8 version (1) · u8 kind · u8 count · u8 found · u16 width · u16 height · u32 seq · u32 extra
    times:             count x f64, seconds since the session began
    per found frame:   33 x (f32 x_px, f32 y_px, f32 visibility), then 33 x (f32 x_m, f32 y_m, f32 z_m)

`seq` is the number of the first frame; the others follow it. Bit i of `found` says that a person was found in frame i;
a frame without is a gap. A control (pause, resume, finish) takes one number as well, so that it keeps its place among
the frames; `extra` of a finish is the index of its reason.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from coach.frame import PoseFrame
from coach.landmarks import COUNT
from webapp.store.session_tables import STOP_REASONS, StopReason

VERSION = 1
MAX_FRAMES = 8
MAX_SIDE_PX = 8192
MAX_T_S = 86400.0
#: No landmark of a real picture lies further out; larger numbers are noise that would only upset sums.
MAX_ABS = 1e5

_HEADER = struct.Struct("<BBBBHHII")
_TIME_BYTES = 8
_FRAME_FLOATS = COUNT * 6
_FRAME_BYTES = _FRAME_FLOATS * 4


class MessageError(ValueError):
    """The bytes are not a message: wrong length, unknown kind, or a header that cannot be true."""


class Kind(IntEnum):
    """What a message says."""

    FRAMES = 0
    PAUSE = 1
    RESUME = 2
    FINISH = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """One decoded picture. `frame` is None where nobody was found, or where the numbers are `broken`."""

    seq: int
    t_s: float
    frame: PoseFrame | None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """The patient paused, went on, or finished (`reason` is of a finish only)."""

    seq: int
    t_s: float
    kind: Kind
    reason: StopReason | None = None


Item = Moment | Control


@dataclass(frozen=True, slots=True)
class _Header:
    kind: Kind
    count: int
    found: int
    size_px: tuple[int, int]
    seq: int
    extra: int

    @property
    def length(self) -> int:
        return _HEADER.size + self.count * _TIME_BYTES + self.found.bit_count() * _FRAME_BYTES


def parse(data: bytes) -> tuple[Item, ...]:
    """The items of exactly one message. Raises MessageError."""
    header = _header(data)
    if len(data) != header.length:
        raise MessageError(f"expected {header.length} bytes, got {len(data)}")
    times = np.frombuffer(data, "<f8", header.count, _HEADER.size)
    if not np.all((times >= 0.0) & (times <= MAX_T_S)):
        raise MessageError("expected times of 0 to 86400 seconds")
    if header.kind is not Kind.FRAMES:
        return (_control(header, float(times[0])),)
    return tuple(_moments(data, header, times))


def parse_all(data: bytes) -> Iterator[Item]:
    """The items of a concatenation of messages, each number once, in order. Raises MessageError."""
    seen = 0
    while data:
        length = _header(data).length
        for item in parse(data[:length]):
            if item.seq > seen:
                yield item
                seen = item.seq
        data = data[length:]


def _header(data: bytes) -> _Header:
    if len(data) < _HEADER.size:
        raise MessageError(f"expected at least {_HEADER.size} bytes, got {len(data)}")
    version, kind, count, found, width, height, seq, extra = _HEADER.unpack_from(data)
    if version != VERSION:
        raise MessageError(f"expected version {VERSION}, got {version}")
    if kind not in Kind.__members__.values():
        raise MessageError(f"unknown kind {kind}")
    if not 1 <= count <= MAX_FRAMES or found >> count or seq < 1:
        raise MessageError("expected 1 to 8 frames, numbered from 1")
    if kind == Kind.FRAMES and not (1 <= width <= MAX_SIDE_PX and 1 <= height <= MAX_SIDE_PX):
        raise MessageError(
            f"expected a picture of 1 to {MAX_SIDE_PX} pixels a side, got {width} x {height}"
        )
    if kind != Kind.FRAMES and (count != 1 or found):
        raise MessageError("expected a control without frames")
    return _Header(Kind(kind), count, found, (width, height), seq, extra)


def _control(header: _Header, t_s: float) -> Control:
    if header.kind is not Kind.FINISH:
        return Control(header.seq, t_s, header.kind)
    if header.extra >= len(STOP_REASONS):
        raise MessageError(f"unknown reason {header.extra}")
    return Control(header.seq, t_s, header.kind, STOP_REASONS[header.extra])


def _moments(data: bytes, header: _Header, times: NDArray[np.float64]) -> Iterator[Moment]:
    offset = _HEADER.size + header.count * _TIME_BYTES
    for index in range(header.count):
        seq, t_s = header.seq + index, float(times[index])
        if not header.found >> index & 1:
            yield Moment(seq, t_s, None)
            continue
        values = np.frombuffer(data, "<f4", _FRAME_FLOATS, offset).astype(np.float64)
        offset += _FRAME_BYTES
        yield _moment(seq, t_s, values, header.size_px)


def _moment(seq: int, t_s: float, values: NDArray[np.float64], size_px: tuple[int, int]) -> Moment:
    if not np.all(np.abs(values) <= MAX_ABS):  # false for NaN as well
        return Moment(seq, t_s, None, broken=True)
    image = values[: COUNT * 3].reshape(COUNT, 3)
    world = values[COUNT * 3 :].reshape(COUNT, 3)
    return Moment(seq, t_s, PoseFrame(t_s, image[:, :2], world, image[:, 2], size_px))


def pack(frames: list[PoseFrame | float], seq: int) -> bytes:
    """One message of frames, or of gaps given by their time; what the page does, for tests and tools."""
    found = [frame for frame in frames if isinstance(frame, PoseFrame)]
    bits = sum(1 << index for index, frame in enumerate(frames) if isinstance(frame, PoseFrame))
    width, height = found[0].size_px if found else (640, 480)
    times = [frame.t_s if isinstance(frame, PoseFrame) else frame for frame in frames]
    head = _HEADER.pack(VERSION, Kind.FRAMES, len(frames), bits, width, height, seq, 0)
    return head + np.asarray(times, "<f8").tobytes() + b"".join(_bytes(frame) for frame in found)


def _bytes(frame: PoseFrame) -> bytes:
    image = np.column_stack([frame.image_px, frame.visibility])
    return bytes(np.concatenate([image.ravel(), frame.world_m.ravel()]).astype("<f4").tobytes())


def pack_control(kind: Kind, seq: int, t_s: float, reason: StopReason = "finished") -> bytes:
    """One control message, as the page makes it."""
    extra = STOP_REASONS.index(reason) if kind is Kind.FINISH else 0
    return _HEADER.pack(VERSION, kind, 1, 0, 0, 0, seq, extra) + struct.pack("<d", t_s)
