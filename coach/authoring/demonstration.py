"""What a demonstration shows: which measures tell of the movement, how far they go, how fast, and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np

from coach.authoring.finding import Follower, Found, find
from coach.authoring.watching import METHODS, Floats, Watched, unit
from coach.comparing.features import body_points, turned_to_front
from coach.exercise import Counting, Target, Tempo, Term, View
from coach.landmarks import pair
from coach.measures import Channel
from coach.reference import ReferenceMovement
from coach.reps import Cycle

_TERMS: Final = 3
_TOGETHER: Final = 0.85
"""Correlation from which two measures follow the same movement."""

_LOOSELY: Final = 0.6
"""And from which an angle may be given as a target beside them."""

_LEAST_TERM: Final = 0.2
"""Units from rest to full below which a term is sway."""

_RANGE_SHARE: Final = 0.25
"""A therapist may set a target from a quarter of the way to a quarter beyond what was shown."""

_REFERENCE_FRAMES: Final = 32


class Shown(msgspec.Struct, frozen=True):
    """A demonstration: what was watched and found, and its repetitions in time, each with who moved."""

    watched: Watched
    found: Found
    cycles: tuple[tuple[Channel, Cycle], ...]

    def at(self, follower: Follower, when: str) -> float:
        """Median value of a measure over all repetitions, at `start_s` or `peak_s`, in its own channel."""
        by_channel = {series.channel: series for series in follower.series}
        t_s = self.watched.t_s
        values = [by_channel[who].around(t_s, getattr(cycle, when)) for who, cycle in self.cycles]
        return float(np.median(values))


def shown_in(watched: Watched) -> Shown:
    """Find the repetitions. Raises MovementError when there are not two."""
    found = find(watched)
    lead = found.followers[0]
    cycles = [
        (series.channel, cycle)
        for series, cycles in zip(lead.series, lead.cycles, strict=True)
        for cycle in cycles
    ]
    return Shown(watched, found, tuple(sorted(cycles, key=lambda pair: pair[1].start_s)))


def terms_of(shown: Shown) -> tuple[Term, ...]:
    """The measures that move most, not all of one kind: angles are foreshortened, heights are not."""
    chosen: list[Follower] = []
    for follower in _in_step(shown.found.followers, _TOGETHER):
        if _fails_differently(follower, chosen):
            chosen.append(follower)
    made = [_term(shown, follower) for follower in chosen]
    moving = [term for term in made if abs(term.full - term.rest) >= _LEAST_TERM * unit(term)]
    return tuple(moving[:_TERMS]) or (made[0],)


def _in_step(followers: Sequence[Follower], least: float) -> list[Follower]:
    """The strongest measure, then those that go with it, the more closely the earlier."""
    lead = followers[0]
    together = [float(np.corrcoef(lead.progress(), one.progress())[0, 1]) for one in followers]
    order = sorted(range(len(followers)), key=lambda i: -(together[i] ** 4) * followers[i].vote)
    rest = [followers[i] for i in order if i and together[i] >= least]
    return [lead, *rest]


def _fails_differently(follower: Follower, chosen: Sequence[Follower]) -> bool:
    """A second angle of the same joint or a second distance of the same point adds nothing; at most two of a kind."""
    measure = follower.series[0].measure
    others = [one.series[0].measure for one in chosen]
    same_kind = [one for one in others if (one.of is None) == (measure.of is None)]
    known = any(one.of is not None and one.of == measure.of for one in others)
    return not known and len(same_kind) < _TERMS - 1


def _term(shown: Shown, follower: Follower) -> Term:
    measure = follower.series[0].measure
    rest, full = shown.at(follower, "start_s"), shown.at(follower, "peak_s")
    digits = 0 if measure.of is None else 2
    return Term(
        measure=measure.measure,
        of=measure.of,
        base=measure.base,
        rest=round(rest, digits),
        full=round(full, digits),
    )


def angles_of(shown: Shown, terms: Sequence[Term], view: View) -> list[Term]:
    """The angles to give degrees of: the terms' own, else the one that goes best with them; none in other views."""
    supported = [term for term in terms if view in METHODS.get(term.measure, {})]
    if supported:
        return supported
    others = [_term(shown, one) for one in _in_step(shown.found.followers, _LOOSELY)]
    return [one for one in others if view in METHODS.get(one.measure, {})][:1]


