"""The loop of `coach live`: camera, landmarker, session, window."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from coach.commands.catalogue import CueWords
from coach.commands.screen import Screen
from coach.events import Counts, Step
from coach.exercise import Exercise, Prescription
from coach.frame import PoseFrame
from coach.io.camera import open_camera
from coach.io.landmarker import Landmarker
from coach.io.model_files import Variant
from coach.io.overlay import annotate
from coach.io.window import Window
from coach.session import ExerciseSession
from coach.stream import Gap


def run_window(
    exercise: Exercise,
    wish: Prescription,
    camera: int,
    model: Variant,
    cues: Mapping[str, CueWords],
) -> Counts:
    """Coach until the patient ends it, or all sets are done. Raises DoseError, MediaError and ModelError."""
    session = ExerciseSession(exercise, wish, start="live")
    screen = Screen(session.exercise, cues)
    with (
        Window(session.exercise.words.name) as window,
        open_camera(camera) as pictures,
        Landmarker(model) as landmarker,
    ):
        landmarker.begin()
        for picture in pictures:
            frame = landmarker.detect(picture)
            step = session.miss(frame.t_s) if isinstance(frame, Gap) else session.step(frame)
            mirror = np.ascontiguousarray(
                picture.bgr[:, ::-1]
            )  # people know themselves from mirrors
            person = _mirrored(frame) if isinstance(frame, PoseFrame) else None
            key = window.show(annotate(mirror, person, screen.hud(step)))
            if key in {"q", "escape"} or step.state == "done":
                break
            if key == " ":
                _toggle_pause(session, step)
        session.finish(frame.t_s)
    return session.counts


def _toggle_pause(session: ExerciseSession, step: Step) -> None:
    if step.state == "paused":
        session.resume(step.t_s)
    else:
        session.pause(step.t_s)


def _mirrored(frame: PoseFrame) -> PoseFrame:
    """For drawing only: the landmarks keep their names, their places are mirrored with the picture."""
    image_px = frame.image_px.copy()
    image_px[:, 0] = frame.size_px[0] - 1 - image_px[:, 0]
    return PoseFrame(frame.t_s, image_px, frame.world_m, frame.visibility, frame.size_px)
