"""What is shown for a step: count or clock, hints before cues, cues for as long as they are read."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from coach.commands import words
from coach.commands.screen import Screen
from coach.events import Counts, CueGiven, Event, Rep, RepCompleted, Step, Tempo, Verdict
from coach.session import ExerciseSession
from poses import catalogue


def _step(t_s: float = 0.0, events: tuple[Event, ...] = (), **changes: Any) -> Step:
    plain = ExerciseSession(catalogue.load("squat")).miss(t_s)
    return msgspec.structs.replace(plain, t_s=t_s, events=events, **changes)


def _rep(verdict: Verdict) -> RepCompleted:
    return RepCompleted(
        1.0, Rep(1, "both", 1, 0.0, 0.5, 1.0, verdict, {}, (), 1.0, Tempo(0.5, 0.0, 0.5))
    )


def _screen(exercise: str = "squat") -> Screen:
    return Screen(catalogue.load(exercise), catalogue.cues())


def test_repetitions_are_counted_and_holds_are_clocked() -> None:
    assert _screen().hud(_step(counts=Counts(reps=7))).count == "7"
    assert _screen("plank").hud(_step(hold_s=72.9)).count == "1:12"


def test_a_cue_stays_to_be_read_and_then_goes() -> None:
    screen = _screen()
    assert screen.hud(_step(1.0, (CueGiven(1.0, "a_little_deeper"),))).cue == "A little deeper"
    assert screen.hud(_step(3.0)).cue == "A little deeper"
    assert screen.hud(_step(3.6)).cue == ""


def test_a_missing_set_up_point_comes_first() -> None:
    hud = _screen().hud(_step(1.0, (CueGiven(1.0, "a_little_deeper"),), guide=("step_back",)))
    assert (hud.cue, hud.tone) == ("Step back a little", "short")


@pytest.mark.parametrize(
    ("verdict", "tone"), [("correct", "good"), ("incomplete", "short"), ("faulty", "short")]
)
def test_the_ring_shows_how_the_last_repetition_was(verdict: Verdict, tone: str) -> None:
    assert _screen().hud(_step(1.0, (_rep(verdict),))).tone == tone


def test_a_key_without_words_is_still_shown() -> None:
    assert _screen().hud(_step(1.0, (CueGiven(1.0, "breathe_out"),))).cue == "breathe out"
    assert words.note("video_upside_down") == "video upside down"
    assert words.guide("show_knee") == "Show your knees"
    assert words.guide("look_up") == "Look up"


def test_faults_are_named_by_their_check_or_limit() -> None:
    squat, cues = catalogue.load("squat"), catalogue.cues()
    assert words.fault(squat, cues, "knee_valgus") == "Knees moved inward"
    assert words.fault(squat, cues, "limit:knee_flexion") == "Went beyond your limit"
    assert words.fault(squat, cues, "something_else") == "something else"
