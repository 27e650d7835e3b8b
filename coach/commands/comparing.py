"""Recordings of one repetition each, compared and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import typer
from rich import box
from rich.console import Console
from rich.table import Table

from coach.commands.deviation_words import sentences
from coach.comparing.comparison import Demonstrations, Likeness
from coach.comparing.deviations import Deviation
from coach.comparing.features import Motion, motion
from coach.errors import MediaError, MovementError
from coach.frame import PoseFrame
from coach.io.recording import read


class Compared(msgspec.Struct, frozen=True):
    """One candidate's place in the list that is printed."""

    file: str
    score: float
    worst: tuple[Deviation, ...]
    says: tuple[str, ...]


def compare_files(references: Iterable[Path], candidates: Iterable[Path]) -> list[Compared]:
    """Every candidate against all references. Raises MediaError and MovementError, with the file's name."""
    demonstrations = Demonstrations([_reference(path) for path in references])
    return [_compared(demonstrations, path) for path in candidates]


def show(compared: Sequence[Compared], *, as_json: bool) -> None:
    """Print a JSON list, or a table for people."""
    if as_json:
        typer.echo(msgspec.json.encode(compared).decode())
        return
    table = Table("file", "score", "what differs", box=box.SIMPLE)
    for one in compared:
        table.add_row(one.file, f"{one.score:.2f}", "\n".join(one.says))
    Console(highlight=False).print(table)


def _reference(path: Path) -> Motion:
    try:
        return motion(_people(path))
    except MovementError as error:
        raise MovementError(f"The reference {path} cannot be used: {error}.") from None


def _compared(demonstrations: Demonstrations, path: Path) -> Compared:
    """One candidate; too short a one is unlike any reference, and must not take the others' scores with it."""
    frames = _people(path)
    try:
        candidate = motion(frames)
    except MovementError as error:
        return Compared(str(path), 0.0, (), (f"{error}",))
    try:
        likeness = demonstrations.compare(candidate)
    except MovementError as error:
        raise MovementError(f"{path} cannot be compared: {error}.") from None
    return _told(path, likeness)


def _told(path: Path, likeness: Likeness) -> Compared:
    return Compared(str(path), round(likeness.score, 4), likeness.worst, sentences(likeness))


def _people(path: Path) -> list[PoseFrame]:
    frames = [frame for frame in read(path).frames() if isinstance(frame, PoseFrame)]
    if not frames:
        raise MediaError(f"Nobody is in {path}; record the repetition again.")
    return frames
