"""From a source of frames to a session."""

from __future__ import annotations

from coach.session import ExerciseSession
from coach.stream import Gap, run
from tests.builders import load, still


def test_one_step_a_frame_and_one_to_close() -> None:
    frames = [*still(0.5), Gap(0.6), Gap(0.7)]
    steps = list(run(ExerciseSession(load("squat")), frames))
    assert len(steps) == len(frames) + 1
    assert [step.t_s for step in steps[:-1]] == [frame.t_s for frame in frames]
    assert steps[-1].state == "done"


def test_it_takes_frames_as_they_come() -> None:
    taken: list[float] = []

    def camera() -> object:
        for frame in still(1.0):
            taken.append(frame.t_s)
            yield frame

    steps = run(ExerciseSession(load("squat")), camera())  # type: ignore[arg-type]
    next(steps)
    assert taken == [0.0]
