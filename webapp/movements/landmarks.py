"""What the page sends of a demonstration, as frames, and as the bytes of a recording to be kept."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from coach.errors import CoachError
from coach.frame import PoseFrame
from coach.io import recording, reference_file
from coach.reference import ReferenceMovement
from coach.session import ENGINE_VERSION
from coach.stream import Gap
from webapp.live.messages import MessageError, Moment, parse_all

MOST_S: Final = 60.0
MOST_FRAMES: Final = 1500
"""25 pictures a second for as long as a demonstration may last; the page takes fewer."""

Frames = Sequence[PoseFrame | Gap]


class DemonstrationError(CoachError):
    """What was sent cannot be a demonstration: damaged, too long, or out of order."""


def parse(data: bytes) -> list[PoseFrame | Gap]:
    """The frames of concatenated live messages, from time 0 on. Raises DemonstrationError."""
    try:
        moments = [item for item in parse_all(data) if isinstance(item, Moment)]
    except MessageError as error:
        raise DemonstrationError(str(error)) from None
    times = [moment.t_s for moment in moments]
    if any(later <= sooner for sooner, later in itertools.pairwise(times)):
        raise DemonstrationError("times that grow are expected")
    if len(moments) > MOST_FRAMES or (times and times[-1] - times[0] > MOST_S):
        raise DemonstrationError(f"at most {MOST_S:g} s and {MOST_FRAMES} frames are expected")
    return [Gap(one.t_s) if one.frame is None else one.frame for one in moments]


def packed(frames: Frames) -> bytes:
    """The frames as a recording's bytes. Pictures of another size than the first (a turned phone) are gaps."""
    size_px = next(frame.size_px for frame in frames if isinstance(frame, PoseFrame))
    same = [
        frame if isinstance(frame, Gap) or frame.size_px == size_px else Gap(frame.t_s)
        for frame in frames
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shown.npz"
        made = recording.record(same, size_px, {"source": "shown", "engine": ENGINE_VERSION})
        recording.write(path, made)
        return path.read_bytes()


def unpacked(data: bytes) -> list[PoseFrame | Gap]:
    """The frames of a recording's bytes. Raises MediaError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shown.npz"
        path.write_bytes(data)
        return list(recording.read(path).frames())


def reference_bytes(movement: ReferenceMovement) -> bytes:
    """A reference movement as the bytes of its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.npz"
        reference_file.write(path, movement)
        return path.read_bytes()
