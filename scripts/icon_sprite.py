"""One SVG sprite from single Lucide icons."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.vendor_list import AssetError, Icons, source_file

_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round">{body}</symbol>\n'
)


def sprite(icons: Icons, modules: Path) -> str:
    """An SVG with one `<symbol>` per icon, drawn in the text's colour.

    Raises:
        AssetError: the package is not installed, or has no icon of that name.
    """
    symbols = [_symbol(name, _icon(icons, modules, name)) for name in icons.names]
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'


def _icon(icons: Icons, modules: Path, name: str) -> str:
    return source_file(modules, f"{icons.package}/icons/{name}.svg").read_text(encoding="utf-8")


def _symbol(name: str, svg: str) -> str:
    body = _BODY.search(svg)
    if body is None:
        raise AssetError(f"the icon {name!r} is not an SVG; run `make node` to install it again.")
    return _SYMBOL.format(name=name, body=re.sub(r"\s*\n\s*", "", body[1]))
