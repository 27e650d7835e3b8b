"""Everything the engine ever says, as tagged structs: wire format and log format at once.

Events carry keys with parameters (`cue="go_deeper"`, `params={"angle": "knee_flexion"}`), never prose: the words
are chosen where they are shown, in the reader's language. Times are seconds of the stream (`t_s`).
"""

from __future__ import annotations

from typing import Literal

import msgspec

Side = Literal["left", "right", "both"]
State = Literal["no_person", "positioning", "ready", "exercising", "resting", "paused", "done"]
Verdict = Literal["correct", "incomplete", "faulty"]
Rejection = Literal["start", "moved_away", "posture"]


class Tempo(msgspec.Struct, frozen=True):
    """Seconds of one repetition: towards the turn, at the turn, and back to the start position."""

    out: float
    hold: float
    back: float


class Rep(msgspec.Struct, frozen=True):
    """One full movement cycle, whatever its verdict.

    `rom_deg` holds, per angle without side, the smallest and largest value vouched for in the cycle, whole degrees.
    `faults` are ids of checks or `limit:<angle>`; `score` is 0..1.
    """

    index: int
    side: Side
    set_index: int
    start_s: float
    peak_s: float
    end_s: float
    verdict: Verdict
    rom_deg: dict[str, tuple[int, int]]
    faults: tuple[str, ...]
    score: float
    tempo_s: Tempo


class StateChanged(msgspec.Struct, frozen=True, tag="state"):
    """The session entered another state."""

    t_s: float
    state: State


class RepCompleted(msgspec.Struct, frozen=True, tag="rep"):
    """A repetition was counted. Nothing announced is taken back."""

    t_s: float
    rep: Rep


class RepRejected(msgspec.Struct, frozen=True, tag="rep_rejected"):
    """A movement came and went that is no repetition of this exercise; nothing is counted.

    `start`: it did not set out from the start position; `moved_away`: the body left its place; `posture`: the body
    was otherwise not as in this exercise.
    """

    t_s: float
    side: Side
    reason: Rejection


class HoldEnded(msgspec.Struct, frozen=True, tag="hold"):
    """A held position was left for longer than its grace, or its time is full; `held_s` is the time in position."""

    t_s: float
    side: Side
    set_index: int
    start_s: float
    held_s: float
    target_s: float
    faults: tuple[str, ...] = ()


class FaultSeen(msgspec.Struct, frozen=True, tag="fault"):
    """A form check failed for its minimum duration, or a limit was passed. `value` is in the measure's unit."""

    t_s: float
    check: str
    side: Side
    phase: str
    value: float
    bound: float


class CueGiven(msgspec.Struct, frozen=True, tag="cue"):
    """The one sentence to say now. `cue` is a key of poses/cues/<lang>.toml."""

    t_s: float
    cue: str
    params: dict[str, str | float] = {}


class SetCompleted(msgspec.Struct, frozen=True, tag="set"):
    """The prescribed repetitions, or the held time, of one set are done."""

    t_s: float
    set_index: int
    reps: int
    hold_s: float


class FrameRejected(msgspec.Struct, frozen=True, tag="rejected"):
    """A frame could not be used (`clock_backwards`, `malformed`). The session goes on.

    Only the first of a run of bad frames is announced.
    """

    t_s: float
    reason: str


class PersonChanged(msgspec.Struct, frozen=True, tag="person"):
    """The landmarks jumped to another body, or back (`other`, `patient`). Nothing is counted meanwhile."""

    t_s: float
    who: Literal["other", "patient"]


class SegmentStarted(msgspec.Struct, frozen=True, tag="segment"):
    """The session goes on in a new segment (another engine version, or a lost snapshot); repetitions so far are
    kept."""

    t_s: float
    engine: str
    reason: str


class LooksLike(msgspec.Struct, frozen=True, tag="looks_like"):
    """Live: nothing was counted for a while, and another exercise of the program clearly fits. Only asks: nothing is
    switched by itself. The one event that a replay of the session does not repeat, for it does not know the program.
    """

    t_s: float
    exercise: str


Event = (
    StateChanged
    | RepCompleted
    | RepRejected
    | HoldEnded
    | FaultSeen
    | CueGiven
    | SetCompleted
    | FrameRejected
    | PersonChanged
    | SegmentStarted
    | LooksLike
)


class Angle(msgspec.Struct, frozen=True):
    """One measured angle of this frame. `error_deg`: half-width within which the truth lies in 80 % of frames."""

    deg: float
    error_deg: float


class Counts(msgspec.Struct, frozen=True):
    """Repetitions so far. `reps` = correct + incomplete + faulty = left + right + both."""

    reps: int = 0
    correct: int = 0
    incomplete: int = 0
    faulty: int = 0
    left: int = 0
    right: int = 0
    both: int = 0


class Step(msgspec.Struct, frozen=True):
    """What the engine makes of one frame: what happened, and what to show now.

    `progress` is 0 at the start position and 1 at the target; `phase` a phase name of the exercise; `angles` only
    those vouched for, keyed `left_knee_flexion`; `set_goal` the repetitions that complete a set; `guide` set-up
    hints still missing (keys), empty when in place; `hold_s` the time held so far in the current hold; `good` whether
    the movement under way will be judged correct if it goes back now, by the verdict's own thresholds.
    """

    t_s: float
    state: State
    phase: str
    side: Side
    progress: float
    counts: Counts
    set_index: int
    set_reps: int
    set_goal: int
    hold_s: float
    view: str
    angles: dict[str, Angle]
    guide: tuple[str, ...]
    events: tuple[Event, ...]
    good: bool = False
