"""The fields of an exercise file, from the structs it is read into, and the JSON schema that editors use."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from coach import exercise
from coach.errors import CoachError
from coach.exercise import Exercise
from scripts.docs.markdown import doc, table
from scripts.docs.shapes import default, shape

WORDS: Final = Path(__file__).with_name("fields.toml")

#: Where each struct stands in a file.
PLACES: Final = {
    "Exercise": "top of the file",
    "Words": "[words]",
    "Camera": "[camera]",
    "Term": "[[signal]]",
    "Phase": "[[phases]]",
    "Counting": "[counting]",
    "Gate": "[[gates]]",
    "Target": "[targets.ANGLE]",
    "Limit": "[limits.ANGLE]",
    "Check": "[[checks]]",
    "Tempo": "[tempo]",
    "Dose": "[dose]",
    "Source": "[[sources]]",
    "Variant": "[variants.NAME]",
    "OtherWords": "[variants.NAME.words]",
    "OtherCamera": "[variants.NAME.camera]",
}


class UnexplainedError(CoachError):
    """A field has no words in `fields.toml`."""


@cache
def schema() -> dict[str, Any]:
    """JSON schema of an exercise file, each field with its meaning."""
    made = msgspec.json.schema(Exercise)
    for name, struct in made["$defs"].items():
        for field, about in struct["properties"].items():
            about["description"] = meaning(name, field)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Exercise file",
        **made,
    }


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def meaning(struct: str, field: str) -> str:
    """What a field means, in a few words. Raises UnexplainedError."""
    words = _words()
    found = words.get(struct, {}).get(field) or words["Measure"].get(field)
    if not found:
        raise UnexplainedError(f"{WORDS.name} should say what {struct}.{field} means.")
    return found


def schema_text() -> str:
    """`poses/schema.json`."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def field_tables() -> str:
    """A section for each part of an exercise file."""
    return "\n\n".join(_section(name, place) for name, place in PLACES.items())


def _section(name: str, place: str) -> str:
    about = doc(getattr(exercise, name))
    rows = table(("field", "what it may be", "default", "meaning"), _rows(name))
    return f"### {name}\n\n`{place}`. {about}\n\n{rows}"


def _rows(name: str) -> Iterator[tuple[str, str, str, str]]:
    struct = schema()["$defs"][name]
    for field, about in struct["properties"].items():
        must = "*needed*" if field in struct.get("required", ()) else default(about)
        yield f"`{field}`", shape(about), must, meaning(name, field)
