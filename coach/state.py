"""All that a session remembers, as one plain value, and how it is saved and taken up again."""

from __future__ import annotations

from typing import Final

import msgspec

from coach.angles import Ranges
from coach.channel import ChannelState
from coach.checks import CheckState
from coach.errors import SnapshotError
from coach.events import Counts, Event, FrameRejected, Side, State, StateChanged
from coach.holds import HoldState
from coach.limbs import JumpState
from coach.person import PersonState
from coach.prompter import PrompterState, say
from coach.view import ViewState

ENGINE_VERSION: Final = "3"
"""Changes whenever the same frames may give other events, or a snapshot another shape."""

SCHEMA: Final = 1


class SessionState(msgspec.Struct):
    """Plain and bounded, whatever the session's length. Times are seconds of the stream.

    `offset_s` repairs a clock that was set back; `seen_s` when the person was last seen, `in_place_s` and `lost_s`
    since when in place or cut off, `advised_s` when first nothing but advice was missing; `rest_until_s` while resting
    between sets; `hints` what is missing for being in place; `in_vain` movements in a row, per side, that were no
    repetition.
    """

    exercise: str
    engine: str = ENGINE_VERSION
    schema: int = SCHEMA
    state: State = "no_person"
    t_s: float | None = None
    offset_s: float = 0.0
    seen_s: float | None = None
    in_place_s: float | None = None
    lost_s: float | None = None
    advised_s: float | None = None
    rest_until_s: float | None = None
    rejecting: bool = False
    hints: tuple[str, ...] = ()
    view: ViewState = msgspec.field(default_factory=ViewState)
    person: PersonState = msgspec.field(default_factory=PersonState)
    channels: dict[Side, ChannelState] = {}
    hold: HoldState = msgspec.field(default_factory=HoldState)
    hold_checks: list[CheckState] = []
    prompter: PrompterState = msgspec.field(default_factory=PrompterState)
    jumps: JumpState = msgspec.field(default_factory=JumpState)
    ranges: Ranges = msgspec.field(default_factory=Ranges)
    counts: Counts = Counts()
    in_vain: dict[Side, int] = {}
    set_index: int = 1
    set_reps: int = 0
    set_hold_s: float = 0.0
    active: Side = "both"

    def enter(self, name: State, t_s: float, log: list[Event]) -> None:
        """Go to a state, and say so when it is another one."""
        if self.state != name:
            self.state = name
            log.append(StateChanged(t_s, name))

    def say(self, cue: str, params: dict[str, str | float], t_s: float, log: list[Event]) -> None:
        """Give a cue, when it is its time."""
        given = say(self.prompter, t_s, cue, params)
        if given is not None:
            log.append(given)

    def relearn(self) -> None:
        """Have the rest levels taken anew: lengths are no longer what they were."""
        for channel in self.channels.values():
            channel.relearn = True

    def reject(self, t_s: float, reason: str, log: list[Event]) -> None:
        """Note an unusable frame; only the first of a run is said."""
        if not self.rejecting:
            log.append(FrameRejected(t_s, reason))
        self.rejecting = True


def save(state: SessionState) -> bytes:
    """MessagePack of plain values, some kilobytes."""
    return msgspec.msgpack.encode(state)


def load(snapshot: bytes, like: SessionState) -> SessionState:
    """The saved state, if it belongs to the same exercise, sides and engine as `like`. Raises SnapshotError."""
    try:
        state = msgspec.msgpack.decode(snapshot, type=SessionState)
    except msgspec.DecodeError as error:
        raise SnapshotError(f"The saved session state is damaged: {error}.") from None
    if _kind(state) != _kind(like):
        raise SnapshotError(
            f"The saved state is of {state.exercise} by engine {state.engine}, schema {state.schema}; this is "
            f"{like.exercise} by engine {like.engine}, schema {like.schema}. Start a new segment."
        )
    return state


def _kind(state: SessionState) -> tuple[int, str, str, set[Side]]:
    return state.schema, state.engine, state.exercise, set(state.channels)
