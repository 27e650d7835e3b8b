"""Which exercise is being done, from the definitions alone: nothing here knows any exercise by name.

Every definition watches the same body (`candidate`). One fits as far as it counts repetitions with its gates
held, its signal explains how the person moves, its terms go from their rest to their full, and the person rests and
is seen as it asks (`stance`). Body, angles in space and posture row are made once a frame and shared, so that
fifty definitions cost little more than one.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from coach.body import Body
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.joints import LIFTABLE
from coach.lift import Lift, Lifted
from coach.measures import Sight, measures_of
from coach.person import PersonState, follow
from coach.recognising.candidate import Candidate, possible
from coach.recognising.motion import Floats, Posture, explained, posture
from coach.recognising.stance import Stance, stance, suits, usual
from coach.view import ViewState, observe

CLEAR: Final = 0.15
"""Below this score nothing fits."""

RATE_HZ: Final = 15.0
"""Frames looked at in a second: a repetition of half a second still has seven."""

_STILL_M_S: Final = 0.4
"""All points together, body metres a second (root of the sum of squares): who rests or holds moves less."""

_LAG_S: Final = 0.5
_HOLD_S: Final = 3.0
_GLANCES: Final = 40

_OFTEN: Final = 2
_LONG_S: Final = 5.0
"""Repetitions, or seconds in a position, before anybody is asked whether they are doing something else."""


class Fit(NamedTuple):
    """How well one definition fits: `score` 0..1, the repetitions it counted, the seconds it saw held."""

    exercise: str
    score: float
    reps: int
    held_s: float = 0.0


class _Moment(NamedTuple):
    """One frame: its posture and stance, and the progress of each candidate's sides."""

    t_s: float
    posture: Posture
    stance: Stance
    progress: tuple[tuple[float, ...], ...]


class Recogniser:
    """Watches a stream with several definitions.

    `window_s`: how far back it looks; all of it by default. `chosen`: the exercise that is meant to be done, if any.
    """

    def __init__(
        self,
        exercises: Iterable[Exercise],
        window_s: float = math.inf,
        *,
        chosen: str | None = None,
    ) -> None:
        self._chosen = chosen
        self._candidates = [Candidate(one) for one in exercises if one.kind != "timer"]
        self._eye = _Eye([one.exercise for one in self._candidates])
        self._window_s = window_s
        self._moments: deque[_Moment] = deque()

    def step(self, frame: PoseFrame) -> None:
        """Take one frame. More than 15 a second are passed over."""
        if self._moments and frame.t_s - self._moments[-1].t_s < 0.9 / RATE_HZ:
            return
        seen = self._eye.look(frame)
        if seen is None:
            return
        progress = tuple(one.step(seen.by(one.exercise), frame.t_s) for one in self._candidates)
        row = posture(frame, seen.body.scale_px)
        self._moments.append(_Moment(frame.t_s, row, stance(seen.by(None)), progress))
        self._forget(frame.t_s - self._window_s)

    def finish(self) -> None:
        """The recording ends: what it cut off shortly before its end counts, as in a session."""
        for one in self._candidates:
            one.finish()

    def suggestion(self) -> str | None:
        """The exercise that clearly fits; when one is chosen, only another that fits so much better that it is worth
        asking."""
        ranked = self.ranking()
        if not ranked or ranked[0].score < CLEAR:
            return None
        best = ranked[0]
        if self._chosen is None:
            return best.exercise
        own = next((fit.score for fit in ranked if fit.exercise == self._chosen), 0.0)
        often = best.reps >= _OFTEN or best.held_s >= _LONG_S
        return best.exercise if often and best.score >= 2.0 * max(own, CLEAR) else None

    def ranking(self) -> tuple[Fit, ...]:
        """Every candidate with a score above zero, the best first."""
        if len(self._moments) < 3:
            return ()
        scene = _Scene(tuple(self._moments), self._candidates)
        fits = [
            scene.hold(i, one) if one.exercise.kind == "hold" else scene.cycle(i, one)
            for i, one in enumerate(self._candidates)
        ]
        suited = [
            fit._replace(score=fit.score * suits(one.exercise, scene.stance, self._eye.view))
            for fit, one in zip(fits, self._candidates, strict=True)
            if fit.score > 0.0
        ]
        return tuple(sorted(suited, key=lambda fit: -fit.score))

    def _forget(self, before_s: float) -> None:
        while self._moments[0].t_s < before_s:
            self._moments.popleft()
        for one in self._candidates:
            one.forget(before_s)


def recognise(frames: Sequence[PoseFrame], exercises: Iterable[Exercise]) -> tuple[Fit, ...]:
    """How well each exercise fits a whole recording, the best first; `CLEAR` says whether any does."""
    recogniser = Recogniser(_possible(frames, list(exercises)))
    for frame in frames:
        recogniser.step(frame)
    recogniser.finish()
    return recogniser.ranking()


