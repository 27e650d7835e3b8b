"""A finished session, ready to be looked at: its angles over time, its film, its repetitions beside the reference."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from coach.events import Rep, Step
from coach.exercise import Exercise
from coach.frame import PoseFrame
from coach.io import recording
from coach.io.replay import replay
from coach.reference import ReferenceMovement
from coach.session import ENGINE_VERSION
from webapp.replaying.film import film
from webapp.replaying.likeness import Likenesses, compare

#: Which code made it: another engine, or another form of what is kept, makes it anew.
MADE_BY: Final = f"{ENGINE_VERSION}.1"


class Replay(msgspec.Struct, frozen=True):
    """What is kept beside the landmarks of a session.

    `angles` by name (`left_knee_flexion`), degrees at `t_s`, None where nobody vouches for a number; `film` as in
    `webapp.replaying.film`; `sha256` of the landmarks that it was made of.
    """

    made_by: str
    sha256: str
    t_s: list[float]
    angles: dict[str, list[float | None]]
    film: bytes
    likenesses: Likenesses | None


class ReplayError(ValueError):
    """Kept bytes are no replay, or one that other code made."""


def make(
    data: bytes, sha256: str, exercise: Exercise, reps: Sequence[Rep], reference: ReferenceMovement
) -> Replay:
    """Judge kept landmarks again, as they were judged then, and compare. Raises CoachError when they are damaged."""
    found = _read(data)
    steps = list(replay(found, exercise))
    frames = [frame for frame in found.frames() if isinstance(frame, PoseFrame)]
    return Replay(
        made_by=MADE_BY,
        sha256=sha256,
        t_s=[round(step.t_s, 3) for step in steps],
        angles=_angles(steps),
        film=film(found),
        likenesses=compare(frames, reps, reference),
    )


def pack(made: Replay) -> bytes:
    """As it is kept."""
    return zlib.compress(msgspec.msgpack.encode(made))


def unpack(data: bytes, sha256: str) -> Replay:
    """What was kept for landmarks of this hash. Raises ReplayError when it is damaged or out of date."""
    try:
        found = msgspec.msgpack.decode(zlib.decompress(data), type=Replay)
    except (zlib.error, msgspec.DecodeError) as error:
        raise ReplayError(str(error)) from error
    if (found.made_by, found.sha256) != (MADE_BY, sha256):
        raise ReplayError(f"made by {found.made_by}")
    return found


def _read(data: bytes) -> recording.Recording:
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        file.write(data)
        file.flush()
        return recording.read(Path(file.name))


def _angles(steps: Sequence[Step]) -> dict[str, list[float | None]]:
    names = dict.fromkeys(name for step in steps for name in step.angles)
    return {name: [_degrees(step, name) for step in steps] for name in names}


def _degrees(step: Step, name: str) -> float | None:
    angle = step.angles.get(name)
    return None if angle is None else round(angle.deg, 1)
