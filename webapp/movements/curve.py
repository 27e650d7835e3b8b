"""A recording as the definition sees it: its signal over time, the repetitions in it, and where degrees lie on it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.authoring.watching import Watched
from coach.events import Rep, RepCompleted
from coach.exercise import Exercise, Measure
from coach.frame import PoseFrame
from coach.landmarks import SIDES
from coach.measures import Channel
from coach.session import ExerciseSession
from coach.signal import Signal, SignalState
from coach.stream import run
from webapp.movements.landmarks import Frames

Floats = NDArray[np.float64]
_ENDS: Final = (5.0, 95.0)
"""Percentiles that stand for rest and turn."""

_FLAT_DEG: Final = 2.0
"""An angle that changes by less has no place on the curve."""


def counted(exercise: Exercise, frames: Frames) -> list[Rep]:
    """The repetitions that a session counts in these frames."""
    steps = run(ExerciseSession(exercise, start="file"), frames)
    return [event.rep for step in steps for event in step.events if isinstance(event, RepCompleted)]


def drawn(exercise: Exercise, frames: Frames) -> dict[str, Any]:
    """The signal of each side that moves, in hundredths of the movement, and where on it each target's degrees lie.

    `places`: by angle, `at` and `per_deg`, so that a target of so many degrees is drawn at `at + per_deg * degrees`.
    """
    watched = Watched([frame for frame in frames if isinstance(frame, PoseFrame)])
    channels: tuple[Channel, ...] = SIDES if exercise.sides == "alternating" else (exercise.sides,)
    curves = {channel: _signal(exercise, watched, channel) for channel in channels}
    return {
        "t_s": np.round(watched.t_s - watched.t_s[0], 2).tolist(),
        "curves": {name: _plain(values) for name, values in curves.items()},
        "places": {
            name: place
            for name in exercise.targets
            if (place := _place(watched, name, curves)) is not None
        },
    }


def _signal(exercise: Exercise, watched: Watched, channel: Channel) -> Floats:
    """Progress from the person's own rest, as it is counted, `(N,)`; NaN where too little is seen."""
    signal, state = Signal(exercise.signal), SignalState()
    found = []
    for t_s, sight in zip(watched.t_s.tolist(), watched.sights, strict=True):
        progress = signal.value(state, sight, channel, t_s, resting=False)
        found.append(np.nan if progress is None else 100.0 * progress.moved)
    return np.array(found)


def _place(watched: Watched, angle: str, curves: dict[Channel, Floats]) -> dict[str, float] | None:
    """The straight line that turns this angle's degrees into progress: through rest and turn, as they were shown.

    Only through these: the signal is smoothed, so that on the way it comes a little after the angle.
    """
    degrees = np.concatenate(
        [watched.series(Measure(measure=angle), channel).value for channel in curves]
    )
    progress = np.concatenate(list(curves.values()))
    seen = np.isfinite(progress)
    if not seen.any() or np.ptp(degrees[seen]) < _FLAT_DEG:
        return None
    (near, far), (low, high) = (
        np.percentile(values[seen], _ENDS).tolist() for values in (degrees, progress)
    )
    if far - near < _FLAT_DEG:
        return None
    if np.corrcoef(degrees[seen], progress[seen])[0, 1] < 0.0:
        near, far = far, near
    slope = (high - low) / (far - near)
    return {"at": round(low - slope * near, 2), "per_deg": round(slope, 4)}


def _plain(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 1) for value in values]


def marks(reps: list[Rep], start_s: float) -> list[dict[str, Any]]:
    """When each repetition began, turned and ended, seconds of the curve."""
    return [
        {
            "start": round(rep.start_s - start_s, 2),
            "reached": round(rep.start_s + rep.tempo_s.out - start_s, 2),
            "left": round(rep.end_s - rep.tempo_s.back - start_s, 2),
            "end": round(rep.end_s - start_s, 2),
            "verdict": rep.verdict,
        }
        for rep in reps
    ]
