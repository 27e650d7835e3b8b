"""An assessment frame by frame: `step(frame) -> AssessmentView` while it runs, `result(person)` at its end.

No input or output, no clock, no web: like `coach.session.ExerciseSession`. Started `live`, nothing is measured until
the person is in place; started from a `file`, everything is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from coach import presence
from coach.angles import vouched
from coach.assessing.assessment import Measurement, Motion, Person, measured
from coach.assessing.attempts import LEAST_DEG, WANTED, Attempt, Course
from coach.assessing.functional import FunctionalTest, Score, in_time, score
from coach.body import Body
from coach.errors import NotMeasuredError
from coach.events import Event, HoldEnded, RepCompleted, Step
from coach.exercise import Dose, Exercise, Prescription
from coach.frame import PoseFrame
from coach.joints import ANGLES
from coach.landmarks import Side
from coach.measures import Reader
from coach.person import follow
from coach.session import ExerciseSession, Start
from coach.state import SessionState
from coach.stream import Gap
from coach.summary import Extent, Result, result
from coach.view import ViewState, observe

ENOUGH_DEG: Final = 25.0
"""An assessment ends by itself after three attempts over at least this range: smaller ones may be somebody who gets
ready. Who is that stiff ends it by hand."""

BACK_S: Final = 5.0
"""So long after the time is over one waits for a repetition that is under way."""

TRIAL_S: Final = 1.0
"""A position held for less is no trial: a foot that was put down at once."""

MOVING: Final = 0.1
"""Progress from which the clock of a test is shown as running; the score takes the repetition's own start."""

_JUDGED: Final = frozenset({"ready", "exercising"})

State = Literal["no_person", "positioning", "ready", "measuring", "over"]


class AssessmentView(msgspec.Struct, frozen=True):
    """What to show now.

    `guide`: set-up hints still missing. `deg` with its band, or None where nobody can vouch for it; `attempts` so far;
    `count` full repetitions; `clock_s` since the first movement; `hold_s` of the position held now. `enough`: the
    assessment is complete and may be ended.
    """

    state: State
    guide: tuple[str, ...] = ()
    deg: int | None = None
    error_deg: int | None = None
    attempts: tuple[Attempt, ...] = ()
    out: bool = False
    count: int = 0
    clock_s: float | None = None
    hold_s: float = 0.0
    enough: bool = False


class MotionSession:
    """A range of motion of one side."""

    def __init__(self, motion: Motion, side: Side, *, start: Start = "file") -> None:
        self.motion, self.side = motion, side
        self.exercise = motion.exercise
        self._live = start == "live"
        self._state = SessionState(exercise=motion.id)
        self._reader = Reader(self.exercise)
        self._course = Course(motion.towards)
        self._now: tuple[float, float] | None = None

    def step(self, frame: PoseFrame | Gap) -> AssessmentView:
        """Take one decoded frame, and say what to show."""
        self.take(frame)
        return self.view()

    def take(self, frame: PoseFrame | Gap) -> None:
        """Take one decoded frame."""
        state, log = self._state, list[Event]()
        t_s = presence.tick(state, frame.t_s, log)
        if t_s is None:
            return
        self._now = None
        if isinstance(frame, Gap):
            if presence.gone(state, t_s):
                state.enter("no_person", t_s, log)
        elif not self._live or follow(state.person, frame) != "other":
            self._look(frame, t_s, log)

    def begin(self, t_s: float) -> None:
        """Forget what was measured so far: it counts from now on."""
        self._course = Course(self.motion.towards)

    def view(self) -> AssessmentView:
        """What to show."""
        state, course = self._state, self._course
        tries, out = course.attempts(), course.out()
        deg, error_deg = self._now or (None, None)
        return AssessmentView(
            state=_shown(state.state),
            guide=state.hints,
            deg=None if deg is None else round(deg),
            error_deg=None if error_deg is None else round(error_deg),
            attempts=tries,
            out=out,
            enough=len(tries) >= WANTED and not out and course.range_deg() >= ENOUGH_DEG,
        )

    def result(self, person: Person) -> Measurement:
        """The measurement. Raises NotMeasuredError when the angle could not be seen, or hardly moved."""
        tries = self._course.attempts()
        if not len(self._course):
            raise _unseen(self.motion, self.side, self._state.view.view)
        if not tries:
            raise NotMeasuredError(
                "hardly_moved",
                f"The angle moved by {max(0.0, self._course.range_deg()):.0f} degrees only, not by {LEAST_DEG:.0f}; "
                "move as far as you can, three times, and come back each time.",
            )
        return measured(self.motion, self.side, tries, person)

    def _look(self, frame: PoseFrame, t_s: float, log: list[Event]) -> None:
        state = self._state
        if presence.arrived(state, t_s, newcomer=False) and self._live:
            state.view = ViewState()
        if state.state == "no_person":
            state.enter("positioning" if self._live else "exercising", t_s, log)
        observe(state.view, frame)
        body = Body(frame, state.view.scale_px)
        if self._live:
            presence.in_place(state, self.exercise, body, t_s, log)
        sight = self._reader.open(body, state.view.view)
        key = f"{self.side}_{self.motion.angle}"
        angles = vouched(self.exercise, sight, state.view, state.jumps)
        angle = angles.get(key if ANGLES[self.motion.angle].sided else self.motion.angle)
        if angle is None:
            return
        self._now = angle.deg, angle.error_deg
        if state.state != "positioning":
            self._course.add(t_s, angle.deg, angle.error_deg)


