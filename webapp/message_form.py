"""A message as a form sends it, and the thread as both sides see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.i18n import _
from webapp.store.message_tables import TEXT_LENGTH
from webapp.store.messages import About


@dataclass(frozen=True, slots=True)
class MessageForm:
    """What was typed: `problem` is a sentence when it cannot be sent."""

    text: str
    about: About
    problem: str = ""


def read(form: Mapping[str, str]) -> MessageForm:
    """The form of a message. What it is about is checked where it is written."""
    text = form.get("text", "").replace("\r\n", "\n").strip()
    about = about_of(form)
    if not text:
        return MessageForm(text, about, _("Write something first."))
    if len(text) > TEXT_LENGTH:
        problem = _("Shorten it to %(most)d characters: it has %(num)d.", most=TEXT_LENGTH, num=len(text))  # fmt: skip
        return MessageForm(text, about, problem)
    return MessageForm(text, about)


def about_of(values: Mapping[str, str]) -> About:
    """What a message is to be about, from a form or an address; nonsense is nothing."""
    rep = values.get("rep", "")
    return About(
        prescription_id=values.get("prescription") or None,
        session_id=values.get("session") or None,
        rep_index=int(rep) if rep.isascii() and rep.isdigit() and len(rep) < 5 else None,
    )
