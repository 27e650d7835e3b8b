"""Golden movements: real clips, noise and all, and figures that do it right, shallow, wrong, or do something else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.events import Counts, CueGiven, HoldEnded
from coach.exercise import Prescription
from coach.io.recording import Recording, read
from coach.session import ExerciseSession
from poses import catalogue
from tests.builders import Camera, Outcome, Timing, first_view, judge, movement

DATA = Path(__file__).parent.parent / "data"
TABLES = [tomllib.loads(path.read_text("utf-8")) for path in sorted(DATA.glob("golden/*.toml"))]
CLIPS: list[dict[str, Any]] = [row for table in TABLES for row in table.get("clip", [])]
FIGURES: list[dict[str, Any]] = [row for table in TABLES for row in table.get("figure", [])]
NEAR_S = 0.35
MOST_BYTES, MOST_BYTES_IN_ALL = 150_000, 1_500_000


def clips() -> Iterator[Any]:
    for row in CLIPS:
        for exercise_id in catalogue.ids() if row["exercise"] == "*" else [row["exercise"]]:
            yield pytest.param({**row, "exercise": exercise_id}, id=f"{row['file']}-{exercise_id}")


def figures() -> Iterator[Any]:
    for row in FIGURES:
        done = row.get("moved") or " ".join(row.get("faults", {})) or row.get("depths", "")
        yield pytest.param(row, id=f"{row['exercise']}-{done}")


def recording(row: dict[str, Any]) -> Recording:
    return read(DATA / "recordings" / f"{row['file']}.npz")


@cache
def judged(file: str, exercise_id: str) -> Outcome:
    """A real clip without interruption."""
    return judge(exercise_id, read(DATA / "recordings" / f"{file}.npz").frames())


def held_s(outcome: Outcome) -> float:
    return sum(event.held_s for event in outcome.events if isinstance(event, HoldEnded))


@pytest.mark.parametrize("row", list(clips()))
def test_real_clips(row: dict[str, Any]) -> None:
    outcome = judged(row["file"], row["exercise"])
    assert [rep.end_s for rep in outcome.reps] == pytest.approx(row["ends_s"], abs=NEAR_S)
    expected = Counts(
        reps=len(row["ends_s"]),
        **{verdict: row.get(verdict, 0) for verdict in ("correct", "incomplete", "faulty")},
        left=row.get("left", 0),
        right=row.get("right", 0),
        both=len(row["ends_s"]) - row.get("left", 0) - row.get("right", 0),
    )
    assert outcome.session.counts == expected
    assert held_s(outcome) == pytest.approx(row.get("held_s", 0.0), abs=NEAR_S)


@pytest.mark.parametrize("row", list(clips()))
def test_real_clips_survive_a_restart(row: dict[str, Any]) -> None:
    """A restarted server counts the rest of the clip as if nothing had happened."""
    frames = list(recording(row).frames())
    whole, half = judged(row["file"], row["exercise"]), len(frames) // 2
    session = ExerciseSession(catalogue.load(row["exercise"]))
    for i, frame in enumerate(frames):
        if i == half:
            assert session.counts == whole.steps[half - 1].counts
            session = ExerciseSession.restore(
                session.exercise, None, session.snapshot(), start="file"
            )
        session.step(frame)  # type: ignore[arg-type]
    session.finish(frames[-1].t_s)
    assert session.counts == whole.session.counts


@pytest.mark.parametrize("row", list(figures()))
def test_figures(row: dict[str, Any]) -> None:
    moved = row.get("moved", row["exercise"])
    camera = Camera(row["yaw_deg"]) if "yaw_deg" in row else first_view(moved)
    frames = movement(
        moved,
        row.get("depths", []),
        camera=camera,
        timing=Timing(hold_s=row.get("hold_s", 0.3)),
        fps=row.get("fps", 15),
        until_s=row.get("seconds"),
        **row.get("faults", {}),
    )
    prescription = Prescription(targets=row.get("targets", {}), limits=row.get("limits", {}))
    outcome = judge(row["exercise"], frames, prescription)
    assert outcome.verdicts == row.get("verdicts", [])
    assert [rep.side for rep in outcome.reps] == row.get("sides", ["both"] * len(outcome.reps))
    assert {event.cue for event in outcome.events if isinstance(event, CueGiven)} == set(
        row.get("cues", [])
    )
    assert held_s(outcome) == pytest.approx(row.get("held_s", 0.0), abs=NEAR_S)


def test_every_exercise_has_golden_movements() -> None:
    right = {row["exercise"] for row in FIGURES if "moved" not in row and "faults" not in row}
    wrong = {row["exercise"] for row in FIGURES if "faults" in row}
    assert right == set(catalogue.ids())
    assert wrong >= {
        exercise_id for exercise_id in catalogue.ids() if catalogue.load(exercise_id).checks
    } - {"sit_to_stand"}


def test_recordings_name_their_source_and_stay_small() -> None:
    files = sorted((DATA / "recordings").glob("*.npz"))
    assert {file.stem for file in files} == {row["file"] for row in CLIPS}
    for file in files:
        recorded = read(file)
        assert str(recorded.meta["source"]).endswith(".mp4")
        assert recorded.t_s[-1] <= 15.0
        assert file.stat().st_size <= MOST_BYTES
    assert sum(file.stat().st_size for file in files) <= MOST_BYTES_IN_ALL
