"""A session from the first frame to the last: places, clocks, sets, holds, cues. What was announced stays announced."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import sets
from coach.errors import DoseError
from coach.events import (
    CueGiven,
    Event,
    FaultSeen,
    FrameRejected,
    HoldEnded,
    PersonChanged,
    RepCompleted,
    RepRejected,
    SetCompleted,
    StateChanged,
    Step,
)
from coach.exercise import Dose, Gate, Prescription
from coach.frame import PoseFrame
from coach.landmarks import Landmark
from coach.session import ExerciseSession
from coach.state import SessionState
from coach.stream import Gap
from tests.builders import (
    EXACT,
    NOISY,
    Camera,
    Outcome,
    PoseModel,
    Timing,
    first_view,
    judge,
    load,
    movement,
    shifted,
    still,
)

SHORT = Timing(out_s=0.8, hold_s=0.2, back_s=0.8, pause_s=0.4, lead_s=0.6, tail_s=0.4)
SETTLED = Timing(out_s=0.8, hold_s=0.2, back_s=0.8, pause_s=0.4, lead_s=1.6, tail_s=0.4)


def states(outcome: Outcome) -> list[str]:
    return [event.state for event in outcome.events if isinstance(event, StateChanged)]


def session(
    exercise_id: str = "squat", *, live: bool = False, **prescribed: object
) -> ExerciseSession:
    prescription = Prescription(**prescribed)  # type: ignore[arg-type]
    return ExerciseSession(load(exercise_id), prescription, start="live" if live else "file")


class TestPlace:
    """Live, nothing counts until the person is in place."""

    def test_a_recording_counts_at_once(self) -> None:
        outcome = judge("squat", movement("squat", [1], timing=SHORT))
        assert states(outcome) == ["exercising", "done"]
        assert len(outcome.reps) == 1

    def test_live_one_gets_into_place_first(self) -> None:
        outcome = judge("squat", movement("squat", [1], timing=SETTLED), live=True)
        assert states(outcome) == ["positioning", "ready", "exercising", "done"]
        assert len(outcome.reps) == 1

    def test_nothing_counts_while_positioning(self) -> None:
        camera = Camera(90.0, distance_m=1.3)  # the feet are outside the picture
        outcome = judge("squat", movement("squat", [1, 1], timing=SHORT, camera=camera), live=True)
        assert states(outcome) == ["positioning", "done"]
        assert outcome.reps == []
        assert "step_back" in outcome.steps[5].guide or "show_ankle" in outcome.steps[5].guide

    def test_the_guide_is_silent_in_place(self) -> None:
        outcome = judge("squat", movement("squat", [1], timing=SETTLED), live=True)
        assert {step.guide for step in outcome.steps if step.state in {"ready", "exercising"}} == {
            ()
        }

    def test_a_tilted_camera_is_said_but_nobody_waits_for_it_for_ever(self) -> None:
        tilted = Camera(90.0, roll_deg=10.0)
        frames = movement("squat", [], until_s=12.0, fps=15, camera=tilted)
        steps = judge("squat", frames, live=True).steps
        told = [step for step in steps if step.guide == ("level_camera",)]
        assert told[0].t_s < 1.0
        assert 8.0 < next(step.t_s for step in steps if step.state == "ready") < 11.0

    def test_the_pitch_is_known_once_somebody_has_stood_still(self) -> None:
        session = judge("squat", [], live=True).session
        assert session.pitch is None
        for frame in still(2.0, fps=15):
            session.step(frame)
        assert session.pitch is not None
        assert judge("plank", still(2.0, fps=15), live=True).session.pitch is None

    def test_a_movement_made_while_getting_ready_does_not_count(self) -> None:
        outcome = judge(
            "squat", movement("squat", [1, 1], timing=replace(SHORT, lead_s=0.1)), live=True
        )
        assert len(outcome.reps) == 1

    def test_who_is_cut_off_for_long_is_asked_to_get_into_place_again(self) -> None:
        hidden = replace(NOISY, hidden=(Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE))
        cut = movement("squat", [], until_s=5.0, model=hidden, fps=15)
        outcome = judge("squat", [*still(2.0, fps=15), *shifted(cut, 2.0)], live=True)
        assert states(outcome) == ["positioning", "ready", "positioning", "done"]
        assert outcome.steps[-2].guide == ("show_ankle",)

    def test_a_hand_before_the_camera_for_a_moment_changes_nothing(self) -> None:
        hidden = replace(NOISY, hidden=(Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE))
        moment = movement("squat", [], until_s=2.0, model=hidden, fps=15)
        frames = [*still(2.0, fps=15), *shifted(moment, 2.0), *shifted(still(2.0, fps=15), 4.0)]
        assert states(judge("squat", frames, live=True)) == ["positioning", "ready", "done"]

    def test_the_wrong_side_is_said(self) -> None:
        outcome = judge(
            "glute_bridge", movement("glute_bridge", [], until_s=2, camera=Camera(0.0)), live=True
        )
        assert "turn_side" in outcome.steps[-2].guide


class TestPresence:
    """People come and go."""

    def test_nobody_there(self) -> None:
        outcome = judge("squat", [Gap(i / 10) for i in range(30)])
        assert states(outcome) == ["done"]
        assert outcome.session.view == "unknown"
        assert outcome.steps[-1].counts.reps == 0

    def test_an_empty_stream(self) -> None:
        assert states(judge("squat", [])) == ["done"]

    @pytest.mark.parametrize("live", [False, True])
    def test_leaving_and_coming_back(self, *, live: bool) -> None:
        away = [Gap(5.0 + i / 10) for i in range(20)]
        frames = [*movement("squat", [1], timing=SETTLED), *away]
        frames += shifted(movement("squat", [1], timing=SETTLED), 7.0)
        outcome = judge("squat", frames, live=live)
        assert "no_person" in states(outcome)
        assert len(outcome.reps) == 2

    def test_somebody_who_walks_by_is_said_once_and_not_counted(self) -> None:
        patient = movement("squat", [1, 1], timing=SHORT, fps=15)
        passing = [
            replace(frame, image_px=frame.image_px * 0.5 + (900, 300))
            if 2.2 < frame.t_s < 2.8
            else frame
            for frame in patient
        ]
        changes = judge("squat", passing).of(PersonChanged)
        assert [change.who for change in changes][:1] == ["other"]

    def test_a_patient_who_moved_the_camera_is_accepted_and_goes_on(self) -> None:
        elsewhere = Camera(90.0, shift_m=(1.8, 0.3), distance_m=5.5)
        frames = movement("squat", [1], timing=SHORT)
        frames += shifted(
            movement("squat", [1, 1], timing=SETTLED, camera=elsewhere), frames[-1].t_s + 0.03
        )
        outcome = judge("squat", frames)
        assert [change.who for change in outcome.of(PersonChanged)] == ["other", "patient"]
        assert len(outcome.reps) == 3


class TestClock:
    """Bad frames are events, never exceptions, and the session goes on."""

    def test_a_clock_that_runs_backwards_is_one_event(self) -> None:
        frames = movement("squat", [1, 1], timing=SHORT)
        spoilt = [
            *frames[:40],
            *(replace(frame, t_s=frame.t_s - 0.5) for frame in frames[35:40]),
            *frames[40:],
        ]
        outcome = judge("squat", spoilt)
        assert outcome.of(FrameRejected) == [FrameRejected(frames[39].t_s, "clock_backwards")]
        assert outcome.verdicts == ["correct"] * 2

    def test_the_same_time_twice_is_rejected_too(self) -> None:
        frames = movement("squat", [1], timing=SHORT)
        assert len(judge("squat", [*frames[:9], frames[8], *frames[9:]]).of(FrameRejected)) == 1

    def test_a_clock_set_back_for_good_is_followed(self) -> None:
        first = shifted(movement("squat", [1], timing=SHORT), 1000.0)
        second = movement("squat", [1, 1], timing=SHORT)
        outcome = judge("squat", [*first, *second])
        assert len(outcome.of(FrameRejected)) == 1
        assert len(outcome.reps) == 3
        assert all(a.t_s <= b.t_s for a, b in pairwise(outcome.steps))

    def test_malformed_messages_are_one_event_per_run(self) -> None:
        judged = session()
        frames = movement("squat", [1], timing=SHORT)
        events: list[Event] = []
        for i, frame in enumerate(frames):
            if i in {10, 11, 12, 30}:
                events += judged.miss(frame.t_s, reason="malformed").events
            else:
                events += judged.step(frame).events
        assert [event.reason for event in events if isinstance(event, FrameRejected)] == [
            "malformed"
        ] * 2
        assert judged.counts.correct == 1


class TestSets:
    """Sets, rests, pause, and the end."""

    DOSE = Dose(sets=2, reps=2, rest_s=3.0)

    def test_two_sets_with_a_rest_and_then_done(self) -> None:
        timing = replace(SETTLED, pause_s=1.0)
        first = movement("squat", [1, 1], timing=timing)
        second = shifted(
            movement("squat", [1, 1, 1], timing=replace(timing, lead_s=3.5)), first[-1].t_s + 0.03
        )
        outcome = judge("squat", [*first, *second], Prescription(dose=self.DOSE), live=True)
        assert states(outcome) == [
            "positioning",
            "ready",
            "exercising",
            "resting",
            "exercising",
            "done",
        ]
        assert [(e.set_index, e.reps) for e in outcome.of(SetCompleted)] == [(1, 2), (2, 2)]
        assert [rep.set_index for rep in outcome.reps] == [1, 1, 2, 2]
        assert len(outcome.reps) == 4  # what is done after the end does not count

    def test_a_repetition_during_the_rest_opens_the_next_set(self) -> None:
        frames = movement("squat", [1, 1, 1], timing=SETTLED)
        outcome = judge(
            "squat", frames, Prescription(dose=replace_dose(self.DOSE, rest_s=60.0)), live=True
        )
        assert [rep.set_index for rep in outcome.reps] == [1, 1, 2]
        assert states(outcome)[-3:] == ["resting", "exercising", "done"]

    def test_a_recording_knows_no_sets(self) -> None:
        outcome = judge(
            "squat", movement("squat", [1, 1, 1], timing=SHORT), Prescription(dose=self.DOSE)
        )
        assert len(outcome.reps) == 3
        assert outcome.of(SetCompleted) == []

    def test_alternating_sides_do_the_dose_twice(self) -> None:
        dose = Dose(sets=1, reps=1)
        frames = movement("hip_abduction", [1, -1, 1], timing=SETTLED)
        outcome = judge("hip_abduction", frames, Prescription(dose=dose), live=True)
        assert [rep.side for rep in outcome.reps] == ["left", "right"]
        assert outcome.steps[0].set_goal == 2

    def test_one_prescribed_side_counts_only_that_side(self) -> None:
        frames = movement("hip_abduction", [1, -1, 1], timing=SHORT)
        assert [
            rep.side for rep in judge("hip_abduction", frames, Prescription(sides="right")).reps
        ] == ["right"]

    def test_pause_and_resume(self) -> None:
        judged = session()
        frames = movement("squat", [1, 1, 1], timing=SHORT)
        for frame in frames:
            if frame.t_s == frames[75].t_s:
                judged.pause(frame.t_s)
            if frame.t_s == frames[140].t_s:
                judged.resume(frame.t_s)
            judged.step(frame)
        assert judged.counts.reps < 3
        assert judged.counts.reps >= 1

    def test_paused_nothing_counts_and_no_hold_runs(self) -> None:
        judged = session()
        judged.pause(0.0)
        for frame in movement("squat", [1], timing=SHORT):
            assert judged.step(frame).state == "paused"
        assert judged.counts.reps == 0

    def test_finish_is_final(self) -> None:
        judged = session()
        frames = movement("squat", [1, 1], timing=SHORT)
        for frame in frames[:80]:
            judged.step(frame)
        judged.finish(frames[80].t_s)
        before = judged.counts
        for frame in frames[81:]:
            assert judged.step(frame).state == "done"
        assert (
            judged.finish(99.0).events
            == judged.pause(99.0).events
            == judged.resume(99.0).events
            == ()
        )
        assert judged.counts == before

    @pytest.mark.parametrize("field", ["targets", "limits"])
    def test_a_prescription_out_of_range_is_refused_at_once(self, field: str) -> None:
        with pytest.raises(DoseError, match="knee_flexion should be between"):
            session(**{field: {"knee_flexion": 170.0}})


def replace_dose(dose: Dose, *, rest_s: float) -> Dose:
    return Dose(sets=dose.sets, reps=dose.reps, rest_s=rest_s)


class TestTargets:
    """The therapist's target and limit decide the verdict."""

    @pytest.mark.parametrize(
        ("target", "verdict"), [(60.0, "correct"), (90.0, "correct"), (115.0, "incomplete")]
    )
    def test_target(self, target: float, verdict: str) -> None:
        frames = movement("squat", [1], timing=SHORT)
        assert judge("squat", frames, Prescription(targets={"knee_flexion": target})).verdicts == [
            verdict
        ]

    @pytest.mark.parametrize(("limit", "faults"), [(120.0, ()), (80.0, ("limit:knee_flexion",))])
    def test_limit(self, limit: float, faults: tuple[str, ...]) -> None:
        outcome = judge(
            "squat",
            movement("squat", [1], timing=SHORT),
            Prescription(limits={"knee_flexion": limit}),
        )
        assert [rep.faults for rep in outcome.reps] == [faults]
        assert outcome.verdicts == ["faulty" if faults else "correct"]
        assert [event.bound for event in outcome.of(FaultSeen)] == [limit] * len(faults)

    def test_the_score_falls_with_depth_and_with_faults(self) -> None:
        good, shallow = (
            judge("squat", movement("squat", [depth], timing=SHORT)).reps[0] for depth in (1, 0.65)
        )
        (wrong,) = judge("squat", movement("squat", [1], timing=SHORT, lean_deg=61.0)).reps
        assert 0.5 < shallow.score < good.score == 1.0
        assert wrong.score == 0.7

    def test_a_shallow_repetition_is_told_so(self) -> None:
        outcome = judge("squat", movement("squat", [0.65], timing=SHORT))
        assert [event.cue for event in outcome.of(CueGiven)] == ["a_little_deeper"]

    def test_a_repetition_says_what_it_was(self) -> None:
        timing = Timing(out_s=2.0, hold_s=1.0, back_s=1.0)
        (rep,) = judge("squat", movement("squat", [1], timing=timing)).reps
        assert (rep.index, rep.side, rep.set_index, rep.verdict, rep.score) == (
            1,
            "both",
            1,
            "correct",
            1.0,
        )
        assert rep.rom_deg["knee_flexion"] == pytest.approx((3, 95), abs=5)
        assert rep.start_s == pytest.approx(1.0, abs=0.5)
        assert rep.peak_s == pytest.approx(3.5, abs=0.6)
        assert rep.end_s == pytest.approx(5.0, abs=0.4)
        assert (rep.tempo_s.out, rep.tempo_s.hold, rep.tempo_s.back) == pytest.approx(
            (1.6, 1.6, 0.7), abs=0.5
        )


