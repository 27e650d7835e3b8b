"""Keep a broken or hostile client from filling the log: the socket libraries log a traceback per bad packet."""

from __future__ import annotations

import logging
import threading
import time
import traceback

LIBRARIES = ("engineio.server", "socketio.server")
EVERY_S = 1.0


class OneLineASecond(logging.Filter):
    """Lets one record a second through, as one line; the next one says how many were dropped."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._until = 0.0
        self._dropped = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the record, or drop it."""
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                self._dropped += 1
                return False
            dropped, self._dropped, self._until = self._dropped, 0, now + EVERY_S
        parts = (
            record.getMessage(),
            _cause(record),
            f"({dropped} more like it)" if dropped else "",
        )
        record.msg, record.args = " ".join(part for part in parts if part), ()
        record.exc_info = record.exc_text = None
        return True


def _cause(record: logging.LogRecord) -> str:
    """The error and the line it came from, which is what one needs of a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def hush() -> None:
    """Put the filter on the libraries' loggers, once."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        if not any(isinstance(old, OneLineASecond) for old in logger.filters):
            logger.addFilter(OneLineASecond())
