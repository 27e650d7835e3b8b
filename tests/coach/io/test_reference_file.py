"""Reference movements on disk: there and back, and what is no such file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.errors import MediaError
from coach.io.reference_file import read, write
from coach.reference import ReferenceMovement
from scripts.references.figure import Pose, figure


def test_there_and_back(tmp_path: Path) -> None:
    world_m = np.stack([figure(Pose(knee_flexion=deg)) for deg in (0.0, 45.0, 90.0)])
    write(tmp_path / "squat.npz", ReferenceMovement("squat", world_m, 4.5, 90.0))
    stored = read(tmp_path / "squat.npz")
    assert (stored.exercise, stored.duration_s, stored.yaw_deg) == ("squat", 4.5, 90.0)
    assert np.abs(stored.world_m - world_m).max() < 0.001


@pytest.mark.parametrize("content", [b"", b"not an archive"])
def test_what_is_no_reference_movement(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "squat.npz"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=r"squat\.npz is not a readable reference movement"):
        read(path)


def test_a_missing_file_and_a_missing_part(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="not a readable"):
        read(tmp_path / "none.npz")
    np.savez(tmp_path / "part.npz", exercise="squat", duration_s=3.0)
    with pytest.raises(MediaError, match="world_m"):
        read(tmp_path / "part.npz")
