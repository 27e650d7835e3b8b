"""What to mind with a patient: conditions that a therapist notes, and the exercises that each of them touches."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from coach.exercise import Exercise, Name, Position
from coach.io import data_file
from poses import translations


class Caution(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One condition. `say` is told to the patient before an exercise that it touches; `against` names the exercises
    about which the therapist is asked."""

    id: Name
    name: str
    say: str
    positions: tuple[Position, ...] = ()
    regions: tuple[str, ...] = ()
    exercises: tuple[Name, ...] = ()
    against: tuple[Name, ...] = ()

    def touches(self, exercise: Exercise) -> bool:
        """Whether the patient is to be told before this exercise."""
        return (
            exercise.position in self.positions
            or exercise.id in self.exercises
            or not set(self.regions).isdisjoint(exercise.regions)
        )


@cache
def cautions(language: str = translations.ENGLISH) -> dict[str, Caution]:
    """Every condition that may be noted, by id, in one language. Raises ExerciseFileError."""
    found = data_file.named(Path(__file__).with_name("cautions.toml"), Caution)
    said = translations.of_cautions(language)
    return {
        at: msgspec.structs.replace(one, **said[at]) if at in said else one
        for at, one in found.items()
    }


def touching(
    exercise: Exercise, noted: Iterable[str], language: str = translations.ENGLISH
) -> tuple[Caution, ...]:
    """Those of the noted conditions that touch an exercise; ids that are no longer known say nothing."""
    known = cautions(language)
    return tuple(known[at] for at in noted if at in known and known[at].touches(exercise))


def against(
    exercise: Exercise, noted: Iterable[str], language: str = translations.ENGLISH
) -> tuple[Caution, ...]:
    """Those of the noted conditions with which the exercise is usually left out."""
    known = cautions(language)
    return tuple(known[at] for at in noted if at in known and exercise.id in known[at].against)
