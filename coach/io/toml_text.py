"""Plain values as TOML text: tables, arrays of tables, strings, numbers and lists of these. Made for exercise files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

_HEAD, _ROW = "[{}]", "[[{}]]"


def toml(values: Mapping[str, Any]) -> str:
    """The text of one document; tomllib reads the same values back."""
    return "\n".join(_table(values, ())) + "\n"


def _table(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Plain values first: whatever follows a table's header belongs to that table."""
    nested = {key: value for key, value in values.items() if _is_table(value)}
    for key, value in values.items():
        if key not in nested:
            yield f"{key} = {_value(value)}"
    for key, value in nested.items():
        place = (*path, key)
        for one in value if isinstance(value, list) else [value]:
            # a table that only holds tables needs no header of its own
            if isinstance(value, list) or not all(_is_table(inner) for inner in one.values()):
                yield "\n" + (_ROW if isinstance(value, list) else _HEAD).format(".".join(place))
            yield from _table(one, place)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    )


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # JSON writes strings, truth values and finite numbers as TOML does
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
