"""The settings, from `webapp/settings.py`: names, types, defaults, and the comment above each."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from scripts.docs.markdown import table as markdown_table
from scripts.docs.shapes import default, shape
from webapp.settings import PREFIX, Settings

_COMMENTED = re.compile(r"((?:^    #: .*\n)+)    (\w+):", re.MULTILINE)


def comments() -> dict[str, str]:
    """Field -> the `#:` comment above it."""
    found = _COMMENTED.findall(inspect.getsource(Settings))
    return {field: " ".join(re.findall(r"#: (.*)", text)) for text, field in found}


def table() -> str:
    """One row a setting."""
    return markdown_table(("setting", "what it may be", "default", "meaning"), _rows())


def _rows() -> Iterator[tuple[str, str, str, str]]:
    meanings = comments()
    for name, about in Settings.model_json_schema()["properties"].items():
        yield f"`{PREFIX}{name.upper()}`", shape(about), default(about), meanings[name]
