"""Made-up sessions of the past weeks: plausible repetitions from a seeded generator, the same at every making."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from coach.events import Event, HoldEnded, Rep, RepCompleted, SetCompleted, Side, Tempo, Verdict
from coach.exercise import Dose, Exercise

#: As the engine judges: a target counts as reached within this many degrees.
SLACK_DEG = 5
PAUSE_S = 45.0


@dataclass(frozen=True, slots=True)
class Form:
    """How someone exercises on one day: share of the target they reach, chance of a fault, sets they manage."""

    reach: float
    slips: float
    sets: int


def events(
    exercise: Exercise, dose: Dose, target_deg: float | None, form: Form, chance: Random
) -> Iterator[Event]:
    """The events of one session, in order."""
    t_s = 8.0
    index = 0
    for set_index in range(1, form.sets + 1):
        if exercise.kind != "cycle":
            held = _hold(dose, form, t_s, set_index, chance)
            t_s = held.t_s
            yield held
            yield SetCompleted(t_s=t_s, set_index=set_index, reps=0, hold_s=held.held_s)
        else:
            for rep in _reps(exercise, dose, target_deg, form, (t_s, index, set_index), chance):
                t_s, index = rep.end_s, rep.index
                yield RepCompleted(t_s=t_s, rep=rep)
            yield SetCompleted(t_s=t_s, set_index=set_index, reps=dose.reps, hold_s=0.0)
        t_s = round(t_s + PAUSE_S, 2)


def _hold(dose: Dose, form: Form, t_s: float, set_index: int, chance: Random) -> HoldEnded:
    asked = dose.hold_s or 30.0
    held = round(min(asked, asked * form.reach * chance.uniform(0.8, 1.1)), 1)
    return HoldEnded(
        t_s=round(t_s + held, 2),
        side="both",
        set_index=set_index,
        start_s=t_s,
        held_s=held,
        target_s=asked,
    )


def _reps(
    exercise: Exercise,
    dose: Dose,
    target_deg: float | None,
    form: Form,
    begin: tuple[float, int, int],
    chance: Random,
) -> Iterator[Rep]:
    t_s, index, set_index = begin
    sides = _sides(exercise)
    for number in range(dose.reps * len(sides)):
        index += 1
        tempo = Tempo(
            *(
                round(chance.uniform(low, high), 2)
                for low, high in ((1.2, 2.2), (0.1, 0.6), (1.1, 2.1))
            )
        )
        peak_s, end_s = t_s + tempo.out, t_s + tempo.out + tempo.hold + tempo.back
        tired = 0.04 * number / max(dose.reps, 1)
        span = _span(exercise, target_deg, form.reach - tired + chance.gauss(0, 0.025), chance)
        faults = _faults(exercise, form.slips, chance)
        verdict = _verdict(exercise, target_deg, span, faults)
        yield Rep(
            index=index, side=sides[number % len(sides)], set_index=set_index, start_s=round(t_s, 2),
            peak_s=round(peak_s, 2), end_s=round(end_s, 2), verdict=verdict,
            rom_deg={} if span is None else {next(iter(exercise.targets)): span}, faults=faults,
            score=round(max(0.0, min(1.0, form.reach - 0.15 * len(faults))), 2), tempo_s=tempo,
        )  # fmt: skip
        t_s = end_s + chance.uniform(0.3, 0.8)


def _sides(exercise: Exercise) -> tuple[Side, ...]:
    return ("left", "right") if exercise.sides == "alternating" else (_one_side(exercise.sides),)


def _one_side(sides: Literal["both", "left", "right", "alternating"]) -> Side:
    return "both" if sides == "alternating" else sides


def _span(
    exercise: Exercise, target_deg: float | None, reach: float, chance: Random
) -> tuple[int, int] | None:
    """The range of motion of one repetition, whole degrees."""
    if target_deg is None:
        return None
    rest = round(chance.uniform(2, 9))
    if next(iter(exercise.targets.values())).towards == "smaller":
        return round(target_deg + max(0.0, 1.03 - reach) * 60 + chance.uniform(0, 4)), 85 + rest
    return rest, max(rest + 1, round(target_deg * reach))


def _faults(exercise: Exercise, slips: float, chance: Random) -> tuple[str, ...]:
    if not exercise.checks or chance.random() > slips:
        return ()
    return (chance.choice(exercise.checks).id,)


def _verdict(
    exercise: Exercise,
    target_deg: float | None,
    span: tuple[int, int] | None,
    faults: tuple[str, ...],
) -> Verdict:
    if faults:
        return "faulty"
    if span is None or target_deg is None:
        return "correct"
    smaller = next(iter(exercise.targets.values())).towards == "smaller"
    short = span[0] > target_deg + SLACK_DEG if smaller else span[1] < target_deg - SLACK_DEG
    return "incomplete" if short else "correct"
