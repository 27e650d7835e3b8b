"""`ExerciseSession.step(frame) -> Step`: the one way in. No I/O, no clock, no framework.

A browser's webcam, a video file and a stored recording all end here, so whatever comes through any door is judged
by the same code. Everything that changes is one plain value (`coach.state.SessionState`): that is what a snapshot is.
"""

from __future__ import annotations

from typing import Final, Literal

from coach import absence, presence, sets
from coach.angles import Ranges, vouched
from coach.body import Body
from coach.channel import Channel
from coach.checks import Checks
from coach.either_end import channel_of
from coach.events import (
    Angle,
    Counts,
    Event,
    FaultSeen,
    PersonChanged,
    Rep,
    RepRejected,
    Side,
    Step,
)
from coach.exercise import Exercise, Prescription
from coach.frame import PoseFrame
from coach.gates import all_hold
from coach.goals import Goals
from coach.holds import end as end_hold
from coach.holds import step as step_hold
from coach.landmarks import lost
from coach.level import is_plumb
from coach.measures import Reader, Sight
from coach.person import follow
from coach.reps import Cycle
from coach.state import ENGINE_VERSION, SessionState, load, save
from coach.view import at_odds, observe

__all__ = ["ENGINE_VERSION", "ExerciseSession"]

Start = Literal["live", "file"]

_COUNTING: Final = frozenset({"ready", "exercising", "resting"})


