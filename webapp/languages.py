"""Which language a reader reads: what they chose, else what their browser asks for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final, cast

import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request, session
from werkzeug.utils import cached_property

from webapp.auth.actor import actor_or_none
from webapp.extensions import database
from webapp.i18n import language
from webapp.store import people

#: Code -> the language's own name, in the order in which they are offered.
LANGUAGES: Final = {"en": "English", "es": "Español", "de": "Deutsch", "ar": "العربية"}
ENGLISH: Final = "en"


def set_up(app: Flask) -> None:
    """Let every page speak the reader's language, and know which one that is and which way it runs."""
    _Babel(app, default_locale=ENGLISH, locale_selector=chosen)
    app.context_processor(
        lambda: {"language": language(), "direction": direction(), "languages": LANGUAGES}
    )


def chosen() -> str:
    """The person's own choice, else this browser's, else what the browser asks for, as far as we speak it."""
    if not request:
        return ENGLISH
    actor = actor_or_none()
    for wanted in (actor.language if actor else "", session.get("language", "")):
        if wanted in LANGUAGES:
            return str(wanted)
    return request.accept_languages.best_match(LANGUAGES) or ENGLISH


def choose(wanted: str) -> None:
    """Remember a choice: with the person, or in this browser while nobody is signed in.

    Raises KeyError for a language that we do not speak.
    """
    if wanted not in LANGUAGES:
        raise KeyError(wanted)
    actor = actor_or_none()
    if actor is None:
        session["language"] = wanted
        return
    with database().writing() as db:
        people.set_language(db, actor, wanted)


def direction() -> str:
    """Which way the reader's language runs: `ltr` or `rtl`."""
    locale = flask_babel.get_locale()
    return str(locale.text_direction) if locale else "ltr"


class _Babel(flask_babel.Babel):
    """Texts come from the `.po` files themselves: nothing has to be compiled, and nothing can be stale."""

    @cached_property
    def domain_instance(self) -> flask_babel.Domain:
        return _PoDomain(domain=self.domain)


class _PoDomain(flask_babel.Domain):
    def get_translations(self) -> NullTranslations:
        locale = flask_babel.get_locale()
        if locale is None:
            return NullTranslations()
        if str(locale) not in self.cache:
            self.cache[str(locale)] = _read(self.translation_directories, str(locale))
        return cast(NullTranslations, self.cache[str(locale)])


def _read(folders: list[str], code: str) -> NullTranslations:
    """The texts of one language (English has no file: it is what the source says)."""
    found = (Path(folder) / code / "LC_MESSAGES" / "messages.po" for folder in folders)
    path = next((one for one in found if one.exists()), None)
    if path is None:
        return NullTranslations()
    with path.open("rb") as file:
        catalog = read_po(file, locale=code, domain="messages", abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled, domain="messages")
