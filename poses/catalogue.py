"""The catalogue of exercises that come with the coach: what is in `exercises/`, `reference/`, `cues/`,
`assessments/` and `words/`.

English stands in the exercise's own file, so that a file is complete; `words/<language>/` says the same in others.
"""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path

import msgspec
from msgspec.structs import asdict, replace

from coach.assessing.assessment import Motion
from coach.assessing.functional import FunctionalTest
from coach.errors import UnknownExerciseError
from coach.exercise import Exercise, Words
from coach.io import data_file, exercise_file
from coach.io.reference_file import read as read_reference
from coach.reference import ReferenceMovement
from poses import translations
from poses.translations import ENGLISH, spoken

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


def words(exercise: Exercise, language: str) -> Words:
    """What an exercise, or a variant of it, says of itself in one language."""
    known = _phrases(exercise.id, language)
    said = {key: known.get((key, text), text) for key, text in asdict(exercise.words).items()}
    return replace(exercise.words, **said)


@cache
def cues(language: str = ENGLISH) -> dict[str, CueText]:
    """The words of every cue in one language; what has no translation is said in English."""
    english = _cues_of(ENGLISH)
    return english if language == ENGLISH else {**english, **_cues_of(language)}


@cache
def motions(language: str = ENGLISH) -> dict[str, Motion]:
    """The ranges of motion that can be measured, by id. Raises ExerciseFileError."""
    found = data_file.named(HERE / "assessments" / "motions.toml", Motion)
    said = translations.of(language, "motions")
    return {key: replace(one, words=spoken(one.words, said.get(key))) for key, one in found.items()}


@cache
def functional_tests(language: str = ENGLISH) -> dict[str, FunctionalTest]:
    """The functional tests, by id. Raises ExerciseFileError."""
    found = data_file.named(HERE / "assessments" / "tests.toml", FunctionalTest)
    said = translations.of(language, "tests")
    return {key: replace(one, words=spoken(one.words, said.get(key))) for key, one in found.items()}


Text = str | tuple[str, ...]


@cache
def _phrases(exercise_id: str, language: str) -> dict[tuple[str, Text], Text]:
    """By key and English text: so a variant says in translation what it shares with the exercise."""
    whole = translations.of(language, "exercises").get(exercise_id)
    if whole is None or exercise_id not in ids():
        return {}
    plain = msgspec.to_builtins(load(exercise_id))
    said = translations.of_variants(language).get(exercise_id, {})
    pairs = [(plain["words"], whole)]
    pairs += [
        (one["words"], said[name])
        for name, one in plain.get("variants", {}).items()
        if name in said
    ]
    return {
        (key, _frozen(english[key])): text
        for english, other in pairs
        for key, text in translations.given(other).items()
        if english.get(key)
    }


def _frozen(text: str | list[str]) -> Text:
    return text if isinstance(text, str) else tuple(text)


def _cues_of(language: str) -> dict[str, CueText]:
    path = HERE / "cues" / f"{language}.toml"
    if language not in translations.languages() or not path.exists():
        return {}
    return data_file.parse(data_file.text_of(path), f"cues/{path.name}", dict[str, CueText])
