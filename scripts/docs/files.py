"""Every file that is made, wholly or in part, and what belongs into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from scripts.docs import (
    accuracy,
    angles,
    catalogue,
    commands,
    events,
    formats,
    routes,
    settings,
)
from scripts.docs.fields import field_tables, schema_text
from scripts.docs.marks import filled

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"

#: Page below docs/ -> name of a part -> who writes it.
PARTS: Final[dict[str, dict[str, Callable[[], str]]]] = {
    "accuracy.md": {
        "counting": accuracy.counting,
        "causes": accuracy.causes,
        "angles": accuracy.angles,
        "form": accuracy.form,
    },
    "reference/exercises.md": {"exercises": catalogue.table, "each": catalogue.sections},
    "reference/exercise-file.md": {"fields": field_tables},
    "reference/angles.md": {"measured": angles.table, "lift": angles.lift_table},
    "reference/events.md": {"events": events.event_sections, "step": events.step_section},
    "reference/formats.md": {
        "recording": formats.recording_table,
        "result": formats.result_sections,
    },
    "reference/commands.md": {"commands": commands.sections},
    "reference/settings.md": {"settings": settings.table},
    "reference/routes.md": {"routes": routes.table, "socket": routes.socket_table},
}


def made_files() -> dict[Path, str]:
    """File -> its text as it should be. Raises MarkError when a page lacks a place for its part."""
    made = {ROOT / "poses" / "schema.json": schema_text()}
    for name, parts in PARTS.items():
        page = DOCS / name
        made[page] = filled(page, {part: write() for part, write in parts.items()})
    return made
