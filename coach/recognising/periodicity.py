"""Repetitions of a movement that nobody has defined: what goes out and comes back, found by itself.

Training-free. The posture rows of a whole recording (`motion`) are projected on the directions in which they move
most, over the whole time and over windows of it, for walking in moves more than a curl does. In each projection the
engine's own counter (`coach.reps`) finds the excursions; the projection in which the most movement comes back again
and again is the exercise. What does not look like the others, or walks away, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from coach.body import frame_scale_px
from coach.exercise import Counting
from coach.frame import PoseFrame
from coach.landmarks import pair
from coach.recognising.motion import Floats, posture
from coach.reps import Counter, CounterState, Cycle

LEAST_M: Final = 0.15
"""All points together, body metres (root of the sum of squares): less is the tremble of landmarks or of a hold. One
hand by 15 cm, both by 11 cm each."""

_RATE_HZ: Final = 20.0
_SMOOTH_S: Final = 0.1
_GAP_S: Final = 1.0
_WINDOWS_S: Final = (12.0, 6.0)
_MOST_WINDOWS: Final = 8
_DIRECTIONS: Final = 2
_LEAST_SHARE: Final = 0.15
"""A direction that holds less of the movement than this is not what the person does."""

_TAIL: Final = 3.0
"""Per cent of the samples at either end that do not set the range: a landmark that jumps must not."""

_COUNTING: Final = Counting(min_travel=0.4, return_share=0.7)
"""Shares of the range of the movement itself, where an exercise's are shares of what it defines as full."""

_UNLIKE: Final = 1.2
"""A path further than this from the middle one, as a share of that one's own size, is another movement."""

_PHASES: Final = 8


class _Course(NamedTuple):
    """A recording on an even time grid: `t_s` `(N,)`; `rows` `(N, D)`, weighted and centred; `hips_m` `(N,)`, where
    the hips are sideways; `seen` `(N,)`, whether frames are near."""

    t_s: Floats
    rows: Floats
    hips_m: Floats
    seen: Floats


class _Projection(NamedTuple):
    """A direction's progress `(N,)` (0 and 1 at the ends of its range), that range in body metres, and the share of
    the movement that it holds."""

    progress: Floats
    range_m: float
    share: float


def repetitions(frames: Sequence[PoseFrame]) -> tuple[Cycle, ...]:
    """The cycles of the movement that is repeated; empty when none is. Times must grow."""
    if len(frames) < 2:
        return ()
    course = _course(frames)
    best, most = tuple[Cycle, ...](), 0.0
    for one in _projections(course):
        for way in (one, one._replace(progress=1.0 - one.progress)):
            cycles = _alike(course, _on_the_spot(course, _cycles(course, way.progress)))
            worth = _worth(cycles, way)
            if worth > most:
                best, most = cycles, worth
    return best


def _worth(cycles: Sequence[Cycle], way: _Projection) -> float:
    """How much movement came back, in body metres. The largest hardly counts: a repetition is what repeats.

    Of the two ways round, the one that starts where the person stays longer is the better by a hair.
    """
    travels = [cycle.travel for cycle in cycles]
    if not travels:
        return 0.0
    resting = float((np.abs(way.progress) < 0.2).mean())
    return (sum(travels) - 0.9 * max(travels)) * way.range_m * way.share * (1.0 + 0.01 * resting)


def _course(frames: Sequence[PoseFrame]) -> _Course:
    """The recording at an even rate, whatever its own: so that neither frame rate nor jitter matters."""
    scale_px = float(np.nanmedian([frame_scale_px(frame) for frame in frames]))
    seen = [posture(frame, scale_px) for frame in frames]
    times = np.array([frame.t_s for frame in frames])
    hips = np.array([frame.image_px[list(pair("hip")), 0].mean() for frame in frames]) / scale_px
    grid = np.arange(times[0], times[-1] + 1e-9, 1.0 / _RATE_HZ)
    rows = np.array([one.row for one in seen])
    even = np.stack([_smooth(np.interp(grid, times, column)) for column in rows.T], axis=1)
    weight = np.sqrt(np.array([one.trust for one in seen]).mean(0))
    after = np.clip(np.searchsorted(times, grid), 1, len(times) - 1)
    near = times[after] - times[after - 1] <= _GAP_S
    return _Course(grid, (even - even.mean(0)) * weight, np.interp(grid, times, hips), near)


