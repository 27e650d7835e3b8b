"""A landmark recording (`*.npz`): what the coach saw of a video or session, without the pictures.

One row per decoded frame; rows of NaN where nobody was found. Read strictly: a recording is evidence.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.errors import MediaError
from coach.frame import PoseFrame
from coach.io.atomic_write import write_atomically
from coach.landmarks import COUNT
from coach.stream import Gap

SCHEMA: Final = 1
Meta = dict[str, str | int | float]

_SHAPES: Final[Mapping[str, tuple[int, ...]]] = {
    "t_s": (),
    "image_px": (COUNT, 2),
    "world_m": (COUNT, 3),
    "visibility": (COUNT,),
}
"""Shape of one row of each series."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """`N` decoded frames.

    Attributes: `t_s (N,)` seconds; `image_px (N, 33, 2)`, `world_m (N, 33, 3)`, `visibility (N, 33)` with rows of NaN
    where nobody was found; `size_px` width and height of the pictures; `meta` schema, fps, model, source.
    """

    t_s: NDArray[np.float64]
    image_px: NDArray[np.float32]
    world_m: NDArray[np.float32]
    visibility: NDArray[np.float32]
    size_px: tuple[int, int]
    meta: Meta = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.t_s)

    def frames(self) -> Iterator[PoseFrame | Gap]:
        """The rows as the engine takes them."""
        image, world = self.image_px.astype(np.float64), self.world_m.astype(np.float64)
        visibility = self.visibility.astype(np.float64)
        for row, (t_s, seen) in enumerate(
            zip(self.t_s.tolist(), self.seen().tolist(), strict=True)
        ):
            if seen:
                yield PoseFrame(t_s, image[row], world[row], visibility[row], self.size_px)
            else:
                yield Gap(t_s)

    def seen(self) -> NDArray[np.bool_]:
        """`(N,)` whether a person was found in each frame."""
        return np.isfinite(self.visibility[:, 0])


def record(frames: Iterable[PoseFrame | Gap], size_px: tuple[int, int], meta: Meta) -> Recording:
    """Frames as a recording. `meta` is completed by the schema and the mean frame rate."""
    taken = list(frames)
    shape = (len(taken), COUNT)
    image, world = (
        np.full((*shape, 2), np.nan, np.float32),
        np.full((*shape, 3), np.nan, np.float32),
    )
    visibility = np.full(shape, np.nan, np.float32)
    for row, frame in enumerate(taken):
        if isinstance(frame, PoseFrame):
            image[row], world[row], visibility[row] = (
                frame.image_px,
                frame.world_m,
                frame.visibility,
            )
    t_s = np.array([frame.t_s for frame in taken], np.float64)
    full_meta: Meta = {"schema": SCHEMA, "fps": _mean_fps(t_s), **meta}
    return Recording(t_s, image, world, visibility, size_px, full_meta)


def write(path: Path, recording: Recording) -> None:
    """Write in one step: an interrupted write leaves the old file. Raises MediaError."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        t_s=recording.t_s,
        image_px=recording.image_px,
        world_m=recording.world_m,
        visibility=recording.visibility,
        size_px=np.array(recording.size_px, np.int32),
        meta=np.array(json.dumps(recording.meta)),
    )
    try:
        write_atomically(path, buffer.getvalue())
    except OSError as error:
        raise MediaError(f"{path} cannot be written: {error.strerror or error}.") from None


def read(path: Path) -> Recording:
    """Read and check a recording. Raises MediaError naming the file, the array and what is wrong with it."""
    arrays = _load(path)
    series = {name: _series(path, arrays, name) for name in _SHAPES}
    _check_rows(path, series)
    return Recording(
        series["t_s"].astype(np.float64),
        series["image_px"].astype(np.float32),
        series["world_m"].astype(np.float32),
        series["visibility"].astype(np.float32),
        _size(path, arrays),
        _meta(path, arrays),
    )