class TestStarts:
    """A repetition starts where the last one ended, also for who does not stop there."""

    def test_who_never_stands_still_starts_from_the_valley(self) -> None:
        """Bouncing between half up and down: the start is the valley, not where the next descent is noticed."""
        bounce = Timing(out_s=0.6, hold_s=0.0, back_s=0.6, pause_s=0.0, lead_s=1.0, tail_s=1.0)
        whole = movement("squat", [1.0] * 4, timing=bounce, fps=30)
        assert len(judge("squat", whole).reps) == 4


class TestRejected:
    """A movement that is no repetition of this exercise counts for nothing, and the patient is told why."""

    STANDING = Timing(out_s=1.2, back_s=1.2, lead_s=2.0, pause_s=0.8)

    def squats_for_chair_stands(self, *, live: bool) -> Outcome:
        """Somebody who squats, one standing start after the other, where standing up from a chair is asked for."""
        frames = movement("squat", [0.6] * 4, timing=self.STANDING)
        return judge("sit_to_stand", frames, live=live)

    def test_it_is_kept_beside_the_count(self) -> None:
        outcome = self.squats_for_chair_stands(live=True)
        rejected = outcome.of(RepRejected)
        assert [(event.side, event.reason) for event in rejected] == [("both", "start")] * len(
            rejected
        )
        assert len(rejected) >= 3
        assert outcome.reps == []
        assert outcome.steps[-1].counts.reps == outcome.steps[-1].set_reps == 0

    def test_the_second_in_a_row_is_said_why(self) -> None:
        outcome = self.squats_for_chair_stands(live=True)
        cues = outcome.of(CueGiven)
        assert [cue.cue for cue in cues][:1] == ["begin_at_the_start"]
        assert cues[0].t_s == outcome.of(RepRejected)[1].t_s
        assert len(cues) < len(outcome.of(RepRejected))

    def test_a_recording_is_not_spoken_to(self) -> None:
        assert self.squats_for_chair_stands(live=False).of(CueGiven) == []

    def test_it_is_never_called_good(self) -> None:
        assert not any(step.good for step in self.squats_for_chair_stands(live=True).steps)

    def test_a_counted_repetition_begins_the_row_anew(self) -> None:
        state, log = SessionState("squat"), list[Event]()
        rejected = RepRejected(1.0, "both", "posture")
        assert sets.add_vain(state, rejected, log) is None
        sets.add_rep(state, judge("squat", movement("squat", [1], timing=SHORT)).reps[0], 2.0, log)
        assert sets.add_vain(state, rejected, log) is None
        assert sets.add_vain(state, rejected, log) == "move_as_shown"

    def test_who_walks_away_is_told_to_stay(self) -> None:
        state, log = SessionState("squat"), list[Event]()
        rejected = RepRejected(1.0, "both", "moved_away")
        assert [sets.add_vain(state, rejected, log) for _ in range(4)] == [
            None,
            "stay_on_the_spot",
            None,
            "stay_on_the_spot",
        ]

    @pytest.mark.parametrize("target", [60.0, 90.0, 95.0, 100.0, 105.0, 115.0])
    def test_good_is_shown_exactly_when_the_verdict_will_be_correct(self, target: float) -> None:
        frames = movement("squat", [1, 0.9, 0.8], timing=SHORT)
        outcome = judge("squat", frames, Prescription(targets={"knee_flexion": target}))
        shown = [
            any(step.good for step in outcome.steps if rep.start_s < step.t_s < rep.end_s)
            for rep in outcome.reps
        ]
        assert shown == [rep.verdict == "correct" for rep in outcome.reps]
        assert len(shown) == 3

    def test_with_a_fault_it_is_not_good(self) -> None:
        limit = Prescription(limits={"knee_flexion": 80.0}, targets={"knee_flexion": 60.0})
        outcome = judge("squat", movement("squat", [1], timing=SHORT), limit)
        assert outcome.verdicts == ["faulty"]
        assert not any(step.good for step in outcome.steps if step.t_s > outcome.reps[0].peak_s)