def _possible(frames: Sequence[PoseFrame], exercises: list[Exercise]) -> list[Exercise]:
    """Those whose posture is seen at all, in a few glances over the recording."""
    eye = _Eye(exercises)
    glances = frames[:: max(1, len(frames) // _GLANCES)]
    seen = [one for one in map(eye.look, glances) if one is not None]
    return [one for one in exercises if possible(one, [look.by(one) for look in seen])]


class _Look(NamedTuple):
    """What all candidates share of one frame."""

    body: Body
    view: str
    lifted: dict[str, Lifted]

    def by(self, exercise: Exercise | None) -> Sight:
        """The frame's measures by the methods of one exercise."""
        return Sight(self.body, self.view, self.lifted, exercise.methods if exercise else {})


class _Eye:
    """Looks at frames, for all candidates at once."""

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        names = {measure.measure for one in exercises for measure in measures_of(one)}
        self._lift = Lift(tuple(sorted(names & LIFTABLE)))
        self._view = ViewState()
        self._person = PersonState()

    @property
    def view(self) -> str:
        """From where the person is seen."""
        return self._view.view

    def look(self, frame: PoseFrame) -> _Look | None:
        """The body and its angles in space; None while somebody else is seen."""
        if follow(self._person, frame) == "other":
            return None
        observe(self._view, frame)
        scale_px = self._view.scale_px
        if not scale_px > 0.0:
            return None
        return _Look(Body(frame, scale_px), self._view.view, self._lift(frame, scale_px))


class _Scene:
    """What was seen over a while, as arrays over its `N` moments, to score candidates on."""

    def __init__(self, moments: Sequence[_Moment], candidates: Sequence[Candidate]) -> None:
        self._times = np.array([one.t_s for one in moments])
        self._rows = np.array([one.posture.row for one in moments])
        self._weights = np.array([one.posture.trust for one in moments]).mean(0)
        self._progress = [one.progress for one in moments]
        self._span_s = float(self._times[-1] - self._times[0])
        self._still = self._stillness()
        resting = [
            one.stance for one, calm in zip(moments, self._still.tolist(), strict=True) if calm
        ]
        self.stance = usual(resting or [one.stance for one in moments])
        matches = [match for one in candidates for match in one.matches]
        start_s = min((match.start_s for match in matches), default=math.inf)
        end_s = max((match.end_s for match in matches), default=-math.inf)
        self._during = (self._times >= start_s) & (self._times <= end_s)
        self._longest_s = max((one.length_s for one in candidates), default=0.0)
        shares = [
            self._explained(i) * one.length_s for i, one in enumerate(candidates) if one.matches
        ]
        self._moving = min(1.0, max(shares, default=0.0) / max(self._span_s, 1e-6))

    def cycle(self, index: int, one: Candidate) -> Fit:
        """Repetitions: how well their range fits, how much of the movement they explain, how much of it they are."""
        reps = len(one.matches)
        if not reps:
            return Fit(one.exercise.id, 0.0, 0)
        fit = sum(match.fit for match in one.matches) / reps
        share = one.length_s / max(self._longest_s, 1e-6)
        rests = 0.5 + 0.5 * self._rests(index)
        return Fit(one.exercise.id, fit * share * rests * self._explained(index), reps)

    def hold(self, index: int, one: Candidate) -> Fit:
        """A position: how much of the time it was held still. While repetitions explain the movement it is none."""
        held = np.array([progress[index][0] for progress in self._progress]) * self._still
        held_s = float((held[1:] * np.diff(self._times)).sum())
        enough = held_s >= min(_HOLD_S, 0.8 * self._span_s)
        score = held_s / self._span_s * (1.0 - self._moving) ** 2 if enough else 0.0
        return Fit(one.exercise.id, score, 0, held_s)

    def _rests(self, index: int) -> float:
        """Share of the still moments in which the body is nearer to this exercise's start than to its turn.

        Standing up and squatting are one movement; who rests on the chair is doing the first.
        """
        progress = np.array([max(one[index]) for one in self._progress])
        still = self._still > 0.0
        if not still.any():
            return 1.0
        low, high = (
            np.percentile(progress[self._during], [5, 95]) if self._during.any() else (0.0, 1.0)
        )
        return float((progress[still] < (low + high) / 2).mean())

    def _explained(self, index: int) -> float:
        """Share of the movement that goes along with this signal, while anybody counts."""
        if self._during.sum() < 3:
            return 0.0
        signals = np.array([progress[index] for progress in self._progress])
        return explained(self._rows[self._during], self._weights, signals[self._during])

    def _stillness(self) -> Floats:
        """`(N,)` 1.0 where the body hardly moved in the half second before."""
        before = np.searchsorted(self._times, self._times - _LAG_S)
        span_s = np.maximum(self._times - self._times[before], _LAG_S / 2)
        moved = np.sqrt(((self._rows - self._rows[before]) ** 2 * self._weights).sum(1))
        still: Floats = (moved / span_s < _STILL_M_S).astype(float)
        return still
