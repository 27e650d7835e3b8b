"""The CSV of angles."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest

from coach.commands.angle_table import AngleTable
from coach.errors import MediaError
from coach.events import Angle
from coach.session import ExerciseSession
from poses import catalogue


def test_one_row_a_frame_and_empty_where_nothing_is_vouched_for(tmp_path: Path) -> None:
    exercise = catalogue.load("squat")
    plain = ExerciseSession(exercise).miss(0.0)
    table = AngleTable(exercise)
    table.add(0.0, plain)
    table.add(
        1 / 30, msgspec.structs.replace(plain, angles={"left_knee_flexion": Angle(91.234, 7.04)})
    )
    table.write(tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first["t_s"] == "0.0000"
    assert first["left_knee_flexion"] == first["left_knee_flexion_error_deg"] == ""
    assert (second["t_s"], second["left_knee_flexion"], second["left_knee_flexion_error_deg"]) == (
        "0.0333", "91.23", "7.0",
    )  # fmt: skip
    assert {"right_hip_flexion", "trunk_lean_error_deg"} <= set(first)


def test_a_place_that_cannot_be_written_to_is_explained(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be written"):
        AngleTable(catalogue.load("squat")).write(tmp_path / "nowhere" / "a.csv")
