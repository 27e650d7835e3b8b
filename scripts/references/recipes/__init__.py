"""How each exercise looks at each depth: 0 in the start position, 1 done well. Feet, hands and seat stay in place.

Every recipe is a function named like its exercise. It gives `(33, 3)` metres in a room whose floor is y = 0 (see
`..figure`). The keywords of a recipe are what is most often done wrong; their defaults are right. A new
recipe stands in the module of its posture, and in that module's `RECIPES`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scripts.references.figure import Floats

from . import arms, back, balance, front, legs, lunges, trunk

Recipe = Callable[..., Floats]
RECIPES: Final[dict[str, Recipe]] = {
    recipe.__name__: recipe
    for posture in (legs, balance, lunges, back, front, arms, trunk)
    for recipe in posture.RECIPES
}
