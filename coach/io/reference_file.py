"""Reference movements on disk: `poses/reference/<id>.npz` with `world_m`, `duration_s`, `yaw_deg`, `exercise`."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np

from coach.errors import MediaError
from coach.io.atomic_write import write_atomically
from coach.reference import ReferenceMovement


def read(path: Path) -> ReferenceMovement:
    """The reference movement in this file. Raises MediaError."""
    try:
        with np.load(path, allow_pickle=False) as data:
            return ReferenceMovement(
                exercise=str(data["exercise"]),
                world_m=data["world_m"].astype(np.float64),
                duration_s=float(data["duration_s"]),
                yaw_deg=float(data["yaw_deg"]),
            )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise MediaError(f"{path.name} is not a readable reference movement: {error}.") from None


def write(path: Path, movement: ReferenceMovement) -> None:
    """Store a reference movement (millimetre precision), atomically."""
    content = io.BytesIO()
    np.savez_compressed(
        content,
        exercise=movement.exercise,
        world_m=movement.world_m.astype(np.float16),
        duration_s=movement.duration_s,
        yaw_deg=movement.yaw_deg,
    )
    write_atomically(path, content.getvalue())
