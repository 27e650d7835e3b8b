"""What is known of a patient when it is asked whether they need someone: plain values, gathered for all at once.

`webapp.store.attention` fills these from a few queries for all patients together; `webapp.store.reasons` judges them.
A further source of facts adds a field here, a query there and a reason, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from webapp.store.clinic_settings import USUAL, ClinicSettings
from webapp.store.plans import Schedule


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of the program, as prescribed now, from the day on which it was first prescribed."""

    prescription_id: str
    exercise_id: str
    schedule: Schedule
    since: date


class Done(NamedTuple):
    """One session of the last days. A tuple, because a list of patients holds thousands of them.

    `started_utc` is naive, as the database keeps it; `at` is the moment.
    """

    session_id: str
    prescription_id: str
    exercise_id: str
    day: date
    started_utc: datetime
    reps: int
    incomplete: int
    faulty: int
    hold_s: float
    pain: bool

    @property
    def at(self) -> datetime:
        """When it began."""
        return self.started_utc.replace(tzinfo=UTC)

    @property
    def worked(self) -> bool:
        """Whether anything was counted or held."""
        return self.reps > 0 or self.hold_s > 0


@dataclass(frozen=True, slots=True)
class Trend:
    """How far a prescription went on average in the last week and in the weeks before: degrees, larger is further.

    `mdc_deg`: the minimal detectable change of this angle.
    """

    prescription_id: str
    exercise_id: str
    angle: str
    before_deg: float
    now_deg: float
    mdc_deg: float
    last: date


class Report(NamedTuple):
    """What a patient said of a session, a morning, a day or the whole: pain 0 to 10.

    `since`: how the morning was against before (`webapp.store.reports.Since`); `sure`: how sure they are that it helps,
    0 to 10; `skip`: why not that day (`SkipReason`). Each only where it was asked.
    """

    kind: Literal["before", "after", "morning", "sure", "skip"]
    at: datetime
    pain: int | None
    session_id: str | None = None
    since: str | None = None
    sure: int | None = None
    skip: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One patient. Everything is of the last weeks; `sessions` and `reports` are newest first."""

    patient_id: str
    name: str
    today: date
    birth_year: int | None = None
    last: date | None = None
    items: tuple[Item, ...] = ()
    sessions: tuple[Done, ...] = ()
    trends: tuple[Trend, ...] = ()
    reports: tuple[Report, ...] = ()
    #: When the oldest message came that nobody has read.
    unread: datetime | None = None
    #: Ids of the proposals that wait, with the moment they were made, oldest first.
    proposals: tuple[tuple[str, datetime], ...] = ()
    #: When the invitation was sent that has not been used.
    invited: datetime | None = None
    #: What their clinic has decided.
    clinic: ClinicSettings = USUAL