class TestHolds:
    """A hold is time in position; a wobble is forgiven, time out of it is not counted."""

    @pytest.mark.parametrize("fps", [10, 30])
    def test_it_lasts_as_long_as_it_lasts(self, fps: float) -> None:
        outcome = judge("plank", movement("plank", [], until_s=6.0, fps=fps))
        (hold,) = outcome.of(HoldEnded)
        assert hold.held_s == pytest.approx(6.0, abs=0.3)
        assert outcome.reps == []

    @pytest.mark.parametrize(("down_s", "holds"), [(0.6, 1), (3.0, 2)])
    def test_a_wobble_and_a_break(self, down_s: float, holds: int) -> None:
        plank = movement("plank", [], until_s=4.0, fps=15)
        kneeling = movement("plank", [], until_s=down_s, fps=15, pike_deg=60.0)
        frames = [*plank, *shifted(kneeling, 4.0), *shifted(plank, 4.0 + down_s)]
        found = judge("plank", frames).of(HoldEnded)
        assert len(found) == holds
        assert sum(hold.held_s for hold in found) == pytest.approx(8.0, abs=0.5)

    def test_standing_is_no_plank(self) -> None:
        assert judge("plank", still(5.0)).of(HoldEnded) == []

    def test_live_the_set_is_done_when_its_time_is_full(self) -> None:
        dose = Dose(sets=2, reps=0, hold_s=3.0, rest_s=2.0)
        frames = movement("plank", [], until_s=12.0, fps=15)
        outcome = judge("plank", frames, Prescription(dose=dose), live=True)
        assert states(outcome) == [
            "positioning",
            "ready",
            "exercising",
            "resting",
            "exercising",
            "done",
        ]
        assert [e.hold_s for e in outcome.of(SetCompleted)] == pytest.approx([3.0, 3.0], abs=0.2)

    def test_its_form_is_checked_while_it_is_held(self) -> None:
        outcome = judge("plank", movement("plank", [], until_s=6.0, fps=15, pike_deg=-16.0))
        (hold,) = outcome.of(HoldEnded)
        assert hold.held_s > 5.0
        assert [fault.check for fault in outcome.of(FaultSeen)] == ["hips_sag"]
        assert [cue.cue for cue in outcome.of(CueGiven)] == ["hips_up"]

    def test_a_timer_runs_while_the_posture_is_seen(self) -> None:
        lying = Gate(measure="trunk_lean", min=50.0)
        timer = msgspec.structs.replace(load("plank"), kind="timer", gates=(lying,), checks=())
        (ran,) = judge(timer, movement("plank", [], until_s=4.0, fps=15)).of(HoldEnded)
        assert ran.held_s == pytest.approx(4.0, abs=0.3)
        assert judge(timer, still(4.0, fps=15)).of(HoldEnded) == []

    def test_whichever_side_is_in_position_holds(self) -> None:
        raised = Gate(measure="height", of="ankle", base="low_ankle", min=0.06)
        one_leg = msgspec.structs.replace(
            load("plank"), gates=(raised,), checks=(), sides="alternating", position="standing"
        )
        left = movement("hip_abduction", [1.0], timing=Timing(0.5, 4.0, 0.5), fps=15)
        right = movement("hip_abduction", [-1.0], timing=Timing(0.5, 4.0, 0.5), fps=15)
        held = judge(one_leg, [*left, *shifted(right, left[-1].t_s + 0.1)]).of(HoldEnded)
        assert [hold.side for hold in held] == ["left", "right"]

    def test_the_time_shown_never_goes_back_within_a_set(self) -> None:
        steps = judge("plank", movement("plank", [], until_s=5.0, fps=15)).steps
        assert all(a.hold_s <= b.hold_s for a, b in pairwise(steps[:-1]))


