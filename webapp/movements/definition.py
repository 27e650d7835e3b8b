"""A learned definition with what a therapist changed in it: read from a form, within what the engine can judge."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final, get_args

from msgspec.structs import replace

from coach.exercise import Dose, Exercise, Gesture, Position, Target, Tempo, Term, Words
from coach.exercise_rules import problems
from webapp.i18n import _

NAME_LENGTH, LINE_LENGTH, MOST_LINES = 60, 200, 8
ENTER: Final = (10.0, 90.0)
"""The smallest way out that is a repetition, hundredths of the movement."""

BACK: Final = (5.0, 60.0)
"""How near to the start position one must come back, hundredths of the movement."""

TURN: Final = (50.0, 150.0)
"""Where the whole movement ends, hundredths of what was the whole before."""


class DefinitionError(ValueError):
    """The form makes no exercise: sentences by field name."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems.values()))


def fields(exercise: Exercise) -> dict[str, str]:
    """An exercise as the fields of the form."""
    filled: dict[str, Any] = {
        "name": exercise.words.name,
        "short": exercise.words.short,
        "steps": "\n".join(exercise.words.steps),
        "precautions": "\n".join(exercise.words.precautions),
        "position": exercise.position,
        "gesture": exercise.gesture,
        "enter": 100.0 * exercise.counting.min_travel,
        "back": 100.0 * (1.0 - exercise.counting.return_share),
        "turn": 100.0,
        "out_s": exercise.tempo.out_s,
        "hold_s": exercise.tempo.hold_s,
        "back_s": exercise.tempo.back_s,
        "sets": exercise.dose.sets,
        "reps": exercise.dose.reps,
    }
    for name, target in exercise.targets.items():
        filled |= {f"{part}.{name}": getattr(target, part) for part in ("default", "min", "max")}
    return {
        name: value if isinstance(value, str) else f"{round(value, 2):g}"
        for name, value in filled.items()
    }


def changed(exercise: Exercise, form: Mapping[str, str]) -> Exercise:
    """The exercise as the form says. Raises DefinitionError."""
    read = _Reader(form)
    made = _moved(read, replace(exercise, words=_words(read, exercise)))
    made = replace(
        made,
        position=read.one_of("position", get_args(Position)),
        gesture=read.one_of("gesture", get_args(Gesture)),
        tempo=Tempo(
            **{part: read.number(part, (0.0, 20.0)) for part in ("out_s", "hold_s", "back_s")}
        ),
        dose=replace(
            exercise.dose or Dose(),
            sets=round(read.number("sets", (1, 20))),
            reps=round(read.number("reps", (1, 100))),
        ),
        targets={name: _target(read, name, target) for name, target in made.targets.items()},
    )
    if not read.problems and any(found.place == "$.gesture" for found in problems(made)):
        read.problems["gesture"] = _(
            "The arms are raised in this exercise: choose crossed arms, or no sign."
        )
    if read.problems:
        raise DefinitionError(read.problems)
    return made


def _words(read: _Reader, exercise: Exercise) -> Words:
    return replace(
        exercise.words,
        name=read.line("name", NAME_LENGTH),
        short=read.line("short", LINE_LENGTH),
        steps=read.lines("steps", least=1),
        precautions=read.lines("precautions", least=0),
    )


def _moved(read: _Reader, exercise: Exercise) -> Exercise:
    """With its thresholds, and with the end of the movement, where the form puts them."""
    enter, back = read.number("enter", ENTER), read.number("back", BACK)
    share = read.number("turn", TURN) / 100.0
    if "enter" not in read.problems and "back" not in read.problems and back >= enter:
        read.problems["back"] = _("Coming back must lie below setting out.")
    counting = replace(
        exercise.counting,
        min_travel=round(enter / 100.0, 3),
        return_share=round(1.0 - back / 100.0, 3),
    )
    if share == 1.0:
        return replace(exercise, counting=counting)
    return replace(
        exercise,
        counting=counting,
        signal=tuple(_stretched(term, share) for term in exercise.signal),
    )


def _stretched(term: Term, share: float) -> Term:
    digits = 1 if term.of is None else 3
    return replace(term, full=round(term.rest + share * (term.full - term.rest), digits))


def _target(read: _Reader, name: str, target: Target) -> Target:
    deg = {
        part: read.number(f"{part}.{name}", (-60.0, 180.0)) for part in ("min", "default", "max")
    }
    if not deg["min"] <= deg["default"] <= deg["max"]:
        read.problems.setdefault(
            f"default.{name}", _("The goal must lie between the least and the most.")
        )
    return replace(target, **deg)


class _Reader:
    """Takes values out of a form and remembers what was wrong with them."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self.form, self.problems = form, dict[str, str]()

    def number(self, name: str, bounds: tuple[float, float]) -> float:
        """The number in a field, if it lies within its bounds."""
        low, high = bounds
        try:
            value = float(self.form.get(name, "").strip().replace(",", "."))
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            self.problems[name] = _("Enter a number from %(low)g to %(high)g.", low=low, high=high)
            return low
        return value

    def one_of(self, name: str, known: tuple[Any, ...]) -> Any:
        """One of the values that a list offers."""
        value = self.form.get(name, "")
        if value not in known:
            self.problems[name] = _("Choose one from the list.")
            return known[0]
        return value

    def line(self, name: str, most: int) -> str:
        """A text that is there, and not too long."""
        text = " ".join(self.form.get(name, "").split())
        if not text:
            self.problems[name] = _("Write something here.")
        elif len(text) > most:
            self.problems[name] = _("Shorten it to %(most)d characters.", most=most)
        return text

    def lines(self, name: str, *, least: int) -> tuple[str, ...]:
        """One sentence a line."""
        found = [" ".join(line.split()) for line in self.form.get(name, "").splitlines()]
        found = [line for line in found if line]
        if len(found) < least:
            self.problems[name] = _("Write something here.")
        elif len(found) > MOST_LINES or any(len(line) > LINE_LENGTH for line in found):
            self.problems[name] = _(
                "At most %(lines)d lines of %(most)d characters.", lines=MOST_LINES, most=LINE_LENGTH
            )  # fmt: skip
        return tuple(found)
