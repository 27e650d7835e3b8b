"""A new exercise from a demonstration of 2 to 5 repetitions: what moves, how far, how fast, from which posture.

The definition is an ordinary exercise, to be read and corrected by hand. It is tried on its own demonstration before
it is given out: `learn` never returns a definition that counts it wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
import numpy as np

from coach import posture
from coach.errors import MovementError
from coach.exercise import (
    Camera,
    Counting,
    Exercise,
    Gate,
    Phase,
    Sides,
    Source,
    Target,
    Tempo,
    Term,
    View,
    Words,
)
from coach.features import body_points, turned_to_front
from coach.finding import Follower, Found, find
from coach.frame import PoseFrame
from coach.measures import Channel, points_of
from coach.reference import ReferenceMovement
from coach.reps import Cycle
from coach.session import ExerciseSession
from coach.stream import Gap, run
from coach.watching import METHODS, Watched, unit

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
_OTHER_SIDES: Final[dict[str, tuple[Sides, ...]]] = {
    "left": ("right", "alternating"),
    "right": ("left", "alternating"),
    "alternating": ("left", "right"),
}


class Learned(msgspec.Struct, frozen=True):
    """A learned exercise, its reference movement, and how many repetitions were found and counted again."""

    exercise: Exercise
    reference: ReferenceMovement
    count: int


class _Shown(msgspec.Struct, frozen=True):
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


def learn(
    frames: Sequence[PoseFrame | Gap], exercise_id: str, like: Exercise | None = None
) -> Learned:
    """The exercise shown in these frames; words, posture and checks from `like`, where given. Raises MovementError."""
    people = [frame for frame in frames if isinstance(frame, PoseFrame)]
    if not people:
        raise MovementError("Nobody is in it; record again with the whole body in view.")
    shown = _shown(Watched(people))
    for exercise in _attempts(shown, exercise_id, like):
        if counted(exercise, frames) == shown.found.count:
            return Learned(exercise, _reference(shown, exercise_id), shown.found.count)
    raise MovementError(
        f"{shown.found.count} repetitions were found in it, but no definition counts them all; film them slower, "
        "with a moment of stillness in the start position between them."
    )


def counted(exercise: Exercise, frames: Sequence[PoseFrame | Gap]) -> int:
    """How many repetitions of an exercise a session counts in these frames."""
    session = ExerciseSession(exercise, start="file")
    for _ in run(session, frames):
        pass
    return session.counts.reps


def _shown(watched: Watched) -> _Shown:
    found = find(watched)
    lead = found.followers[0]
    cycles = [
        (series.channel, cycle)
        for series, cycles in zip(lead.series, lead.cycles, strict=True)
        for cycle in cycles
    ]
    return _Shown(watched, found, tuple(sorted(cycles, key=lambda pair: pair[1].start_s)))


def _attempts(shown: _Shown, exercise_id: str, like: Exercise | None) -> Iterator[Exercise]:
    """Definitions, the most careful first: all terms and gates, then fewer terms, then fewer gates."""
    gates = posture.gates(shown.watched, shown.cycles)
    terms = _terms(shown)
    for kept in (gates, tuple(gate for gate in gates if gate.when == "start"), ()):
        for count in range(len(terms), 0, -1):
            yield _exercise(shown, exercise_id, terms[:count], kept, like)


def _terms(shown: _Shown) -> tuple[Term, ...]:
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


def _term(shown: _Shown, follower: Follower) -> Term:
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


def _exercise(
    shown: _Shown,
    exercise_id: str,
    terms: tuple[Term, ...],
    gates: tuple[Gate, ...],
    like: Exercise | None,
) -> Exercise:
    """The whole definition."""
    view: View = shown.watched.view  # type: ignore[assignment]  # known as soon as a frame was seen
    angles = _angles(shown, terms, view)
    methods = {angle.measure: {view: METHODS[angle.measure][view]} for angle in angles}
    made = Exercise(
        schema_version=1,
        id=exercise_id,
        kind="cycle",
        tier="B" if methods else "C",
        regions=_regions(terms),
        position=posture.position(shown.watched, [cycle.start_s for _, cycle in shown.cycles]),
        sides=shown.found.sides,
        other_sides=_OTHER_SIDES.get(shown.found.sides, ()),
        words=_words(exercise_id),
        camera=Camera(views=(view,), see=_parts(terms)),
        signal=terms,
        phases=(
            Phase(name="start", at=0.0),
            Phase(name="out"),
            Phase(name="turn", at=1.0),
            Phase(name="back"),
        ),
        counting=_counting(shown),
        gates=gates,
        methods=methods,
        targets={angle.measure: _target(angle) for angle in angles},
        tempo=_tempo(shown),
        sources=(Source(cites=f"Learned from a recording of {shown.found.count} repetitions."),),
    )
    return made if like is None else _likened(made, like)


def _likened(made: Exercise, like: Exercise) -> Exercise:
    """Words, posture, dose and checks of a known exercise; the movement itself stays as it was shown."""
    phases = like.phases if len(like.phases) == len(made.phases) else made.phases
    names = {phase.name for phase in phases}
    view = made.camera.views[0]
    return msgspec.structs.replace(
        made,
        words=like.words,
        regions=like.regions,
        position=like.position,
        camera=msgspec.structs.replace(like.camera, views=(view,), see=made.camera.see),
        phases=phases,
        checks=tuple(
            one for one in like.checks if view in one.views and names.issuperset(one.phases)
        ),
        dose=like.dose,
    )


def _words(exercise_id: str) -> Words:
    return Words(
        name=exercise_id.replace("_", " ").capitalize(),
        short="Do the movement as it was shown to you.",
        steps=("Start as in the demonstration.", "Move as far as was shown.", "Come back slowly."),
    )


def _angles(shown: _Shown, terms: Sequence[Term], view: View) -> list[Term]:
    """The angles to give degrees of: the terms' own, else the one that goes best with them; none in other views."""
    supported = [term for term in terms if view in METHODS.get(term.measure, {})]
    if supported:
        return supported
    others = [_term(shown, one) for one in _in_step(shown.found.followers, _LOOSELY)]
    return [one for one in others if view in METHODS.get(one.measure, {})][:1]


