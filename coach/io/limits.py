"""What a process that opens files of strangers may use: so much memory and time, no dumps, and no haste."""

from __future__ import annotations

import os
import resource
from typing import Final

_MB: Final = 1 << 20
_KINDNESS: Final = 10
"""Steps of priority that such work gives up for the pages and live sessions beside it."""


def limit_this_process(memory_mb: int, cpu_s: int | None = None) -> None:
    """Set the limits for this process and all that it starts; call before anything large is loaded.

    `memory_mb` is of memory that is written to, not of addresses that are mapped: inference maps many times what it
    uses. What is asked for beyond it is refused (MemoryError). After `cpu_s` of computing the system ends the process.
    """
    _lower(resource.RLIMIT_DATA, memory_mb * _MB)
    _lower(resource.RLIMIT_CORE, 0)  # a dump would hold pictures
    if cpu_s is not None:
        _lower(resource.RLIMIT_CPU, cpu_s)
    os.nice(_KINDNESS)


def _lower(what: int, limit: int) -> None:
    """Never above what the system allows already."""
    hard = resource.getrlimit(what)[1]
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(what, (limit, limit))
