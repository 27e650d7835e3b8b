"""Decoding and inference in one plain process, and nothing else: what `coach bench` compares `coach analyze` with.

Run as `python -m coach.io.bare_inference VIDEO VARIANT`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import cast

from coach.io.landmarker_process import Eyes, leave_out_unused
from coach.io.landmarker_wire import Look
from coach.io.model_files import Variant, model_path
from coach.io.offline import block_outgoing_proxy
from coach.io.opencv import cv2


def main() -> None:
    """Judge every picture of one video, one after the other."""
    block_outgoing_proxy(os.environ)
    leave_out_unused()
    video, variant = Path(sys.argv[1]), cast(Variant, sys.argv[2])
    eyes = Eyes(str(model_path(variant)))
    capture = cv2.VideoCapture(str(video))
    ms = 0
    while True:
        found, bgr = capture.read()
        if not found:
            break
        rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB).astype("uint8", copy=False)
        eyes.look(rgb, Look(0, rgb.shape[1], rgb.shape[0], ms))
        ms += 33


if __name__ == "__main__":
    main()
