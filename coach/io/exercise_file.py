"""Reading an exercise file (TOML): every error with its file, its place, what was expected and what is there."""

from __future__ import annotations

from pathlib import Path

from coach.errors import ExerciseFileError
from coach.exercise import Exercise
from coach.exercise_rules import problems
from coach.io import data_file


def read(path: Path) -> Exercise:
    """The exercise in this file. Raises ExerciseFileError with file, place, expected and got."""
    return parse(data_file.text_of(path), path.name)


def parse(text: str, file: str) -> Exercise:
    """The exercise in this TOML text; `file` is named in errors. Raises ExerciseFileError."""
    exercise = data_file.parse(text, file, Exercise)
    for problem in problems(exercise):
        raise ExerciseFileError(file, problem.place, problem.expected, problem.got)
    return exercise