class TestCues:
    """One sentence at a time, never hurried."""

    def test_cues_are_five_seconds_apart_and_the_same_one_ten_after_three(self) -> None:
        frames = movement("squat", [0.65] * 12, timing=SHORT, fps=12)
        cues = [cue.t_s for cue in judge("squat", frames).of(CueGiven)]
        assert len(cues) >= 3
        assert all(b - a >= 5.0 for a, b in pairwise(cues))
        assert all(b - a >= 10.0 for a, b in pairwise(cues[2:]))

    def test_a_fault_speaks_before_a_shallow_depth(self) -> None:
        frames = movement("hip_abduction", [1, -1], lean_deg=20.0, timing=SHORT)
        assert [cue.cue for cue in judge("hip_abduction", frames).of(CueGiven)] == ["stay_upright"]


def never_taken_back(steps: list[Step]) -> None:
    for before, after in pairwise(steps):
        assert after.counts.reps >= before.counts.reps
        assert after.t_s >= before.t_s
        assert (
            after.counts.reps
            == after.counts.correct + after.counts.incomplete + after.counts.faulty
        )
        assert after.counts.reps == after.counts.left + after.counts.right + after.counts.both
    told = [event.rep for step in steps for event in step.events if isinstance(event, RepCompleted)]
    assert [rep.index for rep in told] == list(range(1, len(told) + 1))
    assert steps[-1].counts.reps == len(told)
    assert all(a.end_s <= b.end_s + 1.0 for a, b in pairwise(told))


