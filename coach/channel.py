"""One moving side (or both together): its signal, counter, gates, checks and range of motion, frame by frame."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import msgspec

from coach.checks import Checks, CheckState
from coach.events import FaultSeen, Rejection, Rep, Side, Tempo, Verdict
from coach.exercise import Counting, Exercise, Measure, Phase
from coach.gates import Gates, GateState
from coach.goals import Goal, Goals
from coach.measures import Reading, Sight
from coach.reps import Counter, CounterState, Cycle
from coach.signal import Signal, SignalState

_AT: Final = 0.75
"""Share of the way to a position from which on its phase is shown."""

_LEAST_TRAVEL: Final = 0.15
"""However low the target: below this share of a full movement landmarks sway by themselves."""

_VOUCHED: Final = 0.5
_PENALTY: Final = 0.3
_HELD_SHARE: Final = 0.8


class ChannelState(msgspec.Struct):
    """Plain state of one channel. Progress on the exercise's own scale: where this repetition `started`, how deep it
    went, and the `valley` after its turn, from which the next one starts when the person does not stop there.
    `relearn`: the rest levels are taken anew as soon as the person stands still. `turned`, `rival`: see `coach.either_end`."""

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
        legs = _legs(exercise.phases)
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
        self._angles = {name: Measure(measure=name) for name in names}
        self._methods = exercise.methods

    def fresh(self) -> ChannelState:
        """The state before the first frame."""
        state = ChannelState(checks=self._checks.fresh())
        state.phase = self._phases[0].name if self._phases else ""
        return state

    def step(self, state: ChannelState, sight: Sight, t_s: float) -> Iterator[Cycle | FaultSeen]:
        """Take one frame: the faults it shows and the cycle it completes."""
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
        self._follow(state, sight, t_s, step_s)
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

    def _follow(self, state: ChannelState, sight: Sight, t_s: float, step_s: float) -> None:
        at_turn = state.counter.peak_s == t_s and state.counter.mode == "out"
        self._gates.move(state.gates, sight, self.side, t_s, step_s, at_turn=at_turn)
        if state.counter.mode == "out" and state.counter.back_s == t_s:
            state.valley = state.reached
        state.deepest = max(state.deepest, state.reached)
        state.phase = self._phase(state)
        for name, measure in self._angles.items():
            reading = self._vouched(sight, name, measure)
            if reading is not None:
                low, high = state.rom.get(name, (reading.value, reading.value))
                state.rom[name] = min(low, reading.value), max(high, reading.value)

    def _vouched(self, sight: Sight, name: str, measure: Measure) -> Reading | None:
        if sight.view not in self._methods.get(name, {}):
            return None
        reading = sight.read(measure, self.side)
        return reading if reading.weight >= _VOUCHED else None

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
        if hold_s and held_s < _HELD_SHARE * hold_s:
            return False
        if self._best_share:
            return travel >= self._best_share * state.counter.best
        seen = [goal for goal in self._goals.targets if goal.angle in state.rom]
        if not seen:
            return self._goals.reached_share(max(state.deepest, travel))
        return all(goal.reached_by(*state.rom[goal.angle]) for goal in seen)

    def _phase(self, state: ChannelState) -> str:
        """The phase to show: a position when near it, else the movement under way."""
        counter = state.counter
        if counter.mode == "rest" or not self._phases:
            return self._phases[0].name if self._phases else ""
        out, turn, back = _legs_phases(self._phases)[counter.leg]
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


def _legs(phases: tuple[Phase, ...]) -> tuple[int, ...]:
    """Signs of the excursions of a cycle, from its positions away from 0."""
    return tuple(1 if phase.at > 0 else -1 for phase in phases if phase.at) or (1,)


def _legs_phases(phases: tuple[Phase, ...]) -> list[tuple[str, str, str]]:
    """Per excursion the names of its way out, its turn and its way back."""
    names = [phase.name for phase in phases]
    turns = [i for i, phase in enumerate(phases) if phase.at]
    return [(names[i - 1], names[i], names[(i + 1) % len(names)]) for i in turns]


def tempo_of(cycle: Cycle) -> Tempo:
    """Seconds of a cycle: towards the turn, at the turn, and back."""
    return Tempo(
        out=round(max(0.0, cycle.reach_peak_s - cycle.start_s), 2),
        hold=round(max(0.0, cycle.leave_peak_s - cycle.reach_peak_s), 2),
        back=round(max(0.0, cycle.end_s - cycle.leave_peak_s), 2),
    )
