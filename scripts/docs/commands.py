"""The command line, from the app itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import typer

from scripts.docs.markdown import code, table
from webapp.cli import command

ROOT: Final = Path(__file__).resolve().parents[2]


def all_commands() -> Iterator[tuple[str, Any]]:
    """`analyze`, `models build`, ... each with its command, in the order of `coach --help`."""
    yield from _below(typer.main.get_command(command()), ())


def _below(group: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from _below(one, (*path, name))
        else:
            yield " ".join((*path, name)), one


def sections() -> str:
    """A section a command."""
    return "\n\n".join(_section(name, one) for name, one in all_commands())


def _section(name: str, one: Any) -> str:
    parts = [f"## {name}", f"```\n{_usage(name, one)}\n```", " ".join((one.help or "").split())]
    if one.params:
        parts.append(table(("argument or option", "default", "meaning"), map(_row, one.params)))
    return "\n\n".join(parts)


def _usage(name: str, one: Any) -> str:
    arguments = [_metavar(p) for p in one.params if p.param_type_name == "argument"]
    needed = [
        f"{p.opts[0]} \u2026" for p in one.params if p.param_type_name == "option" and p.required
    ]
    options = ["[OPTIONS]"] if one.params else []
    return " ".join(["coach", name, *arguments, *needed, *options])


def _metavar(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _row(param: Any) -> tuple[str, str, str]:
    if param.param_type_name == "argument":
        return code(_metavar(param)), "*needed*" if param.required else "", param.help or ""
    names = ", ".join(code(name) for name in param.opts)
    return names, _default(param), param.help or ""


def _default(param: Any) -> str:
    if param.required:
        return "*needed*"
    given = param.default
    if given is None or given is False:
        return ""
    ours = isinstance(given, Path) and given.is_relative_to(ROOT)
    return code(given.relative_to(ROOT) if ours else given)
