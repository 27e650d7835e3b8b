"""Which sentence to say: one at a time, five seconds apart, never nagging."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from coach.events import CueGiven
from coach.prompter import PAUSE_S, REPEAT_S, PrompterState, say


def said(wishes: list[tuple[float, str]]) -> list[CueGiven]:
    state = PrompterState()
    return [cue for t_s, key in wishes if (cue := say(state, t_s, key, {}))]


def test_the_first_cue_is_said_at_once_with_its_parameters() -> None:
    assert say(PrompterState(), 0.0, "a_little_deeper", {"angle": "knee_flexion"}) == CueGiven(
        0.0, "a_little_deeper", {"angle": "knee_flexion"}
    )


def test_another_one_waits_its_turn() -> None:
    assert [
        cue.cue
        for cue in said([(0, "chest_up"), (1, "knees_out"), (4.9, "knees_out"), (5, "knees_out")])
    ] == [
        "chest_up",
        "knees_out",
    ]


def test_after_three_times_the_same_cue_comes_half_as_often() -> None:
    times = [cue.t_s for cue in said([(t_s / 2, "chest_up") for t_s in range(80)])]
    assert times == [0, 5, 10, 20, 30]


def test_meanwhile_another_cue_may_speak() -> None:
    wishes = [(float(t_s), key) for t_s in range(31) for key in ("chest_up", "knees_out")]
    assert [cue.cue for cue in said(wishes)][:4] == ["chest_up"] * 3 + ["knees_out"]


@given(st.lists(st.tuples(st.floats(0.0, 3.0), st.sampled_from("abc")), max_size=80))
def test_never_hurried(steps: list[tuple[float, str]]) -> None:
    t_s, wishes = 0.0, []
    for step_s, key in steps:
        t_s += step_s
        wishes.append((t_s, key))
    cues = said(wishes)
    for before, after in itertools.pairwise(cues):
        assert after.t_s - before.t_s >= PAUSE_S
    for key in "abc":
        same = [cue.t_s for cue in cues if cue.cue == key]
        assert all(b - a >= REPEAT_S for a, b in itertools.pairwise(same[2:]))
