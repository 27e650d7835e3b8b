"""The style sheet of the typeface, from a fontsource package."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.vendor_list import Fonts, source_file

_FACE = """@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: {weight};
  font-display: swap;
  src: url("fonts/{file}") format("woff2");
  unicode-range: {ranges};
}}
"""


def font_files(fonts: Fonts) -> list[str]:
    """The woff2 files needed, as places in node_modules."""
    return [
        f"{fonts.package}/files/{_file(fonts, weight, subset)}"
        for weight in fonts.weights
        for subset in fonts.subsets
    ]


def font_css(fonts: Fonts, modules: Path) -> str:
    """One `@font-face` per weight and subset; a browser loads only the subsets a page uses.

    Raises:
        AssetError: the package is not installed.
    """
    ranges = json.loads(source_file(modules, f"{fonts.package}/unicode.json").read_bytes())
    return "".join(
        _FACE.format(
            family=fonts.family,
            weight=weight,
            file=_file(fonts, weight, subset),
            ranges=ranges[subset],
        )
        for weight in fonts.weights
        for subset in fonts.subsets
    )


def _file(fonts: Fonts, weight: int, subset: str) -> str:
    return f"{fonts.package.rpartition('/')[2]}-{subset}-{weight}-normal.woff2"
