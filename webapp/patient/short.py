"""What of a program fits into five minutes: one set of each exercise, in the order of the program.

A little is far better than nothing: on a day without time it keeps the habit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from webapp import doses
from webapp.patient.today import Task

FIVE_MINUTES_S: Final = 300.0


def minutes(tasks: Sequence[Task], *, short: bool = False) -> int:
    """Whole minutes for these, at least one; `short`: with one set each."""
    return max(1, round(sum(_seconds(task, short=short) for task in tasks) / 60))


def five(tasks: Sequence[Task]) -> list[Task]:
    """What of these fits into five minutes with one set each; always the first one, however long it takes."""
    chosen: list[Task] = []
    spent = 0.0
    for task in tasks:
        spent += _seconds(task, short=True)
        if chosen and spent > FIVE_MINUTES_S:
            break
        chosen.append(task)
    return chosen


def _seconds(task: Task, *, short: bool) -> float:
    return doses.seconds(task.exercise, doses.of_day(task.exercise, task.prescribed, short=short))
