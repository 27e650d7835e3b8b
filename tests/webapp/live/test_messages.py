"""The wire format: what the page packs is what the server reads, and nothing else is."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.frame import PoseFrame
from tests.webapp.live.clinic import squats
from webapp.live.messages import (
    Control,
    Kind,
    MessageError,
    Moment,
    pack,
    pack_control,
    parse,
    parse_all,
)

FRAME = next(squats(1))


def _message(**changes: int) -> bytes:
    head = {
        "version": 1,
        "kind": 0,
        "count": 1,
        "found": 0,
        "width": 640,
        "height": 480,
        "seq": 1,
        "extra": 0,
    }
    return struct.pack("<BBBBHHII", *(head | changes).values()) + struct.pack("<d", 1.0)


def test_frames_and_gaps_come_out_as_they_went_in() -> None:
    items = parse(pack([FRAME, 0.1, FRAME], 7))
    assert [item.seq for item in items] == [7, 8, 9]
    found = [item.frame for item in items if isinstance(item, Moment)]
    assert found[1] is None
    for frame in (found[0], found[2]):
        assert frame is not None
        assert frame.size_px == FRAME.size_px
        np.testing.assert_array_equal(frame.image_px, FRAME.image_px)
        np.testing.assert_array_equal(frame.world_m, FRAME.world_m)
        np.testing.assert_array_equal(frame.visibility, np.float32(FRAME.visibility))


def test_one_frame_is_under_940_bytes() -> None:
    assert len(pack([FRAME], 1)) < 940


@pytest.mark.parametrize("kind", [Kind.PAUSE, Kind.RESUME, Kind.FINISH])
def test_controls_take_one_number(kind: Kind) -> None:
    (item,) = parse(pack_control(kind, 5, 2.5, "pain"))
    assert item == Control(5, 2.5, kind, "pain" if kind is Kind.FINISH else None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        _message(version=2),
        _message(kind=9),
        _message(count=0),
        _message(count=9),
        _message(found=0b10),
        _message(seq=0),
        _message(width=0),
        _message(height=60000),
        _message(found=1),
        _message(kind=1, count=2),
        _message(kind=3, extra=99),
        _message()[:-1],
        _message() + b"x",
        _message()[:16] + struct.pack("<d", float("nan")),
        _message()[:16] + struct.pack("<d", -1.0),
        _message()[:16] + struct.pack("<d", 1e9),
    ],
)
def test_what_is_no_message_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(MessageError):
        parse(data)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e30])
def test_a_frame_with_impossible_numbers_keeps_its_number_and_is_a_gap(value: float) -> None:
    data = bytearray(pack([FRAME, FRAME], 1))
    data[16 + 16 + 40 : 16 + 16 + 44] = struct.pack("<f", value)
    first, second = parse(bytes(data))
    assert isinstance(first, Moment)
    assert (first.seq, first.frame, first.broken) == (1, None, True)
    assert isinstance(second, Moment)
    assert second.frame is not None


@given(st.binary(max_size=2000))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    try:
        items = parse(data)
    except MessageError:
        return
    assert 1 <= len(items) <= 8


def test_a_stored_series_gives_each_number_once() -> None:
    frames: list[PoseFrame | float] = [FRAME, 0.2, FRAME, FRAME]
    twice = (
        pack(frames[:2], 1)
        + pack(frames[:3], 1)
        + pack_control(Kind.PAUSE, 4, 9.0)
        + pack(frames[3:], 5)
    )
    assert [item.seq for item in parse_all(twice)] == [1, 2, 3, 4, 5]
