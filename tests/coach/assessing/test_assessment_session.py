"""An assessment frame by frame: in place first, then attempts as they are made; the result as of the whole stream."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach.assessing.assessment import Person
from coach.assessing.session import AssessmentView, MotionSession, TestSession, measure
from coach.errors import NotMeasuredError
from coach.frame import PoseFrame
from coach.stream import Gap
from poses import catalogue
from scripts.references.figure import Pose, figure
from tests.builders import Camera, Timing, movement
from tests.coach.assessing.test_assessment import BEND, bending

STANDS = catalogue.functional_tests()["chair_stand_30s"]
FIVE = catalogue.functional_tests()["five_times_sit_to_stand"]
ONE_LEG = catalogue.functional_tests()["single_leg_stance"]
SITTING = Timing(out_s=0.9, hold_s=0.3, back_s=0.9, pause_s=0.4, lead_s=3.0, tail_s=1.0)


def views(
    session: MotionSession | TestSession, frames: Sequence[PoseFrame | Gap]
) -> list[AssessmentView]:
    """What is shown after each third frame, and at the end."""
    seen = []
    for number, frame in enumerate(frames):
        session.take(frame)
        if number % 3 == 0:
            seen.append(session.view())
    return [*seen, session.view()]


def standing_up(count: int, timing: Timing = SITTING) -> list[PoseFrame]:
    return movement("sit_to_stand", [1.0] * count, timing=timing, camera=Camera(70.0))


def test_it_waits_until_the_person_is_in_place_then_shows_degrees_and_attempts() -> None:
    session = MotionSession(BEND, "left", start="live")
    seen = views(session, bending(0.8, 1.0, 0.9))
    assert seen[0].state == "positioning"
    assert seen[0].attempts == ()
    assert [view.state for view in seen].index("ready") > 5
    grown = [len(view.attempts) for view in seen]
    assert grown[-1] == 3
    assert any(view.deg is not None and view.error_deg for view in seen)
    assert seen[-1].enough
    assert session.result(Person()).deg == pytest.approx(120, abs=5)


def test_frame_by_frame_is_the_same_as_the_whole() -> None:
    frames = bending(0.8, 1.0, 0.9)
    session = MotionSession(BEND, "left")
    for frame in frames:
        session.step(frame)
    assert session.result(Person(last=100.0)) == measure(BEND, "left", frames, Person(last=100.0))


def test_what_is_done_while_getting_ready_is_no_attempt() -> None:
    session = MotionSession(BEND, "left", start="live")
    away = bending(1.0, 1.0, yaw_deg=0.0)
    assert views(session, away)[-1].guide == ("turn_side",)
    assert session.view().deg is None
    with pytest.raises(NotMeasuredError) as caught:
        session.result(Person())
    assert caught.value.reason == "wrong_view"


def test_nobody_and_hardly_moving_have_their_reasons() -> None:
    nobody = MotionSession(BEND, "left", start="live")
    assert views(nobody, [Gap(0.1 * n) for n in range(30)])[-1].state == "no_person"
    still = MotionSession(BEND, "left")
    views(still, bending(0.03))
    reasons = []
    for session in (nobody, still):
        with pytest.raises(NotMeasuredError) as caught:
            session.result(Person())
        reasons.append(caught.value.reason)
    assert reasons == ["unseen", "hardly_moved"]


def test_small_movements_of_getting_ready_do_not_end_it() -> None:
    session = MotionSession(BEND, "left", start="live")
    assert not any(view.enough for view in views(session, bending(0.15, 0.15, 0.15, 0.15)))


def test_begin_forgets_what_was_before() -> None:
    session = MotionSession(BEND, "left")
    frames = bending(1.0)
    views(session, frames)
    session.begin(frames[-1].t_s)
    assert session.view().attempts == ()


def test_five_stands_stop_the_clock() -> None:
    session = TestSession(FIVE, catalogue.load("sit_to_stand"), None, start="live")
    seen = views(session, standing_up(6))
    enough = next(index for index, view in enumerate(seen) if view.enough)
    assert seen[enough].count == 5
    assert seen[enough].clock_s is not None
    score = session.result(Person(age=75))
    assert score.value == pytest.approx(5 * 2.1 + 4 * 0.4, abs=1.0)


def test_stands_after_the_half_minute_do_not_count() -> None:
    session = TestSession(STANDS, catalogue.load("sit_to_stand"), None, start="live")
    seen = views(session, standing_up(16))
    before = [view.count for view in seen if view.clock_s and view.clock_s < 29]
    assert before == sorted(before)
    assert seen[-1].enough
    assert session.result(Person()).value == pytest.approx(30 / 2.5, abs=1)


def test_stands_before_the_word_go_do_not_count() -> None:
    session = TestSession(FIVE, catalogue.load("sit_to_stand"), None, start="live")
    frames = standing_up(2)
    views(session, frames)
    session.begin(frames[-1].t_s)
    assert session.view().count == 0
    with pytest.raises(NotMeasuredError) as caught:
        session.result(Person())
    assert caught.value.reason == "no_repetition"


def test_one_leg_is_timed_for_the_side_that_stands() -> None:
    def lifted(depth: float) -> object:
        return figure(Pose(hip_flexion=(2.0, 45.0 * depth), knee_flexion=(2.0, 80.0 * depth)))

    timing = Timing(out_s=0.5, hold_s=6.0, back_s=0.5, pause_s=1.0, lead_s=3.0, tail_s=1.0)
    frames = movement(lifted, [1.0, 1.0], timing=timing, camera=Camera(0.0))  # type: ignore[arg-type]
    session = TestSession(ONE_LEG, catalogue.load("single_leg_stance"), "left", start="live")
    seen = views(session, frames)
    assert max(view.hold_s for view in seen) == pytest.approx(6.5, abs=0.8)
    assert session.result(Person(age=65)).value == pytest.approx(6.5, abs=0.8)
    other = TestSession(ONE_LEG, catalogue.load("single_leg_stance"), "right", start="live")
    views(other, frames)
    with pytest.raises(NotMeasuredError) as caught:
        other.result(Person())
    assert caught.value.reason == "no_hold"
