"""A demonstration on disk to an exercise file and its reference movement beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from coach.authoring.learning import Learned, learn
from coach.commands.progress import watched
from coach.errors import ExerciseFileError, MediaError, MovementError
from coach.exercise import Exercise, Measure
from coach.frame import PoseFrame
from coach.io import exercise_file, recording, reference_file
from coach.io.model_files import Variant
from coach.stream import Gap

_ID = re.compile(r"^[a-z][a-z0-9_]{0,59}$")


def learn_file(
    path: Path, exercise_id: str, like: Exercise | None, out: Path, model: Variant
) -> Iterator[str]:
    """Learn, write both files, and say what was learned.

    Raises MediaError, ModelError, MovementError, and ExerciseFileError for an id that no exercise may have.
    """
    _check(exercise_id, out)
    try:
        learned = learn(_frames(path, model), exercise_id, like)
    except MovementError as error:
        raise MovementError(f"{path} cannot be learned from. {error}") from None
    exercise_file.parse(exercise_file.text_of(learned.exercise), out.name)
    exercise_file.write(out, learned.exercise)
    reference_file.write(out.with_suffix(".npz"), learned.reference)
    return _lines(learned, out)


def _check(exercise_id: str, out: Path) -> None:
    if not _ID.match(exercise_id):
        raise ExerciseFileError(
            out.name, "$.id", "small letters, digits and _, a letter first", repr(exercise_id)
        )
    if out.suffix != ".toml":
        raise MediaError(f"An exercise file ends in .toml, but this is {out}.")
    if not out.parent.is_dir():
        raise MediaError(f"{out} cannot be written: there is no folder {out.parent}.")


def _frames(path: Path, model: Variant) -> list[PoseFrame | Gap]:
    """All frames of a recording, or of a video through the pose model."""
    if path.suffix == ".npz":
        return list(recording.read(path).frames())
    from coach.io.landmarker import Landmarker
    from coach.io.video import open_video

    with Landmarker(model) as landmarker, open_video(path) as video:
        seen = landmarker.stream(video)
        return [frame for _, frame in watched(seen, video.frame_count, path.name)]


def _lines(learned: Learned, out: Path) -> Iterator[str]:
    exercise = learned.exercise
    yield f"{out}: {learned.count} repetitions found, and counted right with what was learned from them."
    yield f"{exercise.position}, moving: {exercise.sides}, seen from: {exercise.camera.views[0]}"
    for term in exercise.signal:
        form = "{:.0f}°" if term.of is None else "{:.2f} m"
        yield f"  {_named(term)}: {form.format(term.rest)} to {form.format(term.full)}"
    for name, target in exercise.targets.items():
        yield f"  target: {_words(name)} {target.default:g}° (a therapist may set {target.min:g}-{target.max:g}°)"
    yield f"Reference movement: {out.with_suffix('.npz')}. Read the file over; words and checks are yours to add."


def _named(measure: Measure) -> str:
    if measure.of is None or measure.base is None:
        return _words(measure.measure)
    return f"{measure.measure} of {_words(measure.of)} from {_words(measure.base)}"


def _words(name: str) -> str:
    return name.replace("_", " ")