class TestSession:
    """A functional test of both sides, or of one."""

    __test__ = False  # its name begins like those that pytest collects

    def __init__(
        self, test: FunctionalTest, exercise: Exercise, side: Side | None, *, start: Start = "file"
    ) -> None:
        self.test, self.exercise = test, exercise
        dose = Dose(sets=1, reps=0, hold_s=0.0)  # a test ends by its own rule, not by a dose
        wish = Prescription(sides=side, dose=dose) if start == "live" or side else None
        self._session = ExerciseSession(exercise, wish, start=start)
        self._events: list[Event] = []
        self._last: Step | None = None
        self._moving_s: float | None = None
        self._ended_s = 0.0
        self._frames = self._empty = 0

    def step(self, frame: PoseFrame | Gap) -> AssessmentView:
        """Take one decoded frame, and say what to show."""
        self.take(frame)
        return self.view()

    def take(self, frame: PoseFrame | Gap) -> None:
        """Take one decoded frame."""
        self._frames += 1
        if isinstance(frame, Gap):
            self._empty += 1
            step = self._session.miss(frame.t_s)
        else:
            step = self._session.step(frame)
        self._events += step.events
        self._ended_s += sum(one.held_s for one in step.events if isinstance(one, HoldEnded))
        self._last = step
        if self._moving_s is None and step.progress > MOVING and step.state in _JUDGED:
            self._moving_s = step.t_s

    def begin(self, t_s: float) -> None:
        """The word "go": what was done before does not count."""
        self._events = [
            event for event in self._events if not isinstance(event, RepCompleted | HoldEnded)
        ]
        self._moving_s = None

    def view(self) -> AssessmentView:
        """What to show."""
        step = self._last
        if step is None:
            return AssessmentView("no_person")
        found = self._result()
        clock_s = self._clock_s(found, step.t_s)
        full = [rep for rep in found.rep_list if rep.verdict != "incomplete"]
        counted = (
            in_time(full, self.test.seconds) if full and self.test.kind == "count" else len(full)
        )
        hold_s = step.hold_s - self._ended_s
        trials = sum(one.held_s >= TRIAL_S for one in found.hold_list)
        return AssessmentView(
            state=_shown(step.state),
            guide=step.guide,
            count=int(counted),
            clock_s=None if clock_s is None else round(clock_s, 1),
            hold_s=round(max(0.0, hold_s), 1),
            enough=self._enough(len(full), trials, hold_s, clock_s),
        )

    def result(self, person: Person) -> Score:
        """The score. Raises NotMeasuredError when the test was not completed."""
        if self._last is not None:
            self._events += self._session.finish(self._last.t_s).events
        if self._frames == self._empty:
            raise NotMeasuredError("unseen", "Nobody was seen; step into the picture.")
        return score(self.test, self._result(), person)

    def _enough(self, full: int, trials: int, hold_s: float, clock_s: float | None) -> bool:
        test, step = self.test, self._last
        if test.kind == "time":
            return full >= test.reps
        if test.kind == "hold":
            return hold_s >= test.seconds or trials >= WANTED
        if clock_s is None or step is None or clock_s < test.seconds:
            return False
        return step.progress < MOVING or clock_s > test.seconds + BACK_S

    def _clock_s(self, found: Result, t_s: float) -> float | None:
        first_s = found.rep_list[0].start_s if found.rep_list else self._moving_s
        return None if first_s is None else max(0.0, t_s - first_s)

    def _result(self) -> Result:
        t_s = self._last.t_s if self._last else 0.0
        extent = Extent(self._frames, self._empty, t_s, self._session.view)
        return result(self.exercise.id, self._events, extent, self._session.ranges)


AssessmentSession = MotionSession | TestSession


def _shown(state: str) -> State:
    """The exercise session's states, as an assessment has them."""
    if state in {"no_person", "positioning", "ready"}:
        return state  # type: ignore[return-value]
    return "over" if state == "done" else "measuring"


def _unseen(motion: Motion, side: Side, view: str) -> NotMeasuredError:
    wanted = motion.camera.views
    if view != "unknown" and view not in wanted:
        return NotMeasuredError(
            "wrong_view",
            f"{motion.words.name} should be seen from the {' or '.join(wanted)}, but was seen from: {view}. "
            "Turn, and measure again.",
        )
    parts = ", ".join(motion.camera.see)
    return NotMeasuredError(
        "unseen",
        f"The {side} side could not be seen well enough; show {parts} of the {side} side to the camera.",
    )


def measure(
    motion: Motion, side: Side, frames: Iterable[PoseFrame | Gap], person: Person
) -> Measurement:
    """The range of motion in a whole stream. Raises NotMeasuredError."""
    session = MotionSession(motion, side)
    for frame in frames:
        session.take(frame)
    return session.result(person)
