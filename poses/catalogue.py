"""The catalogue of exercises that come with the coach: what is in `exercises/`, `reference/`, `cues/` and
`assessments/`."""

from __future__ import annotations

import difflib
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from coach.assessing.assessment import Motion
from coach.assessing.functional import FunctionalTest
from coach.errors import UnknownExerciseError
from coach.exercise import Exercise
from coach.io import data_file, exercise_file
from coach.io.reference_file import read as read_reference
from coach.reference import ReferenceMovement

HERE = Path(__file__).resolve().parent


class CueText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one cue: `say` aloud, `show` on the screen, `fault` only in the review afterwards."""

    say: str
    show: str
    fault: str = ""


@cache
def ids() -> tuple[str, ...]:
    """Ids of all exercises, sorted."""
    return tuple(sorted(path.stem for path in (HERE / "exercises").glob("*.toml")))


@cache
def load(exercise_id: str) -> Exercise:
    """One exercise. Raises UnknownExerciseError (with the nearest id), ExerciseFileError."""
    if exercise_id not in ids():
        near = difflib.get_close_matches(exercise_id, ids(), n=1, cutoff=0.4)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise UnknownExerciseError(
            f"There is no exercise '{exercise_id}'.{hint} `coach exercises list` shows all."
        )
    return exercise_file.read(HERE / "exercises" / f"{exercise_id}.toml")


@cache
def reference(exercise_id: str) -> ReferenceMovement:
    """The reference movement of one exercise, for the ghost and the demonstration. Raises UnknownExerciseError."""
    return read_reference(HERE / "reference" / f"{load(exercise_id).id}.npz")


@cache
def cues(language: str = "en") -> dict[str, CueText]:
    """The words of every cue in one language; a language without a file speaks English."""
    path = HERE / "cues" / f"{language}.toml"
    text = (path if path.exists() else HERE / "cues" / "en.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, CueText])


@cache
def motions() -> dict[str, Motion]:
    """The ranges of motion that can be measured, by id. Raises ExerciseFileError."""
    return data_file.named(HERE / "assessments" / "motions.toml", Motion)


@cache
def functional_tests() -> dict[str, FunctionalTest]:
    """The functional tests, by id. Raises ExerciseFileError."""
    return data_file.named(HERE / "assessments" / "tests.toml", FunctionalTest)
