"""The angles of every frame as a CSV table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from coach.errors import MediaError
from coach.events import Step
from coach.exercise import Exercise
from coach.io.atomic_write import write_atomically
from coach.joints import ANGLES
from coach.landmarks import SIDES


class AngleTable:
    """One row per decoded frame: `t_s`, then each angle and its `<angle>_error_deg`, empty where not vouched for."""

    def __init__(self, exercise: Exercise) -> None:
        self._names = _columns(exercise)
        self._rows: list[dict[str, str]] = []

    def add(self, t_s: float, step: Step) -> None:
        """Take the angles of one frame."""
        row = {"t_s": f"{t_s:.4f}"}
        for name, angle in step.angles.items():
            row[name] = f"{angle.deg:.2f}"
            row[f"{name}_error_deg"] = f"{angle.error_deg:.1f}"
        self._rows.append(row)

    def write(self, path: Path) -> None:
        """Write in one step. Raises MediaError."""
        text = io.StringIO()
        fields = [column for name in self._names for column in (name, f"{name}_error_deg")]
        table = csv.DictWriter(text, ["t_s", *fields], restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(self._rows)
        try:
            write_atomically(path, text.getvalue().encode())
        except OSError as error:
            raise MediaError(f"{path} cannot be written: {error.strerror or error}.") from None


def _columns(exercise: Exercise) -> tuple[str, ...]:
    """Every angle that the exercise can measure in some view, per side where it has one."""
    return tuple(
        f"{side}_{name}" if ANGLES[name].sided else name
        for name in exercise.methods
        for side in (SIDES if ANGLES[name].sided else SIDES[:1])
    )
