"""The process behind `JpegLandmarker`. Run as `python -m coach.io.jpeg_process`.

It answers messages on one socket and opens no other (see `coach.io.offline`). It ends when its parent does.
"""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection
from typing import Final

import numpy as np

from coach.io.jpeg_landmarker import MAX_BYTES, Seen, Unreadable, decode_shown, encode
from coach.io.landmarker_process import Eyes, first_line, leave_out_unused
from coach.io.landmarker_wire import Failed, Look, Ready
from coach.io.limits import limit_this_process
from coach.io.offline import block_outgoing_proxy
from coach.io.picture import Pixels

MAX_PIXELS: Final = 1280 * 1280
_MIN_SIDE_PX: Final = 32
_MEMORY_MB: Final = 1500
_JPEG: Final = b"\xff\xd8\xff"


def unpack(jpeg: bytes) -> Pixels | None:
    """The picture, `(height, width, 3)` red, green, blue; None when it is no JPEG, or of an odd size."""
    from coach.io.opencv import cv2

    if len(jpeg) > MAX_BYTES or not jpeg.startswith(_JPEG):
        return None
    try:
        rgb = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR_RGB)
    except cv2.error:  # larger than OpenCV was told to unpack
        return None
    if rgb is None or min(rgb.shape[:2]) < _MIN_SIDE_PX:
        return None
    return rgb.astype(np.uint8, copy=False)


def serve(link: Connection, model: str) -> None:
    """Answer until the parent hangs up."""
    try:
        eyes = Eyes(model)
        unpack(_JPEG)  # loads the decoder before the first picture waits for it
        link.send_bytes(encode(Ready()))
        while True:
            link.send_bytes(encode(_answer(eyes, link.recv_bytes())))
    except (EOFError, ConnectionError):
        return
    except (ImportError, MemoryError, OSError, RuntimeError, ValueError) as error:
        link.send_bytes(encode(Failed(first_line(error))))


def _answer(eyes: Eyes, message: bytes) -> Seen | Unreadable:
    shown = decode_shown(message)
    pixels = unpack(shown.jpeg)
    if pixels is None:
        return Unreadable()
    height, width = pixels.shape[:2]
    found = eyes.look(pixels, Look(0, width, height, shown.ms))
    return Seen(width, height, found.landmarks)


def main() -> None:
    """Arguments: file descriptor of the socket, model file."""
    block_outgoing_proxy(os.environ)
    limit_this_process(_MEMORY_MB)
    os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"] = str(MAX_PIXELS)
    leave_out_unused()
    link, model = sys.argv[1:3]
    serve(Connection(int(link)), model)


if __name__ == "__main__":
    main()
