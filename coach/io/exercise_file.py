"""Reading an exercise file (TOML): every error with its file, its place, what was expected and what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec

from coach.errors import ExerciseFileError
from coach.exercise import Exercise
from coach.exercise_rules import problems

_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `(?P<place>[^`]+)`)?$", re.DOTALL)
_EXPECTED = re.compile(r"^Expected (?P<expected>.+?), got (?P<got>.+)$", re.DOTALL)


def read(path: Path) -> Exercise:
    """The exercise in this file. Raises ExerciseFileError with file, place, expected and got."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseFileError(str(path), "the file", "a readable text file", str(error)) from None
    return parse(text, path.name)


def parse(text: str, file: str) -> Exercise:
    """The exercise in this TOML text; `file` is named in errors. Raises ExerciseFileError."""
    try:
        exercise = msgspec.convert(tomllib.loads(text), Exercise)
    except tomllib.TOMLDecodeError as error:
        raise ExerciseFileError(file, "the text", "valid TOML", str(error)) from None
    except msgspec.ValidationError as error:
        raise _explained(file, str(error)) from None
    for problem in problems(exercise):
        raise ExerciseFileError(file, problem.place, problem.expected, problem.got)
    return exercise


def _explained(file: str, message: str) -> ExerciseFileError:
    """msgspec's 'Expected `float`, got `str` - at `$.phases[1].at`' in our terms."""
    found = _PLACE.match(message)
    what, place = (found["what"], found["place"] or "$") if found else (message, "$")
    parts = _EXPECTED.match(what)
    if parts:
        return ExerciseFileError(file, place, parts["expected"], parts["got"])
    return ExerciseFileError(file, place, "a valid exercise", what)