def _target(term: Term) -> Target:
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


def _parts(terms: Sequence[Term]) -> tuple[str, ...]:
    """Body parts that must be in the picture."""
    names = [name for term in terms for name in points_of(term)]
    return tuple(dict.fromkeys(name.removeprefix("mid_").removeprefix("low_") for name in names))


def _regions(terms: Sequence[Term]) -> tuple[str, ...]:
    """The joints of the terms' angles, else the parts that move."""
    joints = [term.measure.split("_")[0] for term in terms if term.of is None]
    return tuple(dict.fromkeys(joints)) or _parts(terms)[:1]


def _counting(shown: _Shown) -> Counting:
    """The usual thresholds; more room where the demonstration itself is slow, quick, or moves about."""
    usual = Counting()
    lengths = [cycle.end_s - cycle.start_s for _, cycle in shown.cycles]
    return Counting(
        min_s=round(min(usual.min_s, 0.6 * min(lengths)), 1),
        max_s=float(max(usual.max_s, round(3.0 * max(lengths)))),
        drift_m=max(usual.drift_m, round(1.5 * _drift_m(shown), 1)),
    )


def _drift_m(shown: _Shown) -> float:
    """How far the hips move sideways in the picture within one repetition, body metres, at most."""
    t_s = shown.watched.t_s
    x = np.array([sight.body.point("mid_hip", "left").x for sight in shown.watched.sights])
    spans = [x[(t_s >= cycle.start_s) & (t_s <= cycle.end_s)] for _, cycle in shown.cycles]
    return float(max(np.ptp(span) for span in spans))


def _tempo(shown: _Shown) -> Tempo:
    """Median seconds out, at the turn and back."""
    cycles = [cycle for _, cycle in shown.cycles]
    out = np.median([cycle.reach_peak_s - cycle.start_s for cycle in cycles])
    hold = np.median([cycle.leave_peak_s - cycle.reach_peak_s for cycle in cycles])
    back = np.median([cycle.end_s - cycle.leave_peak_s for cycle in cycles])
    return Tempo(
        out_s=round(float(out), 1), hold_s=round(float(hold), 1), back_s=round(float(back), 1)
    )


def _reference(shown: _Shown, exercise_id: str) -> ReferenceMovement:
    """The repetition of median length, turned to face the viewer; its hips start in the middle."""
    ordered = sorted(shown.cycles, key=lambda pair: pair[1].end_s - pair[1].start_s)
    cycle = ordered[len(ordered) // 2][1]
    t_s = shown.watched.t_s
    inside = (t_s >= cycle.start_s) & (t_s <= cycle.end_s)
    frames = [shown.watched.frames[row] for row in np.flatnonzero(inside)]
    points, yaw = turned_to_front(body_points(frames))
    points = points - points[0, 23:25].mean(0)
    at_s = np.linspace(cycle.start_s, cycle.end_s, _REFERENCE_FRAMES, endpoint=False)
    flat = points.reshape(len(points), -1)
    moved = np.stack([np.interp(at_s, t_s[inside], column) for column in flat.T], axis=1)
    return ReferenceMovement(
        exercise_id,
        moved.reshape(_REFERENCE_FRAMES, -1, 3),
        cycle.end_s - cycle.start_s,
        float(-np.degrees(yaw)),
    )
