"""An exercise that the demo clinic recorded itself: the arm forwards to shoulder height, shown three times."""

from __future__ import annotations

from random import Random
from typing import Final

from msgspec.structs import replace

from coach.authoring.learning import learn
from coach.exercise import Exercise, Prescription, Words
from poses import catalogue
from webapp.demo.moving import Effort, filmed
from webapp.movements.landmarks import packed, reference_bytes
from webapp.store import own_exercises, people
from webapp.store.engine import Session
from webapp.store.own_exercises import Recorded
from webapp.store.tables import Person

LIKE: Final = "shoulder_flexion"
SHOWN: Final = [[Effort(0.6, 3.0), Effort(0.6, 3.0), Effort(0.6, 3.0)]]
SEED: Final = 20261127
WORDS: Final = Words(
    name="Arm to shelf height",
    short="Lift your arm forwards as if to put a cup on a shelf.",
    steps=(
        "Stand sideways to the camera.",
        "Lift your arm forwards to shoulder height.",
        "Let it down slowly.",
    ),
)


def add(session: Session, therapist: Person) -> None:
    """Recorded by the first therapist, and shared in the clinic."""
    actor = people.actor_of(session, str(therapist.account_id))
    if actor is None:
        return
    chance = Random(SEED)  # noqa: S311  # not for secrets
    seen, _ = filmed(catalogue.load(LIKE), Prescription(), SHOWN, chance)
    frames = list(seen.frames())
    learned = learn(frames, own_exercises.new_key())
    recorded = Recorded(
        _worded(learned.exercise), packed(frames), reference_bytes(learned.reference), learned.count, LIKE
    )  # fmt: skip
    row = own_exercises.draft(session, actor, recorded)
    own_exercises.save(session, actor, row, recorded.exercise, shared=True)


def _worded(exercise: Exercise) -> Exercise:
    return replace(exercise, words=WORDS)
