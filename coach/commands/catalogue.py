"""What the commands need to know of the exercises that exist; handed in from above, for the engine knows none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import typer

from coach.assessing.assessment import Motion
from coach.assessing.functional import FunctionalTest
from coach.exercise import Exercise, Words
from coach.io import exercise_file


class CueWords(Protocol):
    """The words of one cue."""

    @property
    def show(self) -> str:
        """On the screen, now."""

    @property
    def fault(self) -> str:
        """The name of the fault, in the review afterwards; may be empty."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`ids` of all exercises; `load` one by its id (UnknownExerciseError suggests the nearest); `cues` by key.

    `motions` and `functional_tests` are what can be assessed, by id. `words` of an exercise in one of the `languages`.
    """

    ids: Callable[[], tuple[str, ...]]
    load: Callable[[str], Exercise]
    cues: Callable[[], Mapping[str, CueWords]]
    motions: Callable[[], dict[str, Motion]]
    functional_tests: Callable[[], dict[str, FunctionalTest]]
    languages: Callable[[], tuple[str, ...]]
    words: Callable[[Exercise, str], Words]

    def exercise(self, named: str) -> Exercise:
        """The exercise with this id, or the one in this `.toml` file.

        Raises UnknownExerciseError and ExerciseFileError.
        """
        return exercise_file.read(Path(named)) if named.endswith(".toml") else self.load(named)


def catalogue_of(ctx: typer.Context) -> Catalogue:
    """The catalogue that `build_app` was given."""
    catalogue = ctx.find_object(Catalogue)
    if catalogue is None:
        raise RuntimeError("coach.commands.build_app makes the app: it hands the catalogue in")
    return catalogue