@given(
    st.lists(st.sampled_from([1.0, -1.0, 0.6, -0.5, 0.2]), min_size=1, max_size=3),
    st.sampled_from(["squat", "hip_abduction", "push_up"]),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_whatever_comes_nothing_announced_is_taken_back(
    depths: list[float], exercise_id: str, live: bool, random: np.random.Generator
) -> None:
    depths = depths if exercise_id == "hip_abduction" else [abs(depth) for depth in depths]
    frames: list[PoseFrame | Gap] = []
    for frame in movement(exercise_id, depths, timing=SETTLED, fps=12):
        luck = random.random()
        if luck < 0.05:
            frames.append(Gap(frame.t_s))
        elif luck < 0.08:
            frames.append(replace(frame, t_s=frame.t_s - 0.4))
        elif luck > 0.02:
            frames.append(frame)
    never_taken_back(judge(exercise_id, frames, live=live).steps)


def test_a_step_shows_where_one_is() -> None:
    steps = judge("squat", movement("squat", [1], timing=Timing())).steps
    phases = [step.phase for step in steps]
    seen = [phase for i, phase in enumerate(phases) if i == 0 or phases[i - 1] != phase]
    assert seen == ["stand", "lower", "bottom", "rise", "stand"]
    assert max(step.progress for step in steps) > 1.0
    assert steps[0].progress == pytest.approx(0.0, abs=0.1)
    assert {step.view for step in steps[5:]} == {"side"}
    assert first_view("squat").yaw_deg == 90.0


def test_an_unseen_wrist_does_not_stop_a_squat() -> None:
    model = PoseModel(
        noise_px=1.5, noise_m=0.02, hidden=(Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST)
    )
    assert (
        judge("squat", movement("squat", [1, 1], timing=SHORT, model=model)).verdicts
        == ["correct"] * 2
    )


@pytest.mark.parametrize(
    ("exercise_id", "depths", "dose", "cue"),
    [
        ("squat", [1, 1], Dose(hold_s=3.0), "hold_a_little_longer"),
        ("squat", [1, 0.6], None, "a_little_deeper"),
        ("clamshell", [1, 0.4], None, "further_if_it_feels_good"),
    ],
)
def test_an_incomplete_repetition_is_told_what_was_missing(
    exercise_id: str, depths: list[float], dose: Dose | None, cue: str
) -> None:
    outcome = judge(exercise_id, movement(exercise_id, depths), Prescription(dose=dose))
    assert outcome.verdicts[-1] == "incomplete"
    assert cue in {event.cue for event in outcome.of(CueGiven)}


def test_a_repetition_logs_no_degrees_that_its_frames_refuse() -> None:
    """One knee flies off for some frames: no frame shows its angle then, and no repetition keeps it."""
    frames = movement("squat", [1, 1], model=EXACT)
    for at in range(45, 49):
        image_px = frames[at].image_px.copy()
        image_px[Landmark.LEFT_ANKLE] = image_px[Landmark.LEFT_HIP]
        frames[at] = replace(frames[at], image_px=image_px)
    outcome = judge("squat", frames)
    shown = [
        angle.deg
        for step in outcome.steps
        for name, angle in step.angles.items()
        if name.endswith("knee_flexion")
    ]
    assert len(outcome.reps) == 2
    for rep in outcome.reps:
        low, high = rep.rom_deg["knee_flexion"]
        assert round(min(shown)) <= low <= high <= round(max(shown))
