"""Is this still the same person? The pose model follows one body and may jump to somebody who walks by."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
import numpy as np

from coach.body import frame_scale_px
from coach.frame import PoseFrame
from coach.landmarks import pair

_HIPS: Final = np.array(pair("hip"), dtype=np.intp)

_JUMP_M: Final = 0.7
"""Nobody's hips move further than this, in body metres, within `_JUMP_S`: 3 m/s is a sprint start."""
_JUMP_S: Final = 0.25
_SIZE: Final = 1.4
_ACCEPT_S: Final = 1.0
"""Whoever stays this long at the new place is the patient (the camera was moved, or the film was cut)."""


class PersonState(msgspec.Struct):
    """Plain state: where the patient was last, and since when somebody else is seen."""

    hips_px: tuple[float, float] | None = None
    scale_px: float = 1.0
    t_s: float = 0.0
    known_s: float | None = None
    other_since_s: float | None = None


Who = Literal["patient", "other", "accepted"]


def follow(state: PersonState, frame: PoseFrame) -> Who:
    """Take one frame: the patient, somebody `other` (do not count), or a newcomer `accepted` as the patient."""
    left, right = frame.image_px.take(_HIPS, 0).tolist()
    hips = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    scale = frame_scale_px(frame)
    state.known_s = frame.t_s if state.known_s is None else state.known_s
    settling = frame.t_s - state.known_s < _ACCEPT_S
    if state.hips_px is None or settling or not _elsewhere(state, hips, scale, frame.t_s):
        state.other_since_s = None
        _remember(state, hips, scale, frame.t_s)
        return "patient"
    if state.other_since_s is None:
        state.other_since_s = frame.t_s
    if frame.t_s - state.other_since_s >= _ACCEPT_S:
        state.other_since_s = None
        _remember(state, hips, scale, frame.t_s)
        return "accepted"
    return "other"


def _elsewhere(state: PersonState, hips: tuple[float, float], scale: float, t_s: float) -> bool:
    assert state.hips_px is not None  # noqa: S101 - the caller has looked
    away = ((hips[0] - state.hips_px[0]) ** 2 + (hips[1] - state.hips_px[1]) ** 2) ** 0.5
    ratio = max(scale, state.scale_px) / max(1e-6, min(scale, state.scale_px))
    if state.other_since_s is None and t_s - state.t_s > _JUMP_S:
        return False
    return away > _JUMP_M * state.scale_px and (
        ratio > _SIZE or away > 2 * _JUMP_M * state.scale_px
    )


def _remember(state: PersonState, hips: tuple[float, float], scale: float, t_s: float) -> None:
    # the size follows slowly: a squat seen from the front makes the body look smaller for a second
    known = state.hips_px is not None and state.other_since_s is None
    state.scale_px = state.scale_px + 0.1 * (scale - state.scale_px) if known else scale
    state.hips_px, state.t_s = hips, t_s
