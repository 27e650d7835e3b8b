"""Test data from plain values: a figure posed by clinical angles, seen by a camera, as the pose model would report it.

frame = stick_figure(knee_flexion=90, view="side")
frames = movement("squat", depths=[1, 1, 0.4], fps=30)
outcome = judge("squat", frames)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

import numpy as np

from coach.events import Event, Rep, RepCompleted, Step
from coach.exercise import Exercise, Prescription
from coach.frame import PoseFrame
from coach.landmarks import MIRROR, Landmark
from coach.session import ExerciseSession
from coach.stream import Gap, run
from poses import catalogue
from scripts.references.figure import Floats, Pose, Sided, figure
from scripts.references.recipes import RECIPES, Recipe

YAW_DEG = {"front": 0.0, "oblique": 45.0, "side": 90.0}
"""Where the camera stands in each view: 90 has the person's left side in front of it."""

NOMINAL_M = 1.7
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Camera:
    """A camera that looks at the middle of the body.

    `yaw_deg` is how far it stands round the person (0 front, 90 at their left), `pitch_deg` how far it looks down,
    `roll_deg` how far it is tilted. `shift_m` moves the person right and up in the picture, `person_m` is their height.
    """

    yaw_deg: float = 90.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    distance_m: float = 3.5
    size_px: tuple[int, int] = (1280, 720)
    shift_m: tuple[float, float] = (0.0, 0.0)
    person_m: float = NOMINAL_M
    perspective: bool = True

    @property
    def axes(self) -> Floats:
        """Rows: the camera's right, down and away, in room axes."""
        yaw, pitch, roll = np.radians([self.yaw_deg, self.pitch_deg, self.roll_deg])
        turned = np.array(
            [
                [math.cos(yaw), 0.0, math.sin(yaw)],
                [0.0, 1.0, 0.0],
                [-math.sin(yaw), 0.0, math.cos(yaw)],
            ]
        )
        down = np.array(
            [
                [1.0, 0.0, 0.0],
                [0.0, math.cos(pitch), -math.sin(pitch)],
                [0.0, math.sin(pitch), math.cos(pitch)],
            ]
        )
        tilt = np.array(
            [
                [math.cos(roll), -math.sin(roll), 0.0],
                [math.sin(roll), math.cos(roll), 0.0],
                [0.0, 0.0, 1.0],
            ]
        )
        axes: Floats = tilt @ down @ turned
        return axes

    def project(self, seen_m: Floats) -> Floats:
        """`(33, 2)` pixels of points in camera axes, the focal length being the picture's longer side."""
        width, height = self.size_px
        away = self.distance_m + (seen_m[:, 2:] if self.perspective else 0.0)
        pixels: Floats = max(width, height) * seen_m[:, :2] / away + (width / 2, height / 2)
        return pixels


@dataclass(frozen=True)
class PoseModel:
    """How the pose model errs: it under-reads depth (`depth_gain`), trembles, and doubts what is far or `hidden`."""

    depth_gain: float = 0.6
    noise_px: float = 0.0
    noise_m: float = 0.0
    visibility: float = 0.98
    far_visibility: float = 0.75
    hidden: tuple[Landmark, ...] = ()


EXACT = PoseModel(depth_gain=1.0, far_visibility=0.98)
NOISY = PoseModel(noise_px=1.5, noise_m=0.02)
"""What a good webcam gives: 1.5 pixels (4 mm at 3.5 m) in the picture, 2 cm in depth."""


