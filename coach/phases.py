"""The phases of a cycle: which way it swings, and what its parts are called."""

from __future__ import annotations

from coach.exercise import Phase


def legs_of(phases: tuple[Phase, ...]) -> tuple[int, ...]:
    """Signs of the excursions of a cycle, from its positions away from 0."""
    return tuple(1 if phase.at > 0 else -1 for phase in phases if phase.at) or (1,)


def by_leg(phases: tuple[Phase, ...]) -> list[tuple[str, str, str]]:
    """Per excursion the names of its way out, its turn and its way back."""
    names = [phase.name for phase in phases]
    turns = [i for i, phase in enumerate(phases) if phase.at]
    return [(names[i - 1], names[i], names[(i + 1) % len(names)]) for i in turns]
