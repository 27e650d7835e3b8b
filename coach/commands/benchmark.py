"""What the coach costs: measured, not promised."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from coach.commands.web_memory import web_rss_mb
from coach.errors import CoachError
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.io.landmarker import Landmarker
from coach.io.model_files import Variant
from coach.io.video import open_video
from coach.lift import Lift
from coach.session import ExerciseSession
from coach.stream import Gap, run

_REPLAYS: Final = 5
_FULL_RUNS: Final = 2


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of `coach bench`; None where one could not be taken, with the reason in `skipped`.

    `engine_step_ms`: median CPU of one step without the lift; `lift_ms`: of the lift; `replay_fps`: frames a second
    from memory; `analyze_over_bare`: wall time of `coach analyze` over that of decoding and inference alone;
    `web_rss_mb`: resident memory of the web process after its first page.
    """

    engine_step_ms: float | None = None
    lift_ms: float | None = None
    replay_fps: float | None = None
    analyze_over_bare: float | None = None
    web_rss_mb: float | None = None
    details: dict[str, float] = {}
    skipped: dict[str, str] = {}


def measure(video: Path, exercise: Exercise, model: Variant) -> Bench:
    """All figures that can be taken here."""
    figures: dict[str, float] = {}
    details: dict[str, float] = {}
    skipped: dict[str, str] = {}
    with _or_skipped(skipped, "engine_step_ms", "lift_ms", "replay_fps"):
        frames = landmarks_of(video, model)
        figures["engine_step_ms"], figures["lift_ms"] = step_and_lift_ms(exercise, frames)
        figures["replay_fps"] = replay_fps(exercise, frames)
    with _or_skipped(skipped, "analyze_over_bare"):
        details["analyze_s"], details["bare_s"] = analyze_and_bare_s(video, exercise.id, model)
        figures["analyze_over_bare"] = details["analyze_s"] / details["bare_s"]
    with _or_skipped(skipped, "web_rss_mb"):
        figures["web_rss_mb"] = web_rss_mb(coach_command())
    rounded = {name: round(value, 3) for name, value in figures.items()}
    return Bench(**rounded, details={k: round(v, 2) for k, v in details.items()}, skipped=skipped)


def landmarks_of(video: Path, model: Variant) -> list[PoseFrame | Gap]:
    """The frames to measure the engine with. Raises MediaError and ModelError."""
    with Landmarker(model) as landmarker, open_video(video) as opened:
        return [frame for _, frame in landmarker.stream(opened)]


def step_and_lift_ms(exercise: Exercise, frames: Sequence[PoseFrame | Gap]) -> tuple[float, float]:
    """Median CPU milliseconds of one step beside the lift, and of the lift."""
    steps: list[float] = []
    lifts: list[float] = []
    session = ExerciseSession(exercise)
    with _lift_timed() as lift_s:
        for frame in frames:
            if isinstance(frame, Gap):
                continue
            before = lift_s[0]
            started = time.thread_time()
            session.step(frame)
            taken = time.thread_time() - started
            lifts.append(lift_s[0] - before)
            steps.append(taken - lifts[-1])
    return 1000 * statistics.median(steps), 1000 * statistics.median(lifts)


def replay_fps(exercise: Exercise, frames: Sequence[PoseFrame | Gap]) -> float:
    """Frames a second through a session, best of a few runs."""
    return max(len(frames) / _seconds(lambda: _replay(exercise, frames)) for _ in range(_REPLAYS))


def analyze_and_bare_s(video: Path, exercise_id: str, model: Variant) -> tuple[float, float]:
    """Wall seconds of `coach analyze` and of decoding and inference alone, each a whole process, best of two."""
    analyze = [
        *coach_command(),
        "analyze",
        str(video),
        "-e",
        exercise_id,
        "--model",
        model,
        "--json",
    ]
    bare = [sys.executable, "-m", "coach.io.bare_inference", str(video), model]
    # in turn, so that a busy minute of the machine does not hit one of them alone
    pairs = [(_process_s(analyze), _process_s(bare)) for _ in range(_FULL_RUNS)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def coach_command() -> list[str]:
    """How this very program was started, to start it again."""
    started = Path(sys.argv[0])
    if started.suffix == ".py":
        main = sys.modules["__main__"].__spec__
        return [sys.executable, "-m", main.name if main else str(started)]
    return [str(started.resolve())]


@contextmanager
def _or_skipped(skipped: dict[str, str], *names: str) -> Iterator[None]:
    """What cannot be measured here is left out, with the reason, and the rest is measured."""
    try:
        yield
    except CoachError as error:
        skipped.update(dict.fromkeys(names, str(error)))


def _replay(exercise: Exercise, frames: Sequence[PoseFrame | Gap]) -> None:
    for _ in run(ExerciseSession(exercise), frames):
        pass


def _process_s(command: Sequence[str]) -> float:
    def once() -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own programs
        if done.returncode:
            raise CoachError((done.stderr.strip().splitlines() or ["it failed"])[-1])

    return _seconds(once)


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def _lift_timed() -> Iterator[list[float]]:
    """While open, `[0]` holds the CPU seconds spent in lifts so far."""
    spent = [0.0]
    original = Lift.__call__

    def timed(self: Lift, *arguments: Any) -> Any:
        started = time.thread_time()
        lifted = original(self, *arguments)
        spent[0] += time.thread_time() - started
        return lifted

    Lift.__call__ = timed  # type: ignore[method-assign, assignment]
    try:
        yield spent
    finally:
        Lift.__call__ = original  # type: ignore[method-assign]
