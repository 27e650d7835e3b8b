"""What the replay's script gets beside the film: the reference as the camera would have seen it, and where each
repetition was in it."""

from __future__ import annotations

from typing import Any

import numpy as np

from coach.reference import ReferenceMovement
from webapp.replaying.film import JOINTS
from webapp.replaying.likeness import Likenesses, mirrored


def reference_data(reference: ReferenceMovement, found: Likenesses) -> dict[str, Any]:
    """Plain JSON: `frames` and their mirror image `other_side`, F x J x 3 metres; the last leads back to the first."""
    return {
        "joints": list(JOINTS),
        "frames": _seen(reference, found.yaw_deg),
        "other_side": _seen(mirrored(reference), found.yaw_deg),
        "reps": [
            {"other_side": one.other_side, "t_s": one.t_s, "share": one.share} for one in found.reps
        ],
    }


def _seen(reference: ReferenceMovement, yaw_deg: float) -> list[Any]:
    body: list[Any] = np.round(reference.seen_from(yaw_deg)[:, JOINTS], 3).tolist()
    return body
