"""Exercise files (TOML): read with every error's file, place, what was expected and what is there; and written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from coach.errors import ExerciseFileError, MediaError
from coach.exercise import Exercise
from coach.exercise_rules import problems
from coach.io import data_file
from coach.io.atomic_write import write_atomically
from coach.io.toml_text import toml


def read(path: Path) -> Exercise:
    """The exercise in this file. Raises ExerciseFileError with file, place, expected and got."""
    return parse(data_file.text_of(path), path.name)


def parse(text: str, file: str) -> Exercise:
    """The exercise in this TOML text; `file` is named in errors. Raises ExerciseFileError."""
    exercise = data_file.parse(text, file, Exercise)
    for problem in problems(exercise):
        raise ExerciseFileError(file, problem.place, problem.expected, problem.got)
    return exercise


def text_of(exercise: Exercise) -> str:
    """The exercise as TOML text, without what is the default anyway; `parse` reads the same exercise back."""
    return toml(_spoken(exercise))


def write(path: Path, exercise: Exercise) -> None:
    """Write an exercise file in one step. Raises MediaError."""
    try:
        write_atomically(path, text_of(exercise).encode())
    except OSError as error:
        raise MediaError(f"{path} cannot be written: {error.strerror or error}.") from None


def _spoken(value: Any) -> Any:
    """Plain values of a struct and all in it, only where they differ from the default."""
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.fields(value)
        given = {f.encode_name: (getattr(value, f.name), f.default) for f in fields}
        return {
            key: _spoken(one)
            for key, (one, default) in given.items()
            if one != default and one not in ({}, ())
        }
    if isinstance(value, dict):
        return {key: _spoken(one) for key, one in value.items()}
    return [_spoken(one) for one in value] if isinstance(value, tuple) else value
