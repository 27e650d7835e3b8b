"""Posture gates: what must hold of the body for a movement to be this exercise at all.

A plain angle with hysteresis counts on anyone who walks or sits down; asking for the whole posture removes nearly all
false counts. A gate on something the camera cannot see is silent: it never forbids.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from coach.events import Rejection
from coach.exercise import Gate
from coach.measures import Channel, Sight

_MOST_OF_THE_TIME: Final = 0.7

_AT_TURN_S: Final = 0.1
"""The turn is judged over so long: one trembling frame neither makes nor unmakes a repetition. Up to the furthest point
of the signal, which lags by about half of it: so the true turn is in the middle."""

_SURE: Final = 0.5
_STANCE_S: Final = 2.5
"""From the start posture to the moment the counted movement begins, at most."""


class GateState(msgspec.Struct):
    """Plain state over one repetition: seconds seen and held per lasting gate, what held at the start and the turn.

    `base` are the values in the start position, from which relative gates count; `hips_px` where the hips were then;
    `stance_s` when the start gates last held, all at once; `recent` the last moments' answers of the turn gates.
    """

    seen_s: list[float] = []
    held_s: list[float] = []
    base: dict[str, float] = {}
    stance_s: float = -math.inf
    start_ok: bool = True
    turn_ok: bool = True
    recent: list[tuple[float, list[bool | None]]] = []
    hips_px: float | None = None
    drift_m: float = 0.0


class Gates:
    """Judges the gates of one exercise over a repetition."""

    def __init__(self, gates: tuple[Gate, ...], drift_m: float) -> None:
        self._relative = tuple(gate for gate in gates if gate.relative)
        self._always = tuple(gate for gate in gates if gate.when == "always")
        self._start = tuple(gate for gate in gates if gate.when == "start")
        self._turn = tuple(gate for gate in gates if gate.when == "turn")
        self._drift_m = drift_m

    def rest(self, before: GateState, sight: Sight, channel: Channel, t_s: float) -> GateState:
        """A fresh state, in the start position of what may become a repetition.

        The start gates must have held within the last seconds, not in the last frame: who stands up from a chair
        leans forward first.
        """
        zeros = [0.0] * len(self._always)
        state = GateState(zeros, [*zeros], _values(self._relative, sight, channel))
        held = all_hold(self._start, sight, channel)
        state.stance_s = t_s if held else before.stance_s
        state.start_ok = t_s - state.stance_s <= _STANCE_S
        state.hips_px = _hips_px(sight)
        return state

    def move(
        self,
        state: GateState,
        sight: Sight,
        channel: Channel,
        t_s: float,
        step_s: float,
        *,
        at_turn: bool,
    ) -> None:
        """Take one frame of the movement; `at_turn` when it is the furthest so far."""
        for i, gate in enumerate(self._always):
            held = holds(gate, sight, channel, state.base)
            if held is not None:
                state.seen_s[i] += step_s
                state.held_s[i] += step_s * held
        if self._turn:
            self._look(state, sight, channel, t_s)
        if at_turn:
            state.turn_ok = _mostly(state.recent)
        if state.hips_px is not None:
            state.drift_m = abs(_hips_px(sight) - state.hips_px) / sight.body.scale_px

    def _look(self, state: GateState, sight: Sight, channel: Channel, t_s: float) -> None:
        """Keep what the turn gates say of the last moments."""
        said = [holds(gate, sight, channel, state.base) for gate in self._turn]
        recent = [*state.recent, (t_s, said)]
        state.recent = [moment for moment in recent if moment[0] >= t_s - _AT_TURN_S]

    def objection(self, state: GateState) -> Rejection | None:
        """Why the movement so far is not this exercise, done on the spot; None when it is."""
        if not state.start_ok:
            return "start"
        if state.drift_m > self._drift_m:
            return "moved_away"
        always = all(
            held >= _MOST_OF_THE_TIME * seen
            for held, seen in zip(state.held_s, state.seen_s, strict=True)
        )
        return None if always and state.turn_ok else "posture"


def holds(
    gate: Gate, sight: Sight, channel: Channel, base: Mapping[str, float] = MappingProxyType({})
) -> bool | None:
    """Whether the gate holds in this frame; None when it cannot be seen and is not essential."""
    reading = sight.read(gate, channel)
    if reading.weight < _SURE:
        return False if gate.essential else None
    value = reading.value - base.get(_key(gate), reading.value) if gate.relative else reading.value
    low = gate.min is None or value >= gate.min
    return low and (gate.max is None or value <= gate.max)


def all_hold(
    gates: tuple[Gate, ...],
    sight: Sight,
    channel: Channel,
    base: Mapping[str, float] = MappingProxyType({}),
) -> bool:
    """Whether no gate is seen to be broken."""
    return all(holds(gate, sight, channel, base) is not False for gate in gates)


def _mostly(moments: list[tuple[float, list[bool | None]]]) -> bool:
    """Whether each gate holds in at least half of the moments in which it can be judged."""
    for said in zip(*(said for _, said in moments), strict=True):
        known = [held for held in said if held is not None]
        if 2 * sum(known) < len(known):
            return False
    return True


def _values(gates: tuple[Gate, ...], sight: Sight, channel: Channel) -> dict[str, float]:
    readings = {_key(gate): sight.read(gate, channel) for gate in gates}
    return {key: reading.value for key, reading in readings.items() if reading.weight >= _SURE}


def _key(gate: Gate) -> str:
    return f"{gate.measure} {gate.of} {gate.base} {gate.limb}"


def _hips_px(sight: Sight) -> float:
    """Where the hips are, sideways. In pixels: the scale settles in the first second, the picture's border does
    not move."""
    return sight.body.point("mid_hip", "left").x * sight.body.scale_px
