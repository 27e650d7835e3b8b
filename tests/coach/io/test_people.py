"""Who is who among several people."""

from __future__ import annotations

import numpy as np

from coach.frame import PoseFrame
from coach.io.people import People
from coach.stream import Gap
from tests.coach.io.clips import standing


def _at(t_s: float, x_px: float) -> PoseFrame:
    frame = standing(t_s, (1920, 480))
    return PoseFrame.checked(
        t_s, frame.image_px + np.array([x_px, 0.0]), frame.world_m, frame.visibility, frame.size_px
    )


def _places(stream: list[PoseFrame | Gap]) -> list[float | None]:
    return [
        None if isinstance(frame, Gap) else round(float(frame.image_px[0, 0]) - 100)
        for frame in stream
    ]


def test_each_keeps_to_one_stream_whatever_the_order() -> None:
    people = People()
    for index in range(10):
        left, right = _at(index / 10, 10 * index), _at(index / 10, 1000 - 5 * index)
        people.take(index / 10, [left, right] if index % 2 else [right, left])
    first, second = sorted(
        (_places(stream) for stream in people.streams()), key=lambda places: places[0] or 0
    )
    assert first == [10 * index for index in range(10)]
    assert second == [1000 - 5 * index for index in range(10)]


def test_somebody_hidden_for_a_while_comes_back_as_the_same() -> None:
    people = People()
    for index in range(6):
        poses = [_at(index / 10, 0)] + ([] if index in {2, 3} else [_at(index / 10, 1000)])
        people.take(index / 10, poses)
    streams = people.streams()
    assert [len(stream) for stream in streams] == [6, 6]
    assert _places(streams[0]) == [0] * 6
    assert _places(streams[1]) == [1000, 1000, None, None, 1000, 1000]


def test_who_only_passes_by_is_left_out() -> None:
    people = People()
    for index in range(10):
        people.take(
            index / 10, [_at(index / 10, 0)] + ([_at(index / 10, 1000)] if index == 5 else [])
        )
    assert [_places(stream) for stream in people.streams()] == [[0] * 10]


def test_nobody_has_no_stream() -> None:
    people = People()
    people.take(0.0, [])
    assert people.streams() == []
    assert np.isfinite(_at(0.0, 0).image_px).all()
