"""The process in which a movement is learned: a recording comes in at the one end, an exercise goes out at the other.

It takes seconds of arithmetic, during which the web process has people to coach. Run by `webapp.movements.learning`.
"""

from __future__ import annotations

import sys
from typing import Literal

import msgspec

from coach.authoring.demonstration import shown_in
from coach.authoring.learning import learn
from coach.authoring.watching import Watched
from coach.errors import MovementError
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.io import exercise_file
from webapp.movements.landmarks import Frames, reference_bytes, unpacked

#: Why nothing was learned: nobody in it; nothing repeated twice; repetitions that no definition tells apart.
Cause = Literal["nobody", "not_repeated", "not_told_apart"]


class Task(msgspec.Struct, frozen=True):
    """A recording's bytes, the id to give, and the text of the exercise it is like, where there is one."""

    recording: bytes
    exercise_id: str
    like: str | None = None


class Answer(msgspec.Struct, frozen=True):
    """The exercise file's text and the reference file's bytes; or why there are none."""

    definition: str = ""
    reference: bytes = b""
    count: int = 0
    cause: Cause | None = None


def answer(task: Task) -> Answer:
    """Learn, or say why not."""
    frames = unpacked(task.recording)
    like = exercise_file.parse(task.like, "like.toml") if task.like else None
    try:
        learned = learn(frames, task.exercise_id, like)
    except MovementError:
        return Answer(cause=_cause(frames))
    text = exercise_file.text_of(_sound(learned.exercise))
    return Answer(text, reference_bytes(learned.reference), learned.count)


def _sound(exercise: Exercise) -> Exercise:
    """Read back as whoever will use it reads it. Raises ExerciseFileError."""
    return exercise_file.parse(exercise_file.text_of(exercise), f"{exercise.id}.toml")


def _cause(frames: Frames) -> Cause:
    people = [frame for frame in frames if isinstance(frame, PoseFrame)]
    if not people:
        return "nobody"
    try:
        shown_in(Watched(people))
    except MovementError:
        return "not_repeated"
    return "not_told_apart"


def main() -> None:
    """One task, one answer."""
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer(task)))


if __name__ == "__main__":
    main()
