"""The one door to OpenCV: quiet, offline, and with a clear sentence where a system library is missing."""

from __future__ import annotations

import os

from coach.errors import MediaError

# Both are read by OpenCV when its first video is opened. ffmpeg's chatter would drown our one clear sentence, and a
# playlist posing as a video must not make it fetch anything.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "protocol_whitelist;file"
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")

try:
    import cv2
except ImportError as error:  # a bare server has no libGL
    raise MediaError(
        f"OpenCV cannot start ({error}). On Debian: apt install libgl1 libglib2.0-0."
    ) from error

# Its worker threads spin while they wait, on the core that inference needs.
cv2.setNumThreads(1)

__all__ = ["cv2"]
