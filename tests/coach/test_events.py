"""Events are wire format and log format at once: each survives the trip, and unknown ones are refused."""

from __future__ import annotations

import msgspec
import pytest

from coach.events import (
    CueGiven,
    Event,
    FaultSeen,
    FrameRejected,
    HoldEnded,
    LooksLike,
    PersonChanged,
    Rep,
    RepCompleted,
    RepRejected,
    SegmentStarted,
    SetCompleted,
    StateChanged,
    Step,
    Tempo,
)
from tests.builders import Timing, judge, movement

REP = Rep(
    1,
    "both",
    1,
    0.8,
    1.9,
    3.0,
    "correct",
    {"knee_flexion": (2, 104)},
    (),
    0.94,
    Tempo(1.1, 0.1, 1.0),
)
ALL: list[Event] = [
    StateChanged(1.0, "ready"),
    RepCompleted(3.0, REP),
    RepRejected(3.0, "both", "start"),
    HoldEnded(9.0, "left", 1, 1.0, 8.0, 20.0, ("hips_sag",)),
    FaultSeen(2.0, "knee_valgus", "right", "bottom", 18.5, 15.0),
    CueGiven(2.0, "knees_out", {"side": "right"}),
    SetCompleted(30.0, 1, 10, 0.0),
    FrameRejected(5.0, "malformed"),
    PersonChanged(5.0, "other"),
    SegmentStarted(5.0, "2", "engine"),
    LooksLike(12.0, "sit_to_stand"),
]


@pytest.mark.parametrize("event", ALL, ids=lambda event: type(event).__name__)
def test_the_trip_as_json_and_as_messagepack(event: Event) -> None:
    assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(event), type=Event) == event


def test_every_kind_has_its_own_tag() -> None:
    tags = [msgspec.to_builtins(event)["type"] for event in ALL]
    wanted = "state rep rep_rejected hold fault cue set rejected person segment looks_like"
    assert tags == wanted.split()


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"type": "party", "t_s": 1.0}', type=Event)


def test_every_step_of_a_session_can_be_sent() -> None:
    timing = Timing(out_s=0.6, back_s=0.6, lead_s=1.4, pause_s=0.2, tail_s=0.2)
    for step in judge("squat", movement("squat", [1], timing=timing, fps=15), live=True).steps:
        assert msgspec.json.decode(msgspec.json.encode(step), type=Step) == step
