"""Print the Debian packages of the system libraries that OpenCV and MediaPipe miss on this machine.

Prints nothing where all are there. Only Linux is checked: the macOS and Windows wheels bring theirs.
Needs nothing but Python itself, since it runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import sys

PACKAGE_OF_LIBRARY = {
    "libGL.so.1": "libgl1",  # OpenCV
    "libxcb.so.1": "libxcb1",  # OpenCV
    "libgthread-2.0.so.0": "libglib2.0-0",  # OpenCV
    "libEGL.so.1": "libegl1",  # MediaPipe
    "libGLESv2.so.2": "libgles2",  # MediaPipe
}


def missing_packages() -> list[str]:
    """Names of the packages to install, in a fixed order."""
    return [package for library, package in PACKAGE_OF_LIBRARY.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__" and sys.platform == "linux":
    print(" ".join(missing_packages()))
