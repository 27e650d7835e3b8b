"""Folding events into what people read: totals of a session, and the public result of an analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from coach.angles import Ranges
from coach.events import (
    Counts,
    CueGiven,
    Event,
    FaultSeen,
    HoldEnded,
    PersonChanged,
    Rep,
    RepCompleted,
    SetCompleted,
)


class Totals(msgspec.Struct, frozen=True):
    """What the events of one session (all its segments) add up to. `faults` and `cues`: how often each."""

    counts: Counts
    reps: tuple[Rep, ...]
    holds: tuple[HoldEnded, ...]
    sets: int
    faults: dict[str, int]
    cues: dict[str, int]

    @property
    def hold_s(self) -> float:
        """Seconds held, all holds together."""
        return round(sum(hold.held_s for hold in self.holds), 2)


def fold(events: Iterable[Event]) -> Totals:
    """Add up events in the order they happened. A fault is counted once for each repetition that shows it."""
    reps: list[Rep] = []
    cues: Counter[str] = Counter()
    holds: list[HoldEnded] = []
    sets = 0
    loose: Counter[str] = Counter()
    for event in events:
        if isinstance(event, RepCompleted):
            reps.append(event.rep)
        elif isinstance(event, HoldEnded):
            holds.append(event)
        elif isinstance(event, SetCompleted):
            sets += 1
        elif isinstance(event, CueGiven):
            cues[event.cue] += 1
        elif isinstance(event, FaultSeen):
            loose[event.check] += 1
    faults = Counter(fault for rep in reps for fault in rep.faults) or loose
    return Totals(_counts(reps), tuple(reps), tuple(holds), sets, dict(faults), dict(cues))


def _counts(reps: list[Rep]) -> Counts:
    tally = Counter[str](name for rep in reps for name in (rep.verdict, rep.side))
    return Counts(reps=len(reps), **dict(tally))


class RepEntry(msgspec.Struct, frozen=True):
    """One repetition in the public result."""

    index: int
    side: str
    start_s: float
    peak_s: float
    end_s: float
    verdict: str
    rom_deg: dict[str, tuple[int, int]]
    faults: tuple[str, ...]
    score: float
    tempo_s: dict[str, float]


class HoldEntry(msgspec.Struct, frozen=True):
    """One hold in the public result."""

    side: str
    start_s: float
    held_s: float


class AngleRange(msgspec.Struct, frozen=True):
    """Range of one angle over the whole stream, whole degrees, and the half-width of its 80 % band."""

    min_deg: int
    max_deg: int
    error_deg: int


class Extent(msgspec.Struct, frozen=True):
    """What was looked at: decoded frames, those with nobody in them, seconds, and the view at the end."""

    frames: int
    frames_without_person: int
    duration_s: float
    view: str


class Result(msgspec.Struct, frozen=True):
    """The public result (schema 1) of `coach analyze` and `coach replay`; see docs/reference/formats."""

    exercise: str
    frames: int
    frames_without_person: int
    duration_s: float
    view: str
    reps: int
    correct: int
    incomplete: int
    faulty: int
    by_side: dict[str, int]
    hold_s: float
    rep_list: tuple[RepEntry, ...]
    angles: dict[str, AngleRange]
    notes: tuple[str, ...]
    hold_list: tuple[HoldEntry, ...] = ()
    schema: int = 1


def result(
    exercise: str,
    events: Iterable[Event],
    extent: Extent,
    ranges: Ranges,
    notes: Iterable[str] = (),
) -> Result:
    """The public result of one stream."""
    events = list(events)
    totals = fold(events)
    others = sum(isinstance(event, PersonChanged) and event.who == "other" for event in events)
    said = [*notes, *(["several_people"] if others else [])]
    counts = totals.counts
    return Result(
        exercise=exercise,
        frames=extent.frames,
        frames_without_person=extent.frames_without_person,
        duration_s=round(extent.duration_s, 3),
        view=extent.view,
        reps=counts.reps,
        correct=counts.correct,
        incomplete=counts.incomplete,
        faulty=counts.faulty,
        by_side={"left": counts.left, "right": counts.right, "both": counts.both},
        hold_s=totals.hold_s,
        rep_list=tuple(_entry(rep) for rep in totals.reps),
        angles={name: _range(*values) for name, values in sorted(ranges.by_angle.items())},
        notes=tuple(dict.fromkeys(said)),
        hold_list=tuple(HoldEntry(one.side, one.start_s, one.held_s) for one in totals.holds),
    )


def _entry(rep: Rep) -> RepEntry:
    fields = {name: getattr(rep, name) for name in RepEntry.__struct_fields__}
    return RepEntry(**{**fields, "tempo_s": msgspec.structs.asdict(rep.tempo_s)})


def _range(low: float, high: float, error: float) -> AngleRange:
    return AngleRange(round(low), round(high), round(error))