def _smooth(values: Floats) -> Floats:
    """A bell of 0.1 s: no lag, since the whole recording is there."""
    reach = round(3 * _SMOOTH_S * _RATE_HZ)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (_SMOOTH_S * _RATE_HZ)) ** 2)
    padded = np.pad(values, reach, mode="edge")
    smoothed: Floats = np.convolve(padded, bell / bell.sum(), mode="valid")
    return smoothed


def _projections(course: _Course) -> Iterator[_Projection]:
    """The main directions of the whole and of its windows, where they move enough."""
    for window in _windows(course):
        rows = course.rows[window]
        centred = rows - rows.mean(0)
        variance, directions = np.linalg.eigh(centred.T @ centred)  # the largest last
        total = max(1e-12, float(variance.sum()))
        for k in range(-1, -1 - _DIRECTIONS, -1):
            along = course.rows @ directions[:, k]
            low, high = np.percentile(along[window], [_TAIL, 100.0 - _TAIL])
            share = float(variance[k]) / total
            if high - low >= LEAST_M and share >= _LEAST_SHARE:
                progress = np.clip((along - low) / (high - low), -1.0, 2.0)
                yield _Projection(progress, float(high - low), share)


def _windows(course: _Course) -> Iterator[slice]:
    """All of it; then, of each length, windows that overlap by half or, in a long recording, are spread over it."""
    count = len(course.t_s)
    yield slice(0, count)
    for length_s in _WINDOWS_S:
        length = round(length_s * _RATE_HZ)
        if count > 1.3 * length:
            number = min(_MOST_WINDOWS, 2 * count // length)
            for start in np.linspace(0, count - length, number).round().astype(int).tolist():
                yield slice(start, start + length)


def _cycles(course: _Course, progress: Floats) -> list[Cycle]:
    """Every excursion from 0 and back; one that nobody saw for a while is dropped."""
    counter, state, found = Counter(_COUNTING), CounterState(), list[Cycle]()
    samples = zip(course.t_s.tolist(), progress.tolist(), course.seen.tolist(), strict=True)
    for t_s, value, seen in samples:
        if not seen:
            state = CounterState(own=state.own)
            continue
        cycle = counter.step(state, t_s, value)
        if cycle is not None:
            counter.accept(state, cycle)
            found.append(cycle)
    last = counter.finish(state)
    return found if last is None else [*found, last]


def _on_the_spot(course: _Course, cycles: list[Cycle]) -> list[Cycle]:
    """Those that end where they started: who walks by swings the arms and legs too."""

    def drift_m(cycle: Cycle) -> float:
        start, end = np.interp([cycle.start_s, cycle.end_s], course.t_s, course.hips_m).tolist()
        return abs(float(end - start))

    return [cycle for cycle in cycles if drift_m(cycle) <= _COUNTING.drift_m]


def _alike(course: _Course, cycles: list[Cycle]) -> tuple[Cycle, ...]:
    """Those whose path is like that of the middle one; of two nobody can say which is the stranger."""
    if len(cycles) < 3:
        return tuple(cycles)
    paths = np.array([_path(course, cycle) for cycle in cycles])
    apart = np.sqrt(((paths[:, None] - paths[None]) ** 2).sum(-1).mean(-1))
    middle = int(np.argmin(np.median(apart, axis=1)))
    size = float(np.sqrt((paths[middle] ** 2).sum(-1).mean()))
    like = apart[middle] < _UNLIKE * size
    return tuple(cycle for cycle, keep in zip(cycles, like.tolist(), strict=True) if keep)


def _path(course: _Course, cycle: Cycle) -> Floats:
    """`(2 * _PHASES - 1, D)`: the posture on the way out and back, from the path's own middle."""
    out = np.linspace(cycle.start_s, cycle.peak_s, _PHASES)
    back = np.linspace(cycle.peak_s, cycle.end_s, _PHASES)[1:]
    when = np.concatenate([out, back])
    path = np.stack([np.interp(when, course.t_s, column) for column in course.rows.T], axis=1)
    centred: Floats = path - path.mean(0)
    return centred
