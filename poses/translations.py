"""The words of the catalogue in other languages: what is in `words/<language>/`.

English stands where the numbers stand, in the files of the exercises and assessments. A file here holds the same
keys in one language: `exercises`, `motions` and `tests` by id, `variants` by exercise and variant.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import asdict, replace

from coach.exercise import Words
from coach.io import data_file

HERE = Path(__file__).resolve().parent / "words"
ENGLISH = "en"

T = TypeVar("T")


class Translation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in another language; what is empty is said in English."""

    name: str = ""
    short: str = ""
    steps: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@cache
def languages() -> tuple[str, ...]:
    """Codes of all languages there are words in, English first."""
    return (ENGLISH, *sorted(path.name for path in HERE.iterdir() if path.is_dir()))


@cache
def of(language: str, what: str) -> dict[str, Translation]:
    """The words of the `exercises`, `motions` or `tests`, by id; none in a language without a file.

    Raises ExerciseFileError.
    """
    return _read(language, what, dict[str, Translation])


@cache
def of_variants(language: str) -> dict[str, dict[str, Translation]]:
    """The words of the variants, by exercise and variant. Raises ExerciseFileError."""
    return _read(language, "variants", dict[str, dict[str, Translation]])


def spoken(english: Words, said: Translation | None) -> Words:
    """The English words, as far as they are not `said` in another language."""
    return replace(english, **given(said)) if said else english


def given(said: Translation) -> dict[str, str | tuple[str, ...]]:
    """What is translated, by key."""
    return {key: text for key, text in asdict(said).items() if text}


def of_cautions(language: str) -> dict[str, dict[str, str]]:
    """`name` and `say` of each caution, by id; none in a language without a file."""
    return _read(language, "cautions", dict[str, dict[str, str]])


def _read(language: str, what: str, kind: type[dict[str, T]]) -> dict[str, T]:
    path = HERE / language / f"{what}.toml"
    if language not in languages() or not path.exists():
        return {}
    return data_file.parse(data_file.text_of(path), f"{language}/{path.name}", kind)