def photograph(
    points: Floats,
    camera: Camera,
    t_s: float = 0.0,
    model: PoseModel = EXACT,
    centre_m: Floats | None = None,
    rng: np.random.Generator | None = None,
) -> PoseFrame:
    """What the pose model reports of `(33, 3)` room points; the camera looks at `centre_m`, by default the body."""
    centre = (points.min(0) + points.max(0)) / 2 if centre_m is None else centre_m
    seen = (points - centre) * (camera.person_m / NOMINAL_M) @ camera.axes.T
    right_m, up_m = camera.shift_m
    image = camera.project(seen + np.array((right_m, -up_m, 0.0)))
    hips = points[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(0)
    world = (points - hips) @ camera.axes.T * (1.0, 1.0, model.depth_gain)
    if rng is not None:
        image = image + rng.normal(0.0, model.noise_px, image.shape)
        world = world + rng.normal(0.0, model.noise_m, world.shape)
    return PoseFrame.checked(t_s, image, world, _visibility(seen, model), camera.size_px)


def _visibility(seen: Floats, model: PoseModel) -> Floats:
    """Less for the half of a pair that is clearly behind the other one."""
    behind = seen[:, 2] - seen[list(MIRROR), 2] > 0.12
    visibility: Floats = np.where(behind, model.far_visibility, model.visibility)
    visibility[list(model.hidden)] = 0.02
    return visibility


def stick_figure(
    *,
    view: str = "side",
    camera: Camera | None = None,
    model: PoseModel = EXACT,
    t_s: float = 0.0,
    seed: int | None = None,
    **angles: Sided,
) -> PoseFrame:
    """One frame of a figure with these clinical angles (fields of `Pose`, degrees), seen from `view` or by `camera`."""
    rng = None if seed is None else np.random.default_rng(seed)
    seen_by = camera or Camera(yaw_deg=YAW_DEG[view])
    return photograph(figure(Pose(**angles)), seen_by, t_s, model, rng=rng)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Timing:
    """When the figure does what: seconds out, at the turn, back, and still between, before and after repetitions."""

    out_s: float = 1.2
    hold_s: float = 0.3
    back_s: float = 1.2
    pause_s: float = 0.6
    lead_s: float = 1.0
    tail_s: float = 0.8

    @classmethod
    def lasting(cls, rep_s: float, pause_s: float = 0.6) -> Timing:
        """A repetition of so many seconds in all."""
        return cls(0.45 * rep_s, 0.1 * rep_s, 0.45 * rep_s, pause_s)

    @property
    def rep_s(self) -> float:
        """Seconds of one repetition without the pause after it."""
        return self.out_s + self.hold_s + self.back_s

    def starts_s(self, count: int) -> list[float]:
        """When each repetition sets out."""
        return [self.lead_s + i * (self.rep_s + self.pause_s) for i in range(count)]

    def duration_s(self, count: int) -> float:
        """Seconds of a recording of `count` repetitions."""
        return self.lead_s + count * (self.rep_s + self.pause_s) + self.tail_s

    def share(self, since_s: float) -> float:
        """0..1 of the way to the turn, `since_s` after setting out; slow at both ends."""
        back_s = since_s - self.out_s - self.hold_s
        share = since_s / self.out_s if back_s < 0.0 else 1.0 - back_s / self.back_s
        return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))


def movement(
    what: str | Recipe,
    depths: Sequence[float] = (1.0, 1.0, 1.0),
    *,
    timing: Timing | None = None,
    fps: float = 30.0,
    jitter: float = 0.0,
    camera: Camera | None = None,
    model: PoseModel = NOISY,
    seed: int = 7,
    until_s: float | None = None,
    **faults: float,
) -> list[PoseFrame]:
    """Frames of somebody who repeats an exercise to each of the `depths` (below 0: with the right side).

    `what` is an exercise's id, or a recipe of one's own: room points for a depth. `jitter` moves each time stamp by
    up to this share of a frame; `faults` go to the recipe (`lean_deg=60`).
    """
    timing, rng = timing or Timing(), np.random.default_rng(seed)
    end_s = until_s or timing.duration_s(len(depths))
    times = np.arange(0.0, end_s, 1.0 / fps)
    times[1:] += rng.uniform(-0.5, 0.5, len(times) - 1) * jitter / fps
    points = [pose_at(what, depths, timing, t_s, **faults) for t_s in times.tolist()]
    seen_by = camera or (first_view(what) if isinstance(what, str) else Camera())
    return list(_filmed(points, times.tolist(), seen_by, model, rng))


