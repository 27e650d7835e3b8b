"""Degrees that a therapist may want as a target: what was measured lately, each with a word on where it is from.

A source is a function from the exercise's row to suggestions; a further one (an assessment, say) is another line in
`SOURCES`. The editor shows them as links that fill it in, like those of other pages (`?target.<angle>=<deg>&from=...`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coach.exercise import Exercise
from webapp.i18n import _
from webapp.review import best_by_session
from webapp.store import log
from webapp.store.engine import Session
from webapp.store.tables import Prescription

LAST = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`label` is for the link, `source` for the record of why."""

    angle: str
    deg: int
    label: str
    source: str


Source = Callable[[Session, Prescription, Exercise], Iterator[Suggestion]]


def last_session(session: Session, row: Prescription, exercise: Exercise) -> Iterator[Suggestion]:
    """How far the last session went, and the furthest of the last ones where that is further."""
    angle = next(iter(exercise.targets), None)
    best = best_by_session(session, list(log.of_prescription(session, row.id, LAST)), exercise)
    if angle is None or not best:
        return
    last = best[-1]
    yield Suggestion(
        angle, last, _("From the last session: %(deg)d°", deg=last), _("the last session")
    )
    furthest = min(best) if exercise.targets[angle].towards == "smaller" else max(best)
    if furthest != last:
        label = _("Furthest lately: %(deg)d°", deg=furthest)
        yield Suggestion(angle, furthest, label, _("the furthest of the last sessions"))


SOURCES: tuple[Source, ...] = (last_session,)


def of(session: Session, row: Prescription, exercise: Exercise) -> list[Suggestion]:
    """All suggestions that lie within what may be set."""
    found = (one for source in SOURCES for one in source(session, row, exercise))
    return [one for one in found if _settable(exercise, one)]


def _settable(exercise: Exercise, one: Suggestion) -> bool:
    """Whether the exercise has a target for this angle (not all that is measured has), and may be set so far."""
    target = exercise.targets.get(one.angle)
    return target is not None and target.min <= one.deg <= target.max
