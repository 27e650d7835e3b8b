"""Parts of a hand-written page that are filled by code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from coach.errors import CoachError


class MarkError(CoachError):
    """A page has no place for a part that belongs into it, or one that nobody fills."""


def filled(page: Path, parts: Mapping[str, str]) -> str:
    """The page's text with every part in its place. Raises MarkError."""
    text = page.read_text(encoding="utf-8")
    marked = set(re.findall(r"^<!-- made: (\w+) -->$", text, re.MULTILINE))
    if marked != parts.keys():
        raise MarkError(f"{page} should have places for {sorted(parts)}, but has {sorted(marked)}.")
    for name, content in parts.items():
        text = _fill(text, name, content.strip())
    return text


def _fill(text: str, name: str, content: str) -> str:
    place = re.compile(rf"(<!-- made: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    return place.sub(lambda found: f"{found[1]}\n{content}\n\n{found[2]}", text)