class ExerciseSession:
    """One exercise by one person.

    `start` is `live` (nothing counts until the person is in place; sets with rests), or `file` (everything counts,
    also a repetition with which the recording begins or which it cuts off shortly before its end).
    """

    def __init__(
        self, exercise: Exercise, prescription: Prescription | None = None, *, start: Start = "file"
    ) -> None:
        """`exercise` becomes the variant of it that is prescribed. Raises DoseError when the prescription leaves the
        exercise's ranges, names a variant that it has not, or leaves nothing to count."""
        exercise, wish = absence.tailored(exercise, prescription or Prescription())
        self.exercise = exercise
        self.goals = Goals(exercise, wish)
        self._missing = lost(wish.absent)
        self._live = start == "live"
        self._reader = Reader(exercise)
        sides = self.goals.channels
        by_side = {side: absence.of_side(exercise, side, self._missing) for side in sides}
        self._channels: dict[Side, Channel] = {
            side: channel_of(own, self.goals, side) for side, own in by_side.items() if own.signal
        }
        self._gates = {side: own.gates for side, own in by_side.items()}
        self._timed_checks = Checks(() if exercise.kind == "cycle" else by_side[sides[0]].checks)
        self._state = SessionState(exercise=exercise.id, active=sides[0])
        self._state.hold_checks = self._timed_checks.fresh()
        self._state.channels = {side: channel.fresh() for side, channel in self._channels.items()}

    def step(self, frame: PoseFrame) -> Step:
        """Take one frame in which a person was found."""
        state, log = self._state, list[Event]()
        t_s = presence.tick(state, frame.t_s, log)
        if t_s is None:
            return self._answer(log)
        frame = absence.without(frame, self._missing).at(t_s)
        was_other = state.person.other_since_s is not None
        who = follow(state.person, frame)
        if (who == "other") != was_other:
            log.append(PersonChanged(t_s, "other" if who == "other" else "patient"))
        if who == "other":
            return self._answer(log)
        if presence.arrived(state, t_s, newcomer=who == "accepted"):
            self._drop(rest_too=who == "accepted")
        if state.state == "no_person":
            state.enter("positioning" if self._live else "exercising", t_s, log)
        return self._answer(log, self._look(frame, t_s, log))

    def miss(self, t_s: float, reason: str | None = None) -> Step:
        """Take a decoded frame with nobody in it; `reason` (`malformed`) when the frame itself was unusable."""
        state, log = self._state, list[Event]()
        if reason is not None:
            state.reject(state.t_s or 0.0, reason, log)
            return self._answer(log)
        now_s = presence.tick(state, t_s, log)
        if now_s is not None:
            self._end_rest(now_s, log)
            if presence.gone(state, now_s):
                self._interrupt(now_s, log)
                state.enter("no_person", now_s, log)
        return self._answer(log)

    def pause(self, t_s: float) -> Step:
        """Stop counting until `resume`; the movement under way is dropped, an open hold is closed."""
        log: list[Event] = []
        if self._state.state != "done":
            self._interrupt(t_s, log)
            self._state.enter("paused", t_s, log)
        return self._answer(log)

    def resume(self, t_s: float) -> Step:
        """Go on after a pause; live, the person gets into place again first."""
        log: list[Event] = []
        if self._state.state == "paused":
            self._state.in_place_s = None
            self._state.enter("positioning" if self._live else "exercising", t_s, log)
        return self._answer(log)

    def finish(self, t_s: float) -> Step:
        """The stream ends or the patient stops: close what is open. Nothing is counted afterwards."""
        log: list[Event] = []
        if self._state.state != "done":
            for side, channel in self._channels.items():
                cycle = None if self._live else channel.finish(self._state.channels[side])
                if cycle is not None:
                    self._count(side, cycle, t_s, log)
            self._close_hold(t_s, log)
            self._state.enter("done", t_s, log)
        return self._answer(log)

    def snapshot(self) -> bytes:
        """The whole state as MessagePack, some kilobytes."""
        return save(self._state)

    @classmethod
    def restore(
        cls,
        exercise: Exercise,
        prescription: Prescription | None,
        snapshot: bytes,
        *,
        start: Start = "live",
    ) -> ExerciseSession:
        """A session that goes on where the snapshot was taken. Raises SnapshotError when this engine cannot."""
        session = cls(exercise, prescription, start=start)
        session._state = load(snapshot, like=session._state)
        return session

    @property
    def view(self) -> str:
        """From where the person is seen: `side`, `oblique`, `front`, or `unknown` before the first frame."""
        return self._state.view.view

    @property
    def roll_deg(self) -> float:
        """How far the picture is tilted, clockwise; 0 where small, unknown, or nobody stands in this exercise."""
        return self._state.view.level.roll_deg if is_plumb(self.exercise) else 0.0

    @property
    def pitch(self) -> Angle | None:
        """From how far above the camera sees the person, below 0 from below; None while nobody has stood still."""
        return self._state.view.level.pitch if is_plumb(self.exercise) else None

    @property
    def counts(self) -> Counts:
        """Repetitions so far."""
        return self._state.counts

    @property
    def ranges(self) -> Ranges:
        """Smallest and largest vouched value of each angle so far."""
        return self._state.ranges

    def _look(self, frame: PoseFrame, t_s: float, log: list[Event]) -> dict[str, Angle]:
        """Measure one frame, and judge it when counting is on."""
        state = self._state
        if observe(state.view, frame):
            state.relearn()
        body = Body(frame, state.view.scale_px, self.roll_deg)
        sight = self._reader.open(body, state.view.view)
        active = state.state not in {"done", "paused"}
        if self._live and active and presence.in_place(state, self.exercise, body, t_s, log):
            self._interrupt(t_s, log)
        self._end_rest(t_s, log)
        if at_odds(state.view, frame):
            return {}
        angles = vouched(self.exercise, sight, state.view, state.jumps)
        state.ranges.take(angles)
        if state.state in _COUNTING:
            self._judge(sight, angles, t_s, log)
        return angles

    def _judge(self, sight: Sight, angles: dict[str, Angle], t_s: float, log: list[Event]) -> None:
        state = self._state
        if self.exercise.kind != "cycle" and state.state != "resting":
            self._hold(sight, t_s, log)
        for side, channel in self._channels.items():
            for found in channel.step(state.channels[side], sight, t_s, angles):
                if isinstance(found, FaultSeen):
                    log.append(found)
                    state.say(channel.cue_of(found.check), {"side": side}, t_s, log)
                else:
                    self._count(side, found, t_s, log)
            if state.channels[side].counter.mode == "out":
                state.active = side
                if state.state == "ready":
                    state.enter("exercising", t_s, log)

    def _count(self, side: Side, cycle: Cycle, t_s: float, log: list[Event]) -> None:
        state = self._state
        index = state.counts.reps + 1
        channel = self._channels[side]
        rep = channel.grade(state.channels[side], cycle, index, state.set_index)
        if not isinstance(rep, Rep):
            cue = sets.add_vain(state, RepRejected(t_s, side, rep), log)
            if cue and self._live:
                state.say(cue, {}, t_s, log)
            return
        sets.add_rep(state, rep, t_s, log)
        if rep.verdict == "incomplete":
            state.say(*channel.advice(state.channels[side], cycle), t_s, log)
        if self._live and state.set_reps >= self.goals.reps_of_set > 0:
            sets.complete_set(state, self.goals, t_s, log)

    def _hold(self, sight: Sight, t_s: float, log: list[Event]) -> None:
        state = self._state
        in_position = self._in_position(sight)
        if in_position:
            self._check_hold(sight, t_s, log)
        held = step_hold(state.hold, t_s, self.exercise.hold_grace_s, in_position=in_position)
        if held is not None:
            sets.add_hold(state, held, self.goals, t_s, log)
        elif in_position and state.state == "ready":
            state.enter("exercising", t_s, log)
        target_s = self.goals.dose.hold_s
        if self._live and target_s and state.set_hold_s + state.hold.held_s >= target_s:
            self._close_hold(t_s, log)
            sets.complete_set(state, self.goals, t_s, log)

    def _in_position(self, sight: Sight) -> bool:
        """Whether a side is in position; between holds, whichever is becomes the active one."""
        state = self._state
        if state.hold.start_s is None:
            held = (side for side, gates in self._gates.items() if all_hold(gates, sight, side))
            state.active = next(held, state.active)
        return all_hold(self._gates[state.active], sight, state.active)

    def _check_hold(self, sight: Sight, t_s: float, log: list[Event]) -> None:
        """The form of a hold: there is one phase only, and it has no name."""
        state, checks = self._state, self._timed_checks
        if state.hold.start_s is None:
            checks.rest(state.hold_checks, sight, state.active)
        for fault in checks.step(state.hold_checks, sight, state.active, "", t_s):
            log.append(fault)
            state.say(checks.cues[fault.check], {"side": state.active}, t_s, log)

    def _end_rest(self, t_s: float, log: list[Event]) -> None:
        if self._state.rest_until_s is not None and t_s >= self._state.rest_until_s:
            sets.next_set(self._state, t_s, log)

    def _interrupt(self, t_s: float, log: list[Event]) -> None:
        """Close the hold and drop the movement under way."""
        self._close_hold(t_s, log)
        self._drop()

    def _close_hold(self, t_s: float, log: list[Event]) -> None:
        held = end_hold(self._state.hold)
        if held is not None:
            sets.add_hold(self._state, held, self.goals, t_s, log)

    def _drop(self, *, rest_too: bool = False) -> None:
        for side, channel in self._channels.items():
            channel.drop(self._state.channels[side], rest_too=rest_too)

    def _answer(self, log: list[Event], angles: dict[str, Angle] | None = None) -> Step:
        """What to show now."""
        state = self._state
        channel = state.channels.get(state.active)
        held_s = state.set_hold_s + state.hold.held_s
        target_s = self.goals.dose.hold_s
        shown = channel.shown(self.goals) if channel else held_s / target_s if target_s else 0.0
        holding = "hold" if state.hold.start_s is not None else ""
        good = self._channels[state.active].good(channel) if channel else shown >= 1.0
        return Step(
            t_s=state.t_s or 0.0,
            state=state.state,
            phase=channel.phase if channel else holding,
            side=state.active,
            progress=round(shown, 3),
            counts=state.counts,
            set_index=state.set_index,
            set_reps=state.set_reps,
            set_goal=self.goals.reps_of_set,
            hold_s=round(held_s, 2) if self.exercise.kind != "cycle" else 0.0,
            view=state.view.view,
            angles=angles or {},
            guide=state.hints if state.state == "positioning" else (),
            events=tuple(log),
            good=good,
        )
