"""Public formats, from the code that reads and writes them."""

from __future__ import annotations

from coach import summary
from coach.io import recording
from scripts.docs.events import fields
from scripts.docs.markdown import code, doc, table


def recording_table() -> str:
    """The arrays of a landmark recording."""
    rows = [
        (code(name), code(_shape(shape)), "numbers") for name, shape in recording._SHAPES.items()
    ]
    rows += [
        (code("size_px"), code("(2,)"), "whole numbers"),
        (code("meta"), code("()"), "text: a JSON object"),
    ]
    return table(("array", "shape", "holds"), rows)


def _shape(row: tuple[int, ...]) -> str:
    return f"({', '.join(['N', *map(str, row)])}{',' if not row else ''})"


def result_sections() -> str:
    """The public result, and what it holds."""
    structs = (summary.Result, summary.RepEntry, summary.HoldEntry, summary.AngleRange)
    return "\n\n".join(f"### {one.__name__}\n\n{doc(one)}\n\n{fields(one)}" for one in structs)
