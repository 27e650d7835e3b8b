"""Standing or sitting: neck, shoulders and trunk move. What the keywords do wrong, their defaults do right."""

from __future__ import annotations

from collections.abc import Callable

from scripts.references.figure import Floats

RECIPES: tuple[Callable[..., Floats], ...] = ()
