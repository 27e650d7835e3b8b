"""How often therapists and the coach agree: raw, and with the agreement by chance taken out.

Cohen: A coefficient of agreement for nominal scales, Educ Psychol Meas 1960. Gwet: Computing inter-rater reliability
and its variance in the presence of high agreement, Br J Math Stat Psychol 2008 (AC1). Kappa falls towards zero when
nearly all repetitions have the same verdict, however well two raters agree; AC1 does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from webapp.store.review_tables import OPINIONS
from webapp.store.verdicts import Pair

BETWEEN_PHYSIOS: Final = 0.83
"""Agreement of two physiotherapists on what to correct, in 24 people and six exercises (JMIR 2021, e26658)."""

ENOUGH: Final = 20
"""Fewer reviewed repetitions say too little: at 20 the 95 % interval of a share of 0.8 still spans 0.58 to 0.92."""

Said = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two raters on the same `reviewed` items. `kappa` is None where chance alone would always agree."""

    reviewed: int
    agreed: int
    kappa: float | None
    ac1: float | None

    @property
    def enough(self) -> bool:
        """Whether there are enough items to read anything into it."""
        return self.reviewed >= ENOUGH

    @property
    def raw(self) -> float:
        """Share of items with the same answer; 0 when there are none."""
        return self.agreed / self.reviewed if self.reviewed else 0.0


@dataclass(frozen=True, slots=True)
class ByFault:
    """One kind of fault in the repetitions that both call repetitions: how often each saw it, and both."""

    exercise_id: str
    fault: str
    coach: int
    therapist: int
    both: int
    agreement: Agreement


def agreement(said: Sequence[Said], answers: int) -> Agreement:
    """Agreement of pairs of answers; `answers` is how many different ones the scale has."""
    count = len(said)
    agreed = sum(one == other for one, other in said)
    if not count:
        return Agreement(0, 0, None, None)
    shares = [
        (sum(one == answer for one, _ in said) / count, sum(other == answer for _, other in said) / count)
        for answer in {answer for pair in said for answer in pair}
    ]  # fmt: skip
    by_chance = sum(one * other for one, other in shares)
    means = [(one + other) / 2 for one, other in shares]
    by_chance_ac1 = sum(mean * (1 - mean) for mean in means) / (answers - 1)
    return Agreement(
        count, agreed, _beyond(agreed / count, by_chance), _beyond(agreed / count, by_chance_ac1)
    )


def _beyond(agreed: float, by_chance: float) -> float | None:
    """What is left of an agreement when chance is taken out, as a share of what could be left."""
    left = 1.0 - by_chance
    return None if left < 1e-9 else (agreed - by_chance) / left


def on_verdicts(pairs: Iterable[Pair]) -> Agreement:
    """Agreement on the verdict, "no repetition" among the answers."""
    return agreement([(one.coach, one.therapist) for one in pairs], len(OPINIONS))


def by_exercise(pairs: Iterable[Pair]) -> dict[str, Agreement]:
    """Agreement on the verdict, the exercise with most reviews first."""
    found = {exercise: on_verdicts(ones) for exercise, ones in _grouped(pairs).items()}
    return dict(sorted(found.items(), key=lambda item: -item[1].reviewed))


def by_fault(pairs: Iterable[Pair]) -> list[ByFault]:
    """Agreement on each fault that anybody saw, by exercise, the most often seen first."""
    found = []
    for exercise, ones in _grouped(pairs).items():
        reps = [one for one in ones if "none" not in (one.coach, one.therapist)]
        for fault in sorted({f for one in reps for f in one.coach_faults | one.therapist_faults}):
            seen = [(fault in one.coach_faults, fault in one.therapist_faults) for one in reps]
            found.append(_of_fault(exercise, fault, seen))
    return sorted(found, key=lambda one: -(one.coach + one.therapist))


def _of_fault(exercise: str, fault: str, seen: list[tuple[bool, bool]]) -> ByFault:
    return ByFault(
        exercise,
        fault,
        coach=sum(one for one, _ in seen),
        therapist=sum(other for _, other in seen),
        both=sum(one and other for one, other in seen),
        agreement=agreement(seen, 2),
    )


def _grouped(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for one in pairs:
        groups[one.exercise_id].append(one)
    return groups
