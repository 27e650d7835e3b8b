"""What there is to evaluate in a folder, told by what its files look like."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from coach.errors import MediaError


class Data(NamedTuple):
    """`manifests` (CSV) label repetitions; `truths` (`*_truth.npz`) hold true joint centres."""

    manifests: tuple[Path, ...]
    truths: tuple[Path, ...]


def find(path: Path) -> Data:
    """A manifest, or all that lies in a folder and the folders in it. Raises MediaError when there is nothing."""
    if not path.is_dir():
        return Data((path,), ())
    folders = [path, *sorted(inner for inner in path.iterdir() if inner.is_dir())]
    found = Data(
        tuple(folder / "manifest.csv" for folder in folders if (folder / "manifest.csv").exists()),
        tuple(truth for folder in folders for truth in sorted(folder.glob("*_truth.npz"))),
    )
    if not any(found):
        raise MediaError(
            f"{path} holds nothing to evaluate; expected a manifest.csv (labelled "
            "clips) or *_truth.npz (true joint centres)."
        )
    return found
