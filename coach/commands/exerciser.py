"""Which of several people in a video does the exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from coach.commands.judge import Judge
from coach.exercise import AS_IT_STANDS, Exercise, Prescription
from coach.frame import PoseFrame
from coach.io.landmarker import Landmarker
from coach.io.people import People
from coach.io.picture import Picture
from coach.io.video import Video
from coach.session import ExerciseSession
from coach.stream import Gap


def seen_exerciser(
    video: Video,
    pictures: Iterable[Picture],
    landmarker: Landmarker,
    exercise: Exercise,
    wish: Prescription = AS_IT_STANDS,
) -> Iterator[tuple[Picture, PoseFrame | Gap]]:
    """Every picture with the person who exercises. Raises ModelError.

    Alone, that is whoever is found. When there are several from the start, all are followed first, and the one who
    exercises most is shown in another pass over the file.
    """
    stream = landmarker.stream(pictures)
    first = next(stream, None)
    if first is None:
        return iter(())
    if "several_people" not in landmarker.notes:
        return chain([first], stream)
    alone = [frame for _, frame in chain([first], stream)]
    # whoever the model follows by itself comes first: it loses nobody behind another, and mostly it is right
    streams = [alone, *_everybody(video, landmarker)]
    return zip(video, most_exercise(exercise, streams, wish), strict=False)


def seen_streams(
    video: Video, pictures: Iterable[Picture], landmarker: Landmarker
) -> list[list[PoseFrame | Gap]]:
    """The whole file first: whoever the model follows, then everybody, if there are several. Raises ModelError."""
    alone = [frame for _, frame in landmarker.stream(pictures)]
    if "several_people" not in landmarker.notes:
        return [alone]
    return [alone, *_everybody(video, landmarker)]


def _everybody(video: Video, landmarker: Landmarker) -> list[list[PoseFrame | Gap]]:
    people = People()
    for picture, poses in landmarker.crowd(video):
        people.take(picture.t_s, poses)
    return people.streams()


def most_exercise(
    exercise: Exercise, streams: list[list[PoseFrame | Gap]], wish: Prescription = AS_IT_STANDS
) -> list[PoseFrame | Gap]:
    """The stream with the most repetitions, or the longest hold; among equals the first."""
    return max(streams, key=lambda stream: _amount(exercise, stream, wish))


def _amount(exercise: Exercise, stream: list[PoseFrame | Gap], wish: Prescription) -> float:
    judge = Judge(exercise, ExerciseSession(exercise, wish))
    for frame in stream:
        judge.take(frame)
    result = judge.result("the video")
    return result.hold_s if exercise.kind != "cycle" else result.reps
