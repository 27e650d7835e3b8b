"""The events of the engine, from `coach/events.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args

import msgspec

from coach import events
from scripts.docs.markdown import code, doc, table
from scripts.docs.shapes import default, shape

_PARTS: Final = (events.Rep, events.Tempo)


def event_types() -> tuple[type[msgspec.Struct], ...]:
    """The union's members, in the order of the module."""
    return get_args(events.Event)


def tag_of(struct: type[msgspec.Struct]) -> str:
    """The text that tells this event from the others on the wire and in the log."""
    return str(struct.__struct_config__.tag)


def event_sections() -> str:
    """A section an event, then the structs that events hold."""
    made = [_section(f"`{tag_of(one)}` ({one.__name__})", one) for one in event_types()]
    return "\n\n".join([*made, *(_section(one.__name__, one) for one in _PARTS)])


def step_section() -> str:
    """What the engine answers to every frame."""
    return "\n\n".join(
        _section(one.__name__, one) for one in (events.Step, events.Counts, events.Angle)
    )


def _section(title: str, struct: type[msgspec.Struct]) -> str:
    return f"### {title}\n\n{doc(struct)}\n\n{fields(struct)}"


def fields(struct: type[msgspec.Struct]) -> str:
    """A table of one struct's fields."""
    return table(("field", "what it is", "default"), _rows(struct))


def _rows(struct: type[msgspec.Struct]) -> Iterator[tuple[str, str, str]]:
    about: dict[str, Any] = msgspec.json.schema(struct)["$defs"][struct.__name__]
    for name, kind in about["properties"].items():
        if name != "type":
            yield code(name), _shape(kind), default(kind)


def _shape(kind: dict[str, Any]) -> str:
    if "anyOf" in kind and all("$ref" in one for one in kind["anyOf"]):
        return "event"
    items = kind.get("items", {})
    if "anyOf" in items and all("$ref" in one for one in items["anyOf"]):
        return "list of events"
    return shape(kind)