def target_of(term: Term) -> Target:
    """What was shown, to the nearest 5 degrees, and a range round it."""
    margin = _RANGE_SHARE * (term.full - term.rest)
    ends = sorted((_five(term.rest + margin), _five(term.full + margin)))
    default = _five(term.full)
    return Target(
        default=default,
        min=min(ends[0], default),
        max=max(min(ends[1], 180.0), default),
        towards="larger" if term.full > term.rest else "smaller",
    )


def _five(deg: float) -> float:
    return max(0.0, 5.0 * round(deg / 5.0))


def counting_of(shown: Shown) -> Counting:
    """The usual thresholds; more room where the demonstration itself is slow, quick, or moves about."""
    usual = Counting()
    lengths = [cycle.end_s - cycle.start_s for _, cycle in shown.cycles]
    return Counting(
        min_s=round(min(usual.min_s, 0.6 * min(lengths)), 1),
        max_s=float(max(usual.max_s, round(3.0 * max(lengths)))),
        drift_m=max(usual.drift_m, round(1.5 * _drift_m(shown), 1)),
    )


def _drift_m(shown: Shown) -> float:
    """How far the hips move sideways in the picture within one repetition, body metres, at most."""
    t_s = shown.watched.t_s
    x = np.array([sight.body.point("mid_hip", "left").x for sight in shown.watched.sights])
    spans = [x[(t_s >= cycle.start_s) & (t_s <= cycle.end_s)] for _, cycle in shown.cycles]
    return float(max(np.ptp(span) for span in spans))


def tempo_of(shown: Shown) -> Tempo:
    """Median seconds out, at the turn and back."""
    cycles = [cycle for _, cycle in shown.cycles]
    out = np.median([cycle.reach_peak_s - cycle.start_s for cycle in cycles])
    hold = np.median([cycle.leave_peak_s - cycle.reach_peak_s for cycle in cycles])
    back = np.median([cycle.end_s - cycle.leave_peak_s for cycle in cycles])
    return Tempo(
        out_s=round(float(out), 1), hold_s=round(float(hold), 1), back_s=round(float(back), 1)
    )


def reference_of(shown: Shown, exercise_id: str) -> ReferenceMovement:
    """The repetition of median length, turned to face the viewer; of alternating sides one of each, the left first."""
    sides = sorted({who for who, _ in shown.cycles})
    chosen = [_median_cycle(shown, who) for who in sides]
    parts = [_pictured(shown.watched, cycle) for cycle in chosen]
    return ReferenceMovement(
        exercise_id,
        np.concatenate([points for points, _ in parts]),
        sum(cycle.end_s - cycle.start_s for cycle in chosen),
        float(-np.degrees(parts[0][1])),
    )


def _median_cycle(shown: Shown, who: Channel) -> Cycle:
    cycles = [cycle for channel, cycle in shown.cycles if channel == who]
    cycles.sort(key=lambda cycle: cycle.end_s - cycle.start_s)
    return cycles[len(cycles) // 2]


def _pictured(watched: Watched, cycle: Cycle) -> tuple[Floats, float]:
    """`(32, 33, 3)` metres at equal steps, the hips in the middle at first, and how far it was turned (radians)."""
    inside = (watched.t_s >= cycle.start_s) & (watched.t_s <= cycle.end_s)
    frames = [watched.frames[row] for row in np.flatnonzero(inside)]
    points, yaw = turned_to_front(body_points(frames))
    points = points - points[0, list(pair("hip"))].mean(0)
    at_s = np.linspace(cycle.start_s, cycle.end_s, _REFERENCE_FRAMES, endpoint=False)
    flat = points.reshape(len(points), -1)
    moved = np.stack([np.interp(at_s, watched.t_s[inside], column) for column in flat.T], axis=1)
    return moved.reshape(_REFERENCE_FRAMES, -1, 3), yaw
