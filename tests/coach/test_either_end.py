"""Exercises that may begin at either end: whoever starts bent and whoever starts straight is counted alike."""

from __future__ import annotations

import pytest

from coach.either_end import EitherEnd, channel_of, turned
from coach.exercise import Prescription
from coach.goals import Goals
from coach.session import ExerciseSession
from scripts.references.figure import Floats
from scripts.references.recipes import RECIPES, Recipe
from tests.builders import Timing, judge, load, movement

BENT_FIRST = load("triceps_extension")


def from_the_far_end(depth: float) -> Floats:
    """The same movement, begun with straight elbows."""
    return RECIPES["triceps_extension"](1.0 - depth)


def test_only_exercises_that_say_so_watch_both_ends() -> None:
    goals = Goals(BENT_FIRST, Prescription())
    assert isinstance(channel_of(BENT_FIRST, goals, "both"), EitherEnd)
    squat = load("squat")
    plain = channel_of(squat, Goals(squat, Prescription()), "both")
    assert not isinstance(plain, EitherEnd)


def test_turned_the_start_position_is_the_old_turn() -> None:
    other = turned(BENT_FIRST)
    assert [(p.name, p.at) for p in BENT_FIRST.phases] == [
        ("bent", 0.0),
        ("extend", None),
        ("straight", 1.0),
        ("bend", None),
    ]
    assert [(p.name, p.at) for p in other.phases] == [
        ("straight", 0.0),
        ("bend", None),
        ("bent", 1.0),
        ("extend", None),
    ]
    assert [(t.rest, t.full) for t in other.signal] == [(t.full, t.rest) for t in BENT_FIRST.signal]
    assert turned(other) == BENT_FIRST


@pytest.mark.parametrize("reps", [1, 2, 5])
@pytest.mark.parametrize("start", ["triceps_extension", from_the_far_end])
def test_every_repetition_counts_from_either_end(start: str | Recipe, reps: int) -> None:
    outcome = judge("triceps_extension", movement(start, [1.0] * reps))
    assert outcome.verdicts == ["correct"] * reps


def test_the_first_repetition_tells_where_this_person_begins() -> None:
    """Afterwards a pause at the far end adds nothing, and the phases are called by their names."""
    slow = Timing(hold_s=3.0)
    outcome = judge("triceps_extension", movement(from_the_far_end, [1, 1], timing=slow))
    assert outcome.session.counts.reps == 2
    phases = [step.phase for step in outcome.steps]
    second = phases[len(phases) // 2 :]
    assert [p for i, p in enumerate(second) if i == 0 or p != second[i - 1]][-3:] == [
        "bent",
        "extend",
        "straight",
    ]


def test_a_recording_cut_off_in_its_only_repetition_counts_from_either_end() -> None:
    frames = movement(from_the_far_end, [1], timing=Timing(tail_s=0.0, pause_s=0.0))
    assert judge("triceps_extension", frames[:-8]).session.counts.reps == 1


def test_a_gap_forgets_the_movement_but_not_the_end() -> None:
    frames = movement(from_the_far_end, [1, 1, 1])
    whole = judge("triceps_extension", frames)
    second = whole.reps[1]
    seen = [f for f in frames if not second.peak_s - 0.8 < f.t_s < second.peak_s + 0.8]
    assert [rep.start_s for rep in judge("triceps_extension", seen).reps] == pytest.approx(
        [whole.reps[0].start_s, whole.reps[2].start_s], abs=0.3
    )


def test_a_restart_remembers_the_contest_and_its_end() -> None:
    frames = movement(from_the_far_end, [1, 1, 1])
    for cut in (40, 120, 200):
        session = ExerciseSession(BENT_FIRST)
        for i, frame in enumerate(frames):
            if i == cut:
                session = ExerciseSession.restore(
                    BENT_FIRST, None, session.snapshot(), start="file"
                )
            session.step(frame)
        session.finish(frames[-1].t_s)
        assert session.counts.reps == 3
