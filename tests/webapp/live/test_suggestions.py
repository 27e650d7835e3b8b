"""The question whether another exercise is meant: asked seldom, and nothing counted differs for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from coach.events import Event, LooksLike, RepCompleted
from coach.exercise import Dose, Prescription
from tests.builders import load, movement
from tests.webapp.live.clinic import Clinic, squats, the_therapist
from webapp.live.messages import pack
from webapp.live.registry import Ask, Registry
from webapp.live.running import Case, RunningSession
from webapp.live.suggestions import QUIET_S, REPEAT_S
from webapp.store import programs
from webapp.store.engine import Database
from webapp.store.series import FolderSeries
from webapp.store.sessions import Claim, Progress
from webapp.store.writer import Writer

DOSE = Prescription(dose=Dose(sets=9, reps=50))
CURLS = movement("biceps_curl", [1.0] * 18, fps=15.0)
FILMS = {"curls": CURLS, "squats": list(squats(8)), "still": list(squats(0, still_s=30.0))}


@cache
def _events(film: str, chosen: str, *others: str) -> list[Event]:
    """What one session of an exercise commits, others being in the program as well."""
    kept: list[Event] = []

    def commit(_claim: Claim, progress: Progress) -> None:
        kept.extend(event for _, event in progress.events)

    claim = Claim("session", "clinic", 1, 0, 0.0, 0, None)
    case = Case(load(chosen), DOSE, True, tuple(map(load, others)))
    session = RunningSession(claim, case, [], commit)
    for seq, frame in enumerate(FILMS[film], start=1):
        session.take(pack([frame], seq))
    session.flush()
    return kept


def _asked(events: Sequence[Event]) -> list[LooksLike]:
    return [event for event in events if isinstance(event, LooksLike)]


def test_it_is_asked_after_a_while_and_not_soon_again() -> None:
    asked = _asked(_events("curls", "squat", "biceps_curl"))
    assert {event.exercise for event in asked} == {"biceps_curl"}
    assert QUIET_S <= asked[0].t_s < 2 * QUIET_S
    assert len(asked) == 2
    assert asked[1].t_s - asked[0].t_s >= REPEAT_S


def test_who_does_what_was_chosen_is_not_asked() -> None:
    assert _asked(_events("squats", "squat", "biceps_curl", "sit_to_stand")) == []


def test_who_stands_there_is_not_asked() -> None:
    assert _asked(_events("still", "biceps_curl", "squat")) == []


def test_without_another_exercise_there_is_nothing_to_ask() -> None:
    assert _asked(_events("curls", "squat")) == []


@pytest.mark.parametrize(
    ("film", "others"),
    [("curls", ["biceps_curl"]), ("squats", ["biceps_curl", "sit_to_stand"])],
    ids=["other", "chosen"],
)
def test_all_other_events_are_as_without_a_program(film: str, others: list[str]) -> None:
    alone, among = _events(film, "squat"), _events(film, "squat", *others)
    assert [event for event in among if not isinstance(event, LooksLike)] == alone


def _prescribe(database: Database, clinic: Clinic, exercise_id: str) -> str:
    with database.writing() as session:
        return programs.add(
            session,
            the_therapist(session),
            clinic.patient.person_id,
            exercise_id,
            Prescription(),
            "too",
        ).id


def test_a_session_knows_the_rest_of_its_program(
    database: Database, clinic: Clinic, tmp_path: object
) -> None:
    _prescribe(database, clinic, "biceps_curl")
    registry = Registry(database, Writer(database), FolderSeries(clinic.settings.data_dir / "s"))
    registry.open("socket", clinic.patient, Ask(prescription=clinic.prescription, source="camera"))
    running = registry.of("socket")
    assert running is not None
    assert [one.id for one in running.case.others] == ["biceps_curl"]
    told = [
        event
        for seq, frame in enumerate(CURLS, 1)
        for event in running.take(pack([frame], seq)).events
    ]
    assert [event.exercise for event in told if isinstance(event, LooksLike)][:1] == ["biceps_curl"]
    assert not any(isinstance(event, RepCompleted) for event in told)
    registry.shut_down()
