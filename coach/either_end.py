"""Exercises that may begin at either end: bent and straightened and bent again, or straight and bent and straightened.

Both are the same exercise, and a person does as many of the one as of the other, but a counter that waits at the wrong
end loses one. So both ends are watched until the first repetition is done: it tells where this person begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from coach.channel import NO_ANGLES, Channel, ChannelState, Cue
from coach.events import Angle, FaultSeen, Rejection, Rep, Side
from coach.exercise import Exercise, Phase, Term
from coach.goals import Goals
from coach.measures import Sight
from coach.reps import Cycle


def channel_of(exercise: Exercise, goals: Goals, side: Side) -> Channel:
    """The channel that counts one side of this exercise."""
    return (EitherEnd if exercise.counting.either_end else Channel)(exercise, goals, side)


def turned(exercise: Exercise) -> Exercise:
    """The same movement with its start position at the other end: terms and phases change places."""
    return replace(
        exercise,
        signal=tuple(_turned_term(term) for term in exercise.signal),
        phases=_turned_phases(exercise.phases),
    )


def _turned_term(term: Term) -> Term:
    return replace(term, rest=term.full, full=term.rest)


def _turned_phases(phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """From the turn on, and on through the start position; each position as far from the new start as from the
    old."""
    turn = next(i for i, phase in enumerate(phases) if phase.at)
    rotated = (*phases[turn:], *phases[:turn])
    full = phases[turn].at or 0.0
    return tuple(replace(p, at=None if p.at is None else full - p.at) for p in rotated)


class EitherEnd(Channel):
    """A channel with a rival that waits at the other end; whichever first completes a repetition goes on alone.

    `state.rival` is the rival's state until then; `state.turned` says afterwards that it was the rival's repetition.
    """

    def __init__(self, exercise: Exercise, goals: Goals, side: Side) -> None:
        super().__init__(exercise, goals, side)
        self._rival = Channel(turned(exercise), goals, side)

    def fresh(self) -> ChannelState:
        """The state before the first frame: both ends are awaited."""
        state = super().fresh()
        state.rival = self._rival.fresh()
        return state

    def step(
        self,
        state: ChannelState,
        sight: Sight,
        t_s: float,
        angles: Mapping[str, Angle] = NO_ANGLES,
    ) -> Iterator[Cycle | FaultSeen]:
        """As for any channel; until the end is known the rival takes each frame too, in silence."""
        if state.turned:
            yield from self._rival.step(state, sight, t_s, angles)
            return
        yield from super().step(state, sight, t_s, angles)
        if state.rival is not None:
            found = self._rival.step(state.rival, sight, t_s, angles)
            yield from self._challenged(state, (c for c in found if isinstance(c, Cycle)))

    def finish(self, state: ChannelState) -> Cycle | None:
        """The cycle that the end of the stream cut off shortly before its end, at the end known by then."""
        if state.turned:
            return self._rival.finish(state)
        cycle = super().finish(state)
        if cycle is not None or state.rival is None:
            return cycle
        last = self._rival.finish(state.rival)
        return next(self._challenged(state, iter([last] if last else [])), None)

    def grade(
        self, state: ChannelState, cycle: Cycle, index: int, set_index: int
    ) -> Rep | Rejection:
        """As for any channel; the first repetition ends the contest."""
        if state.turned:
            return self._rival.grade(state, cycle, index, set_index)
        graded = super().grade(state, cycle, index, set_index)
        if isinstance(graded, Rep):
            state.rival = None
        return graded

    def advice(self, state: ChannelState, cycle: Cycle) -> Cue:
        """As for any channel, at the end that is known by now."""
        return self._rival.advice(state, cycle) if state.turned else super().advice(state, cycle)

    def good(self, state: ChannelState) -> bool:
        """As for any channel, at the end that is known by now."""
        return self._rival.good(state) if state.turned else super().good(state)

    def drop(self, state: ChannelState, *, rest_too: bool = False) -> None:
        """Forget the movement under way; at which end it starts is kept, once known."""
        rival, known = state.rival, state.turned
        super().drop(state, rest_too=rest_too)
        state.turned, state.rival = known, rival
        if rival is not None:
            self._rival.drop(rival, rest_too=rest_too)

    def _challenged(self, state: ChannelState, cycles: Iterator[Cycle]) -> Iterator[Cycle]:
        """The rival's cycles, the first of which that is this exercise makes its state the channel's."""
        for cycle in cycles:
            rival = state.rival
            if rival is None or self._rival.objection(rival):
                continue
            for name in ChannelState.__struct_fields__:
                setattr(state, name, getattr(rival, name))
            state.turned, state.rival = True, None
            yield cycle
