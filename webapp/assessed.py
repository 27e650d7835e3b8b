"""What can be assessed, how it is measured, and what a result says: for the page, the therapist and the patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import msgspec

from coach.assessing.assessment import Measurement, Motion, Person, Sex, measured
from coach.assessing.attempts import Attempt
from coach.assessing.functional import FunctionalTest, Score, scored
from coach.assessing.session import AssessmentSession, MotionSession, TestSession
from coach.exercise import Exercise, Words
from coach.landmarks import SIDES, Side
from poses import catalogue
from webapp.i18n import language
from webapp.store.access import NotVisible
from webapp.store.assessment_tables import AssessmentResult, Kind
from webapp.store.assessments import Outcome
from webapp.store.tables import Person as Patient


@dataclass(frozen=True, slots=True)
class Assessment:
    """A range of motion or a functional test. `exercise` says how to stand and what to show the camera."""

    kind: Kind
    name: str
    words: Words
    exercise: Exercise
    motion: Motion | None = None
    test: FunctionalTest | None = None

    @property
    def sided(self) -> bool:
        """Whether each side is measured by itself."""
        return self.kind == "motion" or self.exercise.sides == "alternating"

    @property
    def unit(self) -> str:
        """`degrees`, `repetitions` or `seconds`."""
        if self.test is None:
            return "degrees"
        return "repetitions" if self.test.kind == "count" else "seconds"

    @property
    def mdc(self) -> float | None:
        """The minimal detectable change, in the unit."""
        return self.motion.mdc_deg if self.motion else self.test.mdc if self.test else None

    def side(self, text: str | None) -> Side | None:
        """A side as it was asked for. Raises NotVisible where there is none such."""
        if not self.sided and not text:
            return None
        if not self.sided or text not in SIDES:
            raise NotVisible
        return text

    def session(self, side: Side | None) -> AssessmentSession:
        """A live session of it."""
        if self.motion is not None:
            return MotionSession(self.motion, _one(side), start="live")
        assert self.test is not None  # noqa: S101 - one of the two is there
        return TestSession(self.test, self.exercise, side, start="live")

    def by_hand(self, side: Side | None, value: float, person: Person) -> Outcome:
        """What was measured with a goniometer or a stopwatch, compared as the camera's results are."""
        if self.motion is not None:
            tries = [Attempt(0.0, value, 0.0)]
            found = outcome(self, side, measured(self.motion, _one(side), tries, person))
        else:
            assert self.test is not None  # noqa: S101 - one of the two is there
            found = outcome(self, side, scored(self.test, value, person))
        return replace(found, value=value, error=None, attempts=())


def find(name: str) -> Assessment:
    """The assessment of this id. Raises NotVisible."""
    spoken = language()
    motion = catalogue.motions(spoken).get(name)
    test = catalogue.functional_tests(spoken).get(name)
    if motion is not None:
        return Assessment("motion", name, motion.words, motion.exercise, motion=motion)
    if test is not None:
        return Assessment("test", name, test.words, catalogue.load(test.exercise), test=test)
    raise NotVisible


def offered() -> list[Assessment]:
    """All of them, in the order of their files."""
    return [find(name) for name in (*catalogue.motions(), *catalogue.functional_tests())]


def person(patient: Patient, last: float | None, today: date) -> Person:
    """A patient as norms see them."""
    age = None if patient.birth_year is None else today.year - patient.birth_year
    sex = cast(Sex, patient.sex) if patient.sex in {"female", "male"} else None
    return Person(age=age, sex=sex, last=last)


def outcome(what: Assessment, side: Side | None, found: Measurement | Score) -> Outcome:
    """What the engine found, as it is kept."""
    if isinstance(found, Measurement):
        change = None if found.change_deg is None else float(found.change_deg)
        return Outcome(
            "motion", what.name, side, found.deg, "degrees", found.compared, error=found.error_deg,
            attempts=tuple(msgspec.to_builtins(one) for one in found.attempts), norm=found.norm_deg,
            norm_of=found.norm_of, change=change, real=found.real,
        )  # fmt: skip
    sexes = any(band.sex for band in what.test.bands) if what.test else False
    norm_of = "age and sex" if sexes else "age"
    return Outcome(
        "test", what.name, side, found.value, found.unit, found.compared, norm=found.usual,
        norm_of=None if found.usual is None else norm_of, at_risk=found.at_risk, change=found.change, real=found.real,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """The results of one assessment and side, oldest first."""

    what: Assessment
    side: str | None
    results: tuple[AssessmentResult, ...]

    @property
    def last(self) -> AssessmentResult:
        """The newest."""
        return self.results[-1]

    @property
    def before(self) -> AssessmentResult | None:
        """The one that the newest is compared with: the one before it from the same source."""
        same = [row for row in self.results[:-1] if row.source == self.last.source]
        return same[-1] if same else None


def courses(rows: Iterable[AssessmentResult]) -> list[Course]:
    """Results by assessment and side, those measured last first; what has left the catalogue is left out."""
    known = {one.name for one in offered()}
    grouped: dict[tuple[str, str | None], list[AssessmentResult]] = {}
    for row in rows:
        if row.name in known:
            grouped.setdefault((row.name, row.side), []).append(row)
    found = [Course(find(name), side, tuple(group)) for (name, side), group in grouped.items()]
    return sorted(found, key=lambda one: one.last.created_at, reverse=True)


def _one(side: Side | None) -> Side:
    assert side is not None  # noqa: S101 - a motion is of one side
    return side
