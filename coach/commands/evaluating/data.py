"""What there is to evaluate in a folder, told by what its files look like."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from coach.commands.evaluating.form import is_movement
from coach.errors import MediaError


class Data(NamedTuple):
    """`manifests` (CSV) label repetitions; `truths` (`*_truth.npz`) hold true joint centres; `movements` (`.npz`) many
    repetitions, correct and not."""

    manifests: tuple[Path, ...]
    truths: tuple[Path, ...]
    movements: tuple[Path, ...] = ()


def find(path: Path) -> Data:
    """A manifest, or all that lies in a folder and the folders in it. Raises MediaError when there is nothing."""
    if not path.is_dir():
        return Data((path,), ())
    folders = [path, *sorted(inner for inner in path.iterdir() if inner.is_dir())]
    found = Data(
        tuple(folder / "manifest.csv" for folder in folders if (folder / "manifest.csv").exists()),
        tuple(truth for folder in folders for truth in sorted(folder.glob("*_truth.npz"))),
        tuple(
            one for folder in folders for one in sorted(folder.glob("*.npz")) if is_movement(one)
        ),
    )
    if not any(found):
        raise MediaError(
            f"{path} holds nothing to evaluate; expected a manifest.csv (labelled "
            "clips) *_truth.npz (true joint centres) or movement files."
        )
    return found
