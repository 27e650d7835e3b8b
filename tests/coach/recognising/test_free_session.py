"""A session of whatever is repeated: counts like any other, judges nothing."""

from __future__ import annotations

from coach.events import RepCompleted
from coach.recognising.free_session import ANY, FreeSession
from coach.stream import Gap, run
from tests.builders import movement


def test_repetitions_come_when_they_end_and_form_is_not_judged() -> None:
    frames = movement("push_up", [1.0, 0.9, 1.0])
    session = FreeSession(frames)
    assert session.due == 3
    steps = list(run(session, [*frames, Gap(frames[-1].t_s + 0.1)]))
    reps = [
        (step, event.rep)
        for step in steps
        for event in step.events
        if isinstance(event, RepCompleted)
    ]
    assert [rep.index for _, rep in reps] == [1, 2, 3]
    assert all(rep.end_s <= step.t_s for step, rep in reps)
    assert {(rep.verdict, rep.faults, rep.score) for _, rep in reps} == {("correct", (), 1.0)}
    assert steps[-1].counts.reps == 3
    assert session.due == 0


def test_angles_are_measured_in_space_from_every_side() -> None:
    frames = movement("squat", [1.0, 1.0])
    session = FreeSession(frames)
    for _ in run(session, frames):
        pass
    low, high, _ = session.ranges.by_angle["left_knee_flexion"]
    assert low < 20.0
    assert high > 70.0
    assert all(set(by_view.values()) == {"lift"} for by_view in ANY.methods.values())