def pose_at(
    what: str | Recipe, depths: Sequence[float], timing: Timing, t_s: float, **faults: float
) -> Floats:
    """`(33, 3)` room points at one moment of a `movement`."""
    index = int(max(0.0, t_s - timing.lead_s) // (timing.rep_s + timing.pause_s))
    depth = 0.0
    if index < len(depths):
        depth = depths[index] * timing.share(t_s - timing.starts_s(index + 1)[-1])
    return _posed(what, round(depth, 3), tuple(sorted(faults.items())))


@cache
def _posed(what: str | Recipe, depth: float, faults: tuple[tuple[str, float], ...]) -> Floats:
    """A recipe's points; the same poses come again and again in a run of tests."""
    recipe = RECIPES[what] if isinstance(what, str) else what
    return recipe(depth, **dict(faults))


def still(
    seconds: float, *, fps: float = 30.0, seed: int = 7, exercise_id: str = "squat"
) -> list[PoseFrame]:
    """Somebody in the start position, doing nothing."""
    return movement(exercise_id, [], until_s=seconds, fps=fps, seed=seed)


def first_view(exercise_id: str) -> Camera:
    """A camera where the exercise wants it."""
    return Camera(yaw_deg=YAW_DEG[load(exercise_id).camera.views[0]])


def _filmed(
    points: list[Floats],
    times: list[float],
    camera: Camera,
    model: PoseModel,
    rng: np.random.Generator,
) -> Iterator[PoseFrame]:
    """One camera that stays where it is for the whole film."""
    everything = np.concatenate(points)
    centre = (everything.min(0) + everything.max(0)) / 2
    for t_s, body in zip(times, points, strict=True):
        yield photograph(body, camera, t_s, model, centre, rng)


def shifted(frames: Iterable[PoseFrame], by_s: float) -> list[PoseFrame]:
    """The same frames later."""
    return [replace(frame, t_s=frame.t_s + by_s) for frame in frames]


def mirrored(frames: Iterable[PoseFrame]) -> list[PoseFrame]:
    """The frames of somebody who is this one's mirror image: left is right, and moves on the other side."""
    swap = list(MIRROR)
    return [
        replace(
            frame,
            image_px=(frame.image_px * (-1.0, 1.0) + (frame.size_px[0], 0.0))[swap],
            world_m=(frame.world_m * (-1.0, 1.0, 1.0))[swap],
            visibility=frame.visibility[swap],
        )
        for frame in frames
    ]


@dataclass(frozen=True)
class Outcome:
    """What the engine made of a stream."""

    session: ExerciseSession
    steps: list[Step]

    @property
    def events(self) -> list[Event]:
        """All events in order."""
        return [event for step in self.steps for event in step.events]

    @property
    def reps(self) -> list[Rep]:
        """The repetitions counted."""
        return [event.rep for event in self.events if isinstance(event, RepCompleted)]

    @property
    def verdicts(self) -> list[str]:
        """Verdicts in order."""
        return [rep.verdict for rep in self.reps]

    def of(self, kind: type[Kind]) -> list[Kind]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


def judge(
    exercise: str | Exercise,
    frames: Iterable[PoseFrame | Gap],
    prescription: Prescription | None = None,
    *,
    live: bool = False,
) -> Outcome:
    """Put a stream through a fresh session."""
    definition = load(exercise) if isinstance(exercise, str) else exercise
    session = ExerciseSession(definition, prescription, start="live" if live else "file")
    return Outcome(session, list(run(session, frames)))


@cache
def load(exercise_id: str) -> Exercise:
    """An exercise of the catalogue."""
    return catalogue.load(exercise_id)
