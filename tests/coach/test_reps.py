"""Cycles in a progress signal: counted on return, each once, at every frame rate; noise and half movements are none."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exercise import Counting
from coach.reps import Counter, CounterState, Cycle

Key = tuple[float, float]


def curve(keys: Sequence[Key], fps: float = 30.0, noise: float = 0.0) -> list[Key]:
    """Progress over time through (time, progress) points, easing from one to the next."""
    rng, samples = np.random.default_rng(5), []
    for t_s in np.arange(keys[0][0], keys[-1][0] + 1e-9, 1 / fps):
        i = max(k for k in range(len(keys) - 1) if keys[k][0] <= t_s + 1e-9)
        (t0, a), (t1, b) = keys[i], keys[i + 1]
        share = 0.5 - 0.5 * math.cos(math.pi * (t_s - t0) / (t1 - t0))
        samples.append((float(t_s), a + (b - a) * share + float(rng.normal(0, noise))))
    return samples


def cycles(
    samples: Sequence[Key],
    counting: Counting | None = None,
    legs: tuple[int, ...] = (1,),
    *,
    finish: bool = False,
) -> list[Cycle]:
    counter, state, found = Counter(counting or Counting(), legs), CounterState(), []
    for t_s, value in samples:
        cycle = counter.step(state, t_s, value)
        if cycle:
            counter.accept(state, cycle)
            found.append(cycle)
    last = counter.finish(state) if finish else None
    return [*found, last] if last else found


def times(keys: Sequence[Key], again: int, pause_s: float = 0.0) -> list[Key]:
    """The keys repeated `again` times."""
    length = keys[-1][0] + pause_s
    repeated = [
        (t_s + k * length, value)
        for k in range(again)
        for t_s, value in (keys if not k or pause_s else keys[1:])
    ]
    return [*repeated, (repeated[-1][0] + 1.0, repeated[-1][1])]


def test_the_best_is_kept_when_it_is_no_longer_among_the_last() -> None:
    counter, state = Counter(Counting()), CounterState()
    for travel in (0.7, 1.2, *[0.8] * 6):
        counter.accept(state, Cycle(0, 1, 2, 1, 1, travel, travel))
    assert state.best == 1.2
    assert state.own == [0.8] * 5


REP = [(0.0, 0.0), (1.5, 1.0), (3.0, 0.0)]


def test_one_cycle_with_its_start_turn_and_end() -> None:
    (cycle,) = cycles(curve([(0, 0), (1, 0), (2.5, 1), (4, 0), (5, 0)]))
    assert cycle.start_s == pytest.approx(1.2, abs=0.25)
    assert cycle.peak_s == pytest.approx(2.5, abs=0.05)
    assert cycle.end_s == pytest.approx(3.9, abs=0.25)
    assert cycle.peak == pytest.approx(1.0, abs=0.01)
    assert cycle.travel == pytest.approx(1.0, abs=0.02)


def test_it_counts_on_return_not_at_the_turn() -> None:
    way_back = [sample for sample in curve(REP) if sample[0] < 2.2]
    assert cycles(way_back) == []


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
@pytest.mark.parametrize("again", [1, 3, 8])
def test_every_frame_rate_counts_alike(fps: float, again: int) -> None:
    assert len(cycles(curve(times(REP, again), fps))) == again


@pytest.mark.parametrize(
    ("rep_s", "count"), [(0.8, 3), (1.5, 3), (6.0, 3), (15.0, 3), (0.4, 0), (40.0, 0)]
)
def test_brisk_and_slow_repetitions_count_impossible_ones_do_not(rep_s: float, count: int) -> None:
    keys = [(0.0, 0.0), (rep_s / 2, 1.0), (rep_s, 0.0)]
    assert len(cycles(curve(times(keys, 3, pause_s=0.5), fps=60))) == count


@pytest.mark.parametrize(("deep", "count"), [(0.2, 0), (0.3, 0), (0.5, 1), (1.3, 1)])
def test_the_smallest_movement(deep: float, count: int) -> None:
    assert len(cycles(curve([(0, 0), (1, 0), (2, deep), (3, 0), (4, 0)]))) == count


def test_a_hold_at_the_turn_is_one_repetition_and_its_length_is_known() -> None:
    (cycle,) = cycles(curve([(0, 0), (1, 1), (6, 1), (7, 0), (8, 0)], noise=0.01))
    assert cycle.leave_peak_s - cycle.reach_peak_s == pytest.approx(5.0, abs=0.5)


def test_a_wobble_at_the_turn_is_not_another_repetition() -> None:
    assert (
        len(
            cycles(curve([(0, 0), (1, 1), (1.5, 0.7), (2, 1), (2.5, 0.65), (3, 1), (4, 0), (5, 0)]))
        )
        == 1
    )


def test_a_wobble_at_the_start_is_none() -> None:
    assert (
        cycles(curve([(0, 0), (0.5, 0.2), (1, 0), (1.5, 0.25), (2, 0), (2.5, 0.15), (4, 0)])) == []
    )


def test_who_sways_before_setting_out_starts_from_where_they_set_out_last() -> None:
    counter, state = Counter(Counting()), CounterState()
    for t_s, value in curve([(0, 0), (1, 0.2), (2, 0.1), (3, 1.0)]):
        counter.step(state, t_s, value)
    assert state.mode == "out"
    assert state.base_s == pytest.approx(2.0, abs=0.1)


def test_a_tremor_on_the_way_is_no_new_start() -> None:
    counter, state = Counter(Counting()), CounterState()
    for t_s, value in curve([(0, 0), (1, 0.2), (1.2, 0.18), (3, 1.0)]):
        counter.step(state, t_s, value)
    assert state.base_s < 0.6


def test_who_does_not_come_back_quite_to_the_start_is_counted_too() -> None:
    keys = [(0, 0), (1, 1), (2, 0.15), (3, 1), (4, 0.2), (5, 1), (6, 0.05), (7, 0.05)]
    assert len(cycles(curve(keys))) == 3


def test_who_turns_back_two_thirds_of_the_way_did_a_repetition_too() -> None:
    keys = [(0, 0), (1, 1), (2, 0.34), (3, 1), (4, 0.34), (5, 1), (6, 0.05), (7, 0.05)]
    assert len(cycles(curve(keys))) == 3
    shallow = [(0, 0), (1, 1), (2, 0.6), (3, 1), (4, 0.6), (5, 1), (6, 0.05), (7, 0.05)]
    assert len(cycles(curve(shallow))) == 1


def test_half_a_repetition_at_the_end_is_none() -> None:
    assert len(cycles(curve([(0, 0), (1, 1), (2, 0), (3, 0), (4, 1)]), finish=True)) == 1
    assert (
        len(cycles(curve([(0, 0), (1, 1), (2, 0), (3, 0), (4, 1), (4.5, 0.6)]), finish=True)) == 1
    )


def test_a_recording_cut_shortly_before_the_end_has_shown_the_repetition() -> None:
    almost = curve([(0, 0), (1, 1), (2, 0.15)])
    assert cycles(almost) == []
    assert len(cycles(almost, finish=True)) == 1


def test_after_a_long_rest_at_another_level_the_next_one_counts() -> None:
    keys = [(0, 0), (1, 1), (2, 0), (3, 0.2), (12, 0.2), (13, 1), (14, 0.2), (15, 0.2)]
    assert len(cycles(curve(keys))) == 2


def test_small_movements_beside_the_persons_own_do_not_count() -> None:
    keys = [
        *times([(0.0, 0.0), (1.0, 1.5), (2.0, 0.0)], 4),
        (10.0, 0.0),
        (11.0, 0.45),
        (12.0, 0.0),
        (13.0, 0.0),
    ]
    assert len(cycles(curve(keys))) == 4


@pytest.mark.parametrize("swings", [1, 4])
def test_two_legs_make_one_cycle(swings: int) -> None:
    """Cat and camel: the back rounds, passes its start position, and sags."""
    swing = [(0.0, 0.0), (1.0, 1.0), (3.0, -1.0), (4.0, 0.0)]
    assert len(cycles(curve(times(swing, swings, pause_s=0.3)), legs=(1, -1))) == swings


def test_one_leg_of_two_is_no_cycle() -> None:
    assert cycles(curve(times(REP, 1)), legs=(1, -1)) == []


@given(st.floats(0.0, 0.04), st.integers(0, 4))
def test_noise_below_the_threshold_adds_no_repetition(noise: float, count: int) -> None:
    rest = [(0.0, 0.0), (2.0, 0.0)]
    keys = (
        [*rest, *((t_s + 2.0, value) for t_s, value in times(REP, count, pause_s=0.5))]
        if count
        else [*rest, (9.0, 0.0)]
    )
    assert len(cycles(curve(keys, noise=noise))) == count


@given(st.lists(st.floats(-0.5, 1.5), min_size=2, max_size=60), st.sampled_from([10.0, 30.0]))
def test_cycles_come_in_order_and_are_credible_whatever_the_signal(
    values: list[float], fps: float
) -> None:
    counting = Counting()
    found = cycles([(i / fps, value) for i, value in enumerate(values)], counting, finish=True)
    for cycle in found:
        assert cycle.start_s <= cycle.peak_s <= cycle.end_s
        assert cycle.reach_peak_s <= cycle.peak_s <= cycle.leave_peak_s
        assert counting.min_s <= cycle.end_s - cycle.start_s <= counting.max_s
    for before, after in itertools.pairwise(found):
        assert before.end_s <= after.end_s


def test_who_stays_most_of_the_way_back_has_arrived() -> None:
    """Not everybody stands up as straight as at first: the count does not wait for the next movement."""
    stiff = [(0.0, 0.0), (1.0, 1.0), (2.0, 0.3), (5.0, 0.3), (6.0, 1.0), (7.0, 0.3), (9.0, 0.3)]
    counter, state, told = Counter(Counting()), CounterState(), []
    for t_s, value in curve(stiff):
        if counter.step(state, t_s, value):
            told.append(t_s)
    assert told == pytest.approx([2.5, 7.1], abs=0.2)  # the second return is whole


def test_a_rest_on_the_way_back_counts_once() -> None:
    halting = [(0.0, 0.0), (1.0, 1.0), (2.0, 0.3), (4.0, 0.3), (5.0, 0.0), (7.0, 0.0)]
    assert len(cycles(curve(halting))) == 1
