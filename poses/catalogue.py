"""The catalogue of exercises that come with the coach: what is in `exercises/`, `reference/`, `cues/`,
`assessments/` and `words/`.

English stands in the exercise's own file, so that a file is complete; `words/<language>/` says the same in others.
"""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from coach.assessing.assessment import Motion
from coach.assessing.functional import FunctionalTest
from coach.errors import UnknownExerciseError
from coach.exercise import Exercise, Words
from coach.io import data_file, exercise_file
from coach.io.reference_file import read as read_reference
from coach.reference import ReferenceMovement

HERE = Path(__file__).resolve().parent
ENGLISH = "en"


class CueText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one cue: `say` aloud, `show` on the screen, `fault` only in the review afterwards."""

    say: str
    show: str
    fault: str = ""


class Translation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An exercise's or assessment's words in another language; what is empty is said in English."""

    name: str = ""
    short: str = ""
    steps: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


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
def languages() -> tuple[str, ...]:
    """Codes of all languages there are words in, English first."""
    return (ENGLISH, *sorted(path.name for path in (HERE / "words").iterdir() if path.is_dir()))


def words(exercise: Exercise, language: str) -> Words:
    """What an exercise says of itself in one language."""
    return _spoken(exercise.words, translations(language, "exercises").get(exercise.id))


@cache
def cues(language: str = ENGLISH) -> dict[str, CueText]:
    """The words of every cue in one language; what has no translation is said in English."""
    english = _cues_of(ENGLISH)
    return english if language == ENGLISH else {**english, **_cues_of(language)}


@cache
def motions(language: str = ENGLISH) -> dict[str, Motion]:
    """The ranges of motion that can be measured, by id. Raises ExerciseFileError."""
    found = data_file.named(HERE / "assessments" / "motions.toml", Motion)
    said = translations(language, "motions")
    return {
        key: replace(one, words=_spoken(one.words, said.get(key))) for key, one in found.items()
    }


@cache
def functional_tests(language: str = ENGLISH) -> dict[str, FunctionalTest]:
    """The functional tests, by id. Raises ExerciseFileError."""
    found = data_file.named(HERE / "assessments" / "tests.toml", FunctionalTest)
    said = translations(language, "tests")
    return {
        key: replace(one, words=_spoken(one.words, said.get(key))) for key, one in found.items()
    }


@cache
def translations(language: str, of: str) -> dict[str, Translation]:
    """What is translated of the `exercises`, `motions` or `tests`, by id; nothing in a language without a file.

    Raises ExerciseFileError.
    """
    path = HERE / "words" / language / f"{of}.toml"
    if language not in languages() or not path.exists():
        return {}
    return data_file.parse(data_file.text_of(path), path.name, dict[str, Translation])


def _cues_of(language: str) -> dict[str, CueText]:
    path = HERE / "cues" / f"{language}.toml"
    if language not in languages() or not path.exists():
        return {}
    return data_file.parse(data_file.text_of(path), path.name, dict[str, CueText])


def _spoken(english: Words, said: Translation | None) -> Words:
    return (
        replace(english, **{k: v for k, v in msgspec.structs.asdict(said).items() if v})
        if said
        else english
    )
