"""Which page of a long list was asked for."""

from __future__ import annotations

from flask import request

#: Further on there is nothing anyway, and a database only counts so far.
LAST = 100_000


def page_number() -> int:
    """`?page=` of the address, from 1; nonsense is as if it had not been asked."""
    text = request.args.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    return min(max(1, number), LAST)