def _load(path: Path) -> dict[str, NDArray[Any]]:
    if path.is_dir():
        raise MediaError(f"{path} is a folder; name one recording (.npz) in it.")
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as archive:
            if not isinstance(archive, np.lib.npyio.NpzFile):
                raise MediaError(_not_a_recording(path))
            return {name: archive[name] for name in archive.files}
    except FileNotFoundError:
        raise MediaError(f"There is no file {path}; check the name and the folder.") from None
    except PermissionError:
        raise MediaError(f"{path} cannot be read: permission denied.") from None
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise MediaError(_not_a_recording(path)) from error


def _not_a_recording(path: Path) -> str:
    return f"{path} is not a landmark recording, or is damaged; `coach analyze --record` makes one."


def _series(path: Path, arrays: Mapping[str, NDArray[Any]], name: str) -> NDArray[Any]:
    """One series with rows of the right shape, numbers all of them."""
    array = _array(path, arrays, name)
    wanted = ", ".join(["N", *map(str, _SHAPES[name])])
    if array.ndim == 0 or array.shape[1:] != _SHAPES[name]:
        raise MediaError(f"{path}: {name} should have shape ({wanted}), but has {array.shape}.")
    if array.dtype.kind not in "fiu":
        raise MediaError(f"{path}: {name} should hold numbers, but holds {array.dtype}.")
    return array


def _array(path: Path, arrays: Mapping[str, NDArray[Any]], name: str) -> NDArray[Any]:
    if name not in arrays:
        held = ", ".join(sorted(arrays)) or "nothing"
        raise MediaError(f"{path} is not a landmark recording: it lacks {name} (it holds {held}).")
    return arrays[name]


def _check_rows(path: Path, series: Mapping[str, NDArray[Any]]) -> None:
    lengths = {name: len(array) for name, array in series.items()}
    if len(set(lengths.values())) > 1:
        raise MediaError(f"{path}: all series should be equally long, but have {lengths}.")
    if not lengths["t_s"]:
        raise MediaError(f"{path} holds no frame at all; record again.")
    if not np.isfinite(series["t_s"]).all():
        raise MediaError(
            f"{path}: t_s should hold finite seconds, but row {_first_bad(series['t_s'])} does not."
        )
    _check_gaps(path, series)


def _check_gaps(path: Path, series: Mapping[str, NDArray[Any]]) -> None:
    """A row is either wholly there or wholly absent."""
    tables = [
        series[name].reshape(len(series["t_s"]), -1)
        for name in ("image_px", "world_m", "visibility")
    ]
    cells = np.concatenate(tables, axis=1)
    whole, absent = np.isfinite(cells).all(axis=1), np.isnan(cells).all(axis=1)
    odd = np.flatnonzero(~(whole | absent))
    if len(odd):
        raise MediaError(
            f"{path}: row {odd[0]} should hold finite numbers only, or nothing but NaN; it mixes them."
        )


def _first_bad(values: NDArray[Any]) -> int:
    return int(np.flatnonzero(~np.isfinite(values))[0])


def _size(path: Path, arrays: Mapping[str, NDArray[Any]]) -> tuple[int, int]:
    array = _array(path, arrays, "size_px")
    if array.shape != (2,) or array.dtype.kind not in "iu" or array.min() < 1:
        raise MediaError(f"{path}: size_px should be a positive width and height, but is {array}.")
    return int(array[0]), int(array[1])


def _meta(path: Path, arrays: Mapping[str, NDArray[Any]]) -> Meta:
    try:
        meta = json.loads(str(_array(path, arrays, "meta")))
    except ValueError as error:
        raise MediaError(f"{path}: meta should be JSON text: {error}.") from None
    if not isinstance(meta, dict):
        raise MediaError(f"{path}: meta should be a JSON object, but is {meta!r}.")
    if meta.get("schema") != SCHEMA:
        raise MediaError(
            f"{path}: this version reads recordings of schema {SCHEMA}, but this one has {meta.get('schema')!r}."
        )
    return {str(key): value for key, value in meta.items() if isinstance(value, str | int | float)}


def _mean_fps(t_s: NDArray[np.float64]) -> float:
    if len(t_s) < 2 or t_s[-1] <= t_s[0]:
        return 0.0
    return round(float((len(t_s) - 1) / (t_s[-1] - t_s[0])), 3)
