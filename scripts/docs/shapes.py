"""What a value may be, in words, from its JSON schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_NAMES = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "null": "none",
}


def shape(schema: Schema) -> str:
    """`number, 0 to 1`, `list of [Gate](#gate)`, `one of \u2026`."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "anyOf" in schema:
        return " or ".join(shape(one) for one in schema["anyOf"] if one.get("type") != "null")
    return _plain(schema)


def _plain(schema: Schema) -> str:
    kind = schema.get("type", "")
    if kind == "array":
        return _array(schema)
    if kind == "object":
        value = schema.get("additionalProperties")
        return f"table by name of {shape(value)}" if isinstance(value, Mapping) else "table"
    if schema.get("pattern"):
        return (
            f"name, at most {schema['maxLength']} characters" if "maxLength" in schema else "name"
        )
    return _NAMES.get(kind, str(kind)) + _range(schema)


def _array(schema: Schema) -> str:
    if "prefixItems" in schema:
        return "list: " + ", ".join(shape(one) for one in schema["prefixItems"])
    items = schema.get("items", {})
    least = f", at least {schema['minItems']}" if schema.get("minItems") else ""
    return f"list of {shape(items)}{least}"


def _range(schema: Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    above = schema.get("exclusiveMinimum")
    if low is not None and high is not None:
        return f", {low:g} to {high:g}" if low != high else f", always {low:g}"
    bounds = [
        f"above {above:g}" if above is not None else "",
        f"at least {low:g}" if low is not None else "",
        f"at most {high:g}" if high is not None else "",
    ]
    return "".join(f", {bound}" for bound in bounds if bound)


def default(schema: Schema) -> str:
    """The default as it would stand in a file; nothing where there is none, or an empty text."""
    if "default" not in schema:
        return ""
    value = schema["default"]
    if value is None:
        return "none"
    if isinstance(value, str | bool | int | float):
        return f"`{json.dumps(value)}`" if value != "" else ""
    if not value:
        return "empty"
    return "see there"
