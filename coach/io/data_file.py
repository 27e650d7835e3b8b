"""Reading data files (TOML) strictly: every error with its file, its place, what was expected and what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from coach.errors import ExerciseFileError

T = TypeVar("T")
_PLACE: Final = re.compile(r"^(?P<what>.*?)(?: - at `(?P<place>[^`]+)`)?$", re.DOTALL)
_CHOICE: Final = re.compile(r"^Invalid enum value '(?P<got>.*)'$", re.DOTALL)
_STEP: Final = re.compile(r"\w+|\[[^\]]*\]")
_EXPECTED: Final = re.compile(r"^Expected (?P<expected>.+?), got (?P<got>.+)$", re.DOTALL)


def text_of(path: Path) -> str:
    """The text of a file. Raises ExerciseFileError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseFileError(str(path), "the file", "a readable text file", str(error)) from None


def parse(text: str, file: str, kind: type[T]) -> T:
    """The `kind` in this TOML text; `file` is named in errors. Raises ExerciseFileError."""
    return convert(load(text, file), file, kind)


def load(text: str, file: str) -> dict[str, object]:
    """The tables of this TOML text, unchecked. Raises ExerciseFileError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExerciseFileError(file, "the text", "valid TOML", str(error)) from None


def convert(table: object, file: str, kind: type[T]) -> T:
    """Plain tables as a `kind`. Raises ExerciseFileError."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise _explained(file, str(error), kind) from None


def named(path: Path, kind: type[T]) -> dict[str, T]:
    """A file of tables, each of which is a `kind` whose `id` is the table's name. Raises ExerciseFileError."""
    tables = load(text_of(path), path.name)
    with_id = {
        name: {**table, "id": name} if isinstance(table, dict) else table
        for name, table in tables.items()
    }
    return convert(with_id, path.name, dict[str, kind])  # type: ignore[valid-type]


def _explained(file: str, message: str, kind: type) -> ExerciseFileError:
    """msgspec's 'Expected `float`, got `str` - at `$.phases[1].at`' in our terms."""
    found = _PLACE.match(message)
    what, place = (found["what"], found["place"] or "$") if found else (message, "$")
    parts, choice = _EXPECTED.match(what), _CHOICE.match(what)
    if parts:
        return ExerciseFileError(file, place, parts["expected"], parts["got"])
    if choice:
        allowed = _allowed(msgspec.json.schema(kind), place)
        return ExerciseFileError(file, place, f"one of {', '.join(allowed)}", f"'{choice['got']}'")
    return ExerciseFileError(file, place, "a valid entry", what)


def _allowed(schema: dict[str, Any], place: str) -> list[str]:
    """The values that an enumeration may take at a place such as `$.methods[...].side`; all names, if it has none."""
    here = schema
    for step in _STEP.findall(place):
        here = _deref(schema, here)
        inner = here.get("items") or here.get("additionalProperties") or {}
        here = here.get("properties", {}).get(step) or inner
    return [str(value) for value in _deref(schema, here).get("enum", ["the documented values"])]


def _deref(schema: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    name = here.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = schema["$defs"][name] if name else here
    return found
