"""One moving side (or both together): its signal, counter, gates, checks and range of motion, frame by frame."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from coach.checks import Checks, CheckState
from coach.events import Angle, FaultSeen, Rejection, Rep, Side, Verdict
from coach.exercise import Counting, Exercise
from coach.gates import Gates, GateState
from coach.goals import Goal, Goals
from coach.landmarks import SIDES
from coach.measures import Sight
from coach.phases import by_leg, legs_of
from coach.reps import Counter, CounterState, Cycle, tempo_of
from coach.signal import Signal, SignalState

_AT: Final = 0.75
"""Share of the way to a position from which on its phase is shown."""

_LEAST_TRAVEL: Final = 0.15
"""However low the target: below this share of a full movement landmarks sway by themselves."""

NO_ANGLES: Final[Mapping[str, Angle]] = MappingProxyType({})

_PENALTY: Final = 0.3
_HELD_SHARE: Final = 0.8


class Cue(NamedTuple):
    """A key of poses/cues/<lang>.toml and what goes with it."""

    key: str
    params: dict[str, str | float] = {}  # noqa: RUF012 - never written to


class ChannelState(msgspec.Struct):
    """Plain state of one channel. Progress on the exercise's own scale: where this repetition `started`, how deep it
    went, and the `valley` after its turn, from which the next one starts when the person does not stop there.
    `relearn`: the rest levels are taken anew as soon as the person stands still. `turned`, `rival`: see
    `coach.either_end`."""

    signal: SignalState = msgspec.field(default_factory=SignalState)
    counter: CounterState = msgspec.field(default_factory=CounterState)
    gates: GateState = msgspec.field(default_factory=GateState)
    checks: list[CheckState] = []
    rom: dict[str, tuple[float, float]] = {}
    faults: list[str] = []
    moved: float = 0.0
    reached: float = 0.0
    started: float = 0.0
    valley: float = math.inf
    deepest: float = 0.0
    phase: str = ""
    t_s: float | None = None
    relearn: bool = False
    turned: bool = False
    rival: ChannelState | None = None

    def shown(self, goals: Goals) -> float:
        """Progress for the gauge: 0 in the person's own start position, 1 at the therapist's target."""
        return min(1.5, max(0.0, self.moved / max(goals.full, 1e-6)))


class Channel:
    """Counts one side. Configuration only; the state is passed in."""

    def __init__(self, exercise: Exercise, goals: Goals, side: Side) -> None:
        legs = legs_of(exercise.phases)
        self.side = side
        self._goals = goals
        self._phases = exercise.phases
        self._start_max = exercise.counting.start_max
        self._best_share = exercise.counting.best_share
        self._signal = Signal(exercise.signal, from_rest=len(legs) == 1)
        self._counter = Counter(_scaled(exercise.counting, goals.full), legs)
        self._gates = Gates(exercise.gates, exercise.counting.drift_m)
        self._checks = Checks(exercise.checks)
        names = dict.fromkeys([*exercise.targets, *exercise.limits, *exercise.methods])
        self._angles = tuple(names)

    def fresh(self) -> ChannelState:
        """The state before the first frame."""
        state = ChannelState(checks=self._checks.fresh())
        state.phase = self._phases[0].name if self._phases else ""
        return state

    def step(
        self,
        state: ChannelState,
        sight: Sight,
        t_s: float,
        angles: Mapping[str, Angle] = NO_ANGLES,
    ) -> Iterator[Cycle | FaultSeen]:
        """Take one frame, with the `angles` it vouches for: the faults it shows and the cycle it completes."""
        resting = state.counter.mode == "rest"
        progress = self._signal.value(state.signal, sight, self.side, t_s, resting=resting)
        before_s, state.t_s = state.t_s, t_s
        if progress is None:
            return
        if state.relearn and resting and progress.still:
            self.drop(state, rest_too=True)
            return
        step_s = 0.0 if before_s is None else t_s - before_s
        state.moved, state.reached = progress.moved, progress.reached
        cycle = self._counter.step(state.counter, t_s, progress.moved, still=progress.still)
        if state.counter.base_s == t_s and state.counter.leg == 0:
            self._rest(state, sight, t_s)
        self._follow(state, sight, angles, t_s, step_s)
        yield from self._faults(state, sight, t_s)
        if cycle is not None:
            yield cycle

    def finish(self, state: ChannelState) -> Cycle | None:
        """The cycle that the end of the stream cut off shortly before its end, if any."""
        return self._counter.finish(state.counter)

    def grade(
        self, state: ChannelState, cycle: Cycle, index: int, set_index: int
    ) -> Rep | Rejection:
        """The repetition with its verdict, or why the movement was not this exercise's. Ready for the next."""
        graded = self.objection(state) or self._rep(state, cycle, index, set_index)
        if isinstance(graded, Rep):
            self._counter.accept(state.counter, cycle)
        state.gates = GateState(stance_s=state.gates.stance_s)
        return graded

    def advice(self, state: ChannelState, cycle: Cycle) -> Cue:
        """What to say of the incomplete repetition that was just graded: go further, or, being far enough, hold it."""
        if self._far_enough(state, cycle.travel):
            return Cue("hold_a_little_longer")
        for goal in (*self._short_of(state), *self._goals.targets):
            return Cue(goal.cue, {"angle": goal.angle})
        return Cue("further_if_it_feels_good")

    def good(self, state: ChannelState) -> bool:
        """Whether the movement under way will be counted and judged correct if it goes back now."""
        counter = state.counter
        if counter.mode != "out" or state.faults or self.objection(state):
            return False
        held_s = counter.leave_s - counter.reach_s
        return self._reached(state, held_s, counter.peak - counter.low)

    def objection(self, state: ChannelState) -> Rejection | None:
        """Why the movement under way is no repetition; None when it is one."""
        return "start" if state.started > self._start_max else self._gates.objection(state.gates)

    def drop(self, state: ChannelState, *, rest_too: bool = False) -> None:
        """Forget the movement under way, after a gap or while somebody else is in the picture.

        `rest_too`: and the rest levels, where lengths are no longer what they were.
        """
        fresh = self.fresh()
        fresh.signal.lows = [] if rest_too else state.signal.lows
        fresh.counter.own = state.counter.own
        fresh.counter.best = state.counter.best
        for name in ChannelState.__struct_fields__:
            setattr(state, name, getattr(fresh, name))

    def _objection(self, state: ChannelState) -> Rejection | None:
        """Why the movement under way is no repetition; None when it is one."""
        return "start" if state.started > self._start_max else self._gates.objection(state.gates)

    def _rest(self, state: ChannelState, sight: Sight, t_s: float) -> None:
        state.gates = self._gates.rest(state.gates, sight, self.side, t_s)
        self._checks.rest(state.checks, sight, self.side)
        state.rom, state.faults = {}, []
        state.started = min(state.reached, state.valley)
        state.deepest, state.valley = state.reached, math.inf

    def _follow(
        self,
        state: ChannelState,
        sight: Sight,
        angles: Mapping[str, Angle],
        t_s: float,
        step_s: float,
    ) -> None:
        at_turn = state.counter.peak_s == t_s and state.counter.mode == "out"
        self._gates.move(state.gates, sight, self.side, t_s, step_s, at_turn=at_turn)
        if state.counter.mode == "out" and state.counter.back_s == t_s:
            state.valley = state.reached
        state.deepest = max(state.deepest, state.reached)
        state.phase = self._phase(state)
        for name in self._angles:
            deg = self._deg(name, angles)
            if deg is not None:
                low, high = state.rom.get(name, (deg, deg))
                state.rom[name] = min(low, deg), max(high, deg)

    def _deg(self, name: str, angles: Mapping[str, Angle]) -> float | None:
        """An angle of the side that moves, or of both fused by how sure each is; None where the frame vouches for
        none."""
        sides = SIDES if self.side == "both" else (self.side,)
        known = [
            angles[key] for key in (name, *(f"{side}_{name}" for side in sides)) if key in angles
        ]
        if not known:
            return None
        weights = [1.0 / angle.error_deg**2 for angle in known]
        degs = zip(known, weights, strict=True)
        return sum(angle.deg * weight for angle, weight in degs) / sum(weights)

    def _faults(self, state: ChannelState, sight: Sight, t_s: float) -> Iterator[FaultSeen]:
        if state.counter.mode == "rest":
            return
        pace = state.signal.filter.pace
        for fault in self._checks.step(state.checks, sight, self.side, state.phase, t_s, pace):
            if fault.check not in state.faults:
                state.faults.append(fault.check)
            yield fault
        for goal in self._goals.limits:
            name = f"limit:{goal.angle}"
            worst = self._worst(state, goal)
            if worst is not None and goal.exceeded_by(worst) and name not in state.faults:
                state.faults.append(name)
                yield FaultSeen(t_s, name, self.side, state.phase, round(worst, 1), goal.deg)

    def _worst(self, state: ChannelState, goal: Goal) -> float | None:
        rom = state.rom.get(goal.angle)
        return None if rom is None else rom[1] if goal.towards == "larger" else rom[0]

    def cue_of(self, fault: str) -> str:
        """The cue that goes with a fault."""
        if fault.startswith("limit:"):
            angle = fault.removeprefix("limit:")
            return next(goal.cue for goal in self._goals.limits if goal.angle == angle)
        return self._checks.cues[fault]

    def _rep(self, state: ChannelState, cycle: Cycle, index: int, set_index: int) -> Rep:
        faults = tuple(state.faults)
        reached = self._reached(state, cycle.leave_peak_s - cycle.reach_peak_s, cycle.travel)
        verdict: Verdict = "faulty" if faults else "correct" if reached else "incomplete"
        depth = max(state.deepest, cycle.travel)
        share = min(1.0, max(0.0, depth / max(self._goals.full, 1e-6)))
        score = (1.0 if reached else min(share, 0.95)) * (1 - _PENALTY) ** len(faults)
        return Rep(
            index=index,
            side=self.side,
            set_index=set_index,
            start_s=round(cycle.start_s, 3),
            peak_s=round(cycle.peak_s, 3),
            end_s=round(cycle.end_s, 3),
            verdict=verdict,
            rom_deg={n: (round(low), round(high)) for n, (low, high) in state.rom.items()},
            faults=faults,
            score=round(score, 2),
            tempo_s=tempo_of(cycle),
        )

    def _reached(self, state: ChannelState, held_s: float, travel: float) -> bool:
        """Every target reached, and held: in degrees where they are vouched for, else on the exercise's own scale or as
        a share of the own best."""
        hold_s = self._goals.dose.hold_s
        held = not hold_s or held_s >= _HELD_SHARE * hold_s
        return held and self._far_enough(state, travel)

    def _far_enough(self, state: ChannelState, travel: float) -> bool:
        if self._best_share:
            return travel >= self._best_share * state.counter.best
        if not any(goal.angle in state.rom for goal in self._goals.targets):
            return self._goals.reached_share(max(state.deepest, travel))
        return not self._short_of(state)

    def _short_of(self, state: ChannelState) -> list[Goal]:
        """The targets of which the degrees, where vouched for, fell short."""
        rom = state.rom
        goals = [goal for goal in self._goals.targets if goal.angle in rom]
        return [goal for goal in goals if not goal.reached_by(*rom[goal.angle])]

    def _phase(self, state: ChannelState) -> str:
        """The phase to show: a position when near it, else the movement under way."""
        counter = state.counter
        if counter.mode == "rest" or not self._phases:
            return self._phases[0].name if self._phases else ""
        out, turn, back = by_leg(self._phases)[counter.leg]
        travel = max(counter.peak - counter.low, 1e-6)
        if counter.peak - counter.back > (1 - _AT) * travel:
            return back
        goal = max(self._goals.full, 1e-6)
        return turn if state.deepest >= _AT * goal and state.moved >= _AT * travel else out


def _scaled(counting: Counting, full: float) -> Counting:
    """Smaller movements count where the therapist's target asks for less than a full one."""
    share = min(1.0, max(full, 0.0))
    return msgspec.structs.replace(
        counting, min_travel=max(_LEAST_TRAVEL, counting.min_travel * share)
    )
