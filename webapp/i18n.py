"""Translation with types: `_` now, `_n` for numbers, `_l` when the words are needed later (in tables and forms).

`make words` collects all three.
"""

from __future__ import annotations

from typing import Protocol, cast

import flask_babel


class Lazy(Protocol):
    """Words that become a string in the reader's language when they are shown."""

    def __str__(self) -> str: ...


def _(text: str, **values: object) -> str:
    """The text in the reader's language, with `%(name)s` filled in."""
    return str(flask_babel.gettext(text, **values))


def _n(one: str, many: str, num: int, **values: object) -> str:
    """The form that goes with `num`, which is filled in as `%(num)d`."""
    return str(flask_babel.ngettext(one, many, num, **values))


def _l(text: str) -> Lazy:
    """The text in the language of whoever will read it."""
    return cast(Lazy, flask_babel.lazy_gettext(text))


def language() -> str:
    """The reader's language, `en` outside a request."""
    locale = flask_babel.get_locale()
    return str(locale) if locale else "en"
