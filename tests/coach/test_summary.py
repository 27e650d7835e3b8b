"""Folding events into totals and into the public result."""

from __future__ import annotations

import msgspec
import pytest

from coach.angles import Ranges
from coach.events import (
    Counts,
    CueGiven,
    FaultSeen,
    HoldEnded,
    PersonChanged,
    SegmentStarted,
    SetCompleted,
)
from coach.summary import Extent, fold, result
from tests.builders import judge, movement

EXTENT = Extent(frames=352, frames_without_person=3, duration_s=11.7331, view="side")


def test_what_was_said_is_what_was_counted() -> None:
    outcome = judge(
        "hip_abduction", movement("hip_abduction", [1, -1, 1, -0.7], fps=15, lean_deg=20.0)
    )
    totals = fold(outcome.events)
    assert totals.counts == outcome.session.counts == outcome.steps[-1].counts
    assert list(totals.reps) == outcome.reps
    assert totals.faults["trunk_side"] == sum("trunk_side" in rep.faults for rep in outcome.reps)
    assert totals.cues["stay_upright"] >= 1


def test_nothing_adds_up_to_nothing() -> None:
    totals = fold([])
    assert (totals.counts, totals.reps, totals.hold_s, totals.sets) == (Counts(), (), 0.0, 0)
    assert totals.faults == totals.cues == {}


def test_holds_sets_cues_and_faults_without_repetitions() -> None:
    totals = fold(
        [
            HoldEnded(9.0, "both", 1, 1.0, 8.0, 20.0),
            FaultSeen(10.0, "hips_sag", "both", "hold", -15.0, -12.0),
            CueGiven(10.0, "hips_up"),
            HoldEnded(22.5, "both", 1, 10.0, 12.25, 20.0),
            SetCompleted(22.5, 1, 0, 20.25),
            CueGiven(30.0, "hips_up"),
        ]
    )
    assert (totals.hold_s, totals.sets) == (20.25, 1)
    assert (totals.faults, totals.cues) == ({"hips_sag": 1}, {"hips_up": 2})


def test_a_new_segment_keeps_the_repetitions_so_far() -> None:
    events = judge("squat", movement("squat", [1], fps=15)).events
    assert fold([*events, SegmentStarted(20.0, "2", "engine"), *events]).counts.reps == 2


def test_the_public_result_has_exactly_the_documented_fields() -> None:
    outcome = judge("squat", movement("squat", [1, 1, 0.65], fps=15))
    told = msgspec.to_builtins(result("squat", outcome.events, EXTENT, outcome.session.ranges))
    assert set(told) == {
        "schema",
        "exercise",
        "frames",
        "frames_without_person",
        "duration_s",
        "view",
        "reps",
        "correct",
        "incomplete",
        "faulty",
        "by_side",
        "hold_s",
        "hold_list",
        "rep_list",
        "angles",
        "notes",
    }
    assert set(told["rep_list"][0]) == {
        "index",
        "side",
        "start_s",
        "peak_s",
        "end_s",
        "verdict",
        "rom_deg",
        "faults",
        "score",
        "tempo_s",
    }
    assert set(told["rep_list"][0]["tempo_s"]) == {"out", "hold", "back"}
    assert (told["schema"], told["exercise"], told["frames"], told["duration_s"]) == (
        1,
        "squat",
        352,
        11.733,
    )
    assert (told["reps"], told["correct"], told["incomplete"], told["faulty"]) == (3, 2, 1, 0)
    assert told["by_side"] == {"left": 0, "right": 0, "both": 3}
    assert list(told["rep_list"][0]["rom_deg"]["knee_flexion"]) == [
        pytest.approx(3, abs=4),
        pytest.approx(95, abs=4),
    ]


def test_angle_ranges_are_whole_degrees_with_their_band() -> None:
    ranges = Ranges({"left_knee_flexion": (2.4, 103.6, 6.5001)})
    told = msgspec.to_builtins(result("squat", [], EXTENT, ranges))
    assert told["angles"] == {"left_knee_flexion": {"min_deg": 2, "max_deg": 104, "error_deg": 7}}


def test_several_people_are_noted_once() -> None:
    events = [
        PersonChanged(1.0, "other"),
        PersonChanged(2.0, "patient"),
        PersonChanged(3.0, "other"),
    ]
    told = result("squat", events, EXTENT, Ranges(), notes=["low_frame_rate"])
    assert told.notes == ("low_frame_rate", "several_people")
