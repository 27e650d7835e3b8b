"""What the demo clinic's patients told: after their sessions, on some mornings, once a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from webapp.demo import cast
from webapp.store import imports
from webapp.store.engine import Session
from webapp.store.reports import After, Answer, Goal, Morning, Sure
from webapp.store.session_tables import PatientSession
from webapp.store.tables import Person

#: Most, not all: nobody answers every time.
ANSWERED = 0.6
#: Who exercised within these days told of the morning after.
LATELY_DAYS = 3


@dataclass(frozen=True, slots=True)
class Teller:
    """A patient who tells; `account` wrote it down: their own, or the therapist's after a telephone call.

    `chance` is its own: what is told changes nothing of what was done.
    """

    session: Session
    person: Person
    account: str
    chance: Random

    def after(self, patient: cast.Patient, row: PatientSession, progress: float) -> None:
        """Pain that eases over the weeks, and effort; `progress` 0 at the start, 1 today."""
        chance = self.chance
        if row.stop_reason != "pain" and chance.random() > ANSWERED:
            return
        at = (row.ended_at or row.started_at) + timedelta(minutes=1)
        during = max(0, round(patient.pain * (1.2 - progress) + chance.uniform(-0.7, 0.7)))
        during = 7 if row.stop_reason == "pain" else min(during, 10)
        effort = chance.randrange(3, 5) if patient.reach[1] >= 1.0 else chance.randrange(4, 7)
        said = After(during, max(0, during - chance.randrange(2)), effort)
        self._tell(said, at, row)

    def lately(self, patient: cast.Patient, now: datetime) -> None:
        """What was said in the last days, and what it is all for."""
        if not patient.exercises:
            return
        if patient.goal:
            self._tell(Goal(patient.goal), now - timedelta(days=50))
        self._tell(Sure(patient.sure), now - timedelta(days=4))
        if patient.quiet_days < LATELY_DAYS:
            morning = Morning(min(10, round(patient.pain / 2)), "same")
            self._tell(morning, now - timedelta(days=patient.quiet_days))

    def _tell(self, answer: Answer, at: datetime, about: PatientSession | None = None) -> None:
        imports.past_report(self.session, self.person, self.account, answer, at, about)
