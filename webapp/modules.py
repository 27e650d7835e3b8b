"""Which of our modules a script brings along: what a page loads, and what the offline page needs to be complete."""

from __future__ import annotations

import re
from pathlib import Path

from webapp.assets import FOLDER

#: `import x from "./y.js"`, `export * from "./y.js"`, `new Worker(new URL("./y.js", ...))`.
_NAMED = re.compile(r"""(?:\bfrom\s*|\bimport\s*|\bnew URL\(\s*)["'](\.{1,2}/[^"']+\.m?js)["']""")


def brought_along(name: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """A script of ours and all that it imports, vendored files too, by their names below `folder`.

    Vendored files are bundles; they are not looked into.
    """
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found[one] = None
        if not one.startswith("vendor/"):
            waiting += _imported(folder, one)
    return tuple(found)


def _imported(folder: Path, name: str) -> list[str]:
    here = (folder / name).parent
    text = (folder / name).read_text(encoding="utf-8")
    return [_below(folder, here / path) for path in _NAMED.findall(text)]


def _below(folder: Path, path: Path) -> str:
    """The name of a file below the folder; links are not followed, because addresses are not."""
    parts: list[str] = []
    for part in path.relative_to(folder).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
