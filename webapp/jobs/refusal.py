"""How the work of a job says that it cannot be done."""

from __future__ import annotations


class RefusedError(Exception):
    """Not an accident: `error` is a key of the words that people are told; `again` when it may work the next time."""

    def __init__(self, error: str, *, again: bool = False) -> None:
        self.error, self.again = error, again
        super().__init__(error)
