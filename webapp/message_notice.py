"""What an e-mail may say about a message: that there is one. Never what it says, who wrote it, or what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.i18n import _
from webapp.store.message_tables import Message


@dataclass(frozen=True, slots=True)
class Notice:
    """Subject and body of an e-mail, plain text."""

    subject: str
    body: str


def notice(message: Message) -> Notice:
    """The notice of a message. An e-mail travels and lies about unsealed: it holds no clinical content and no name."""
    return Notice(
        subject=_("You have a new message"),
        body=_(
            "A message was left for you in Form coach on %(day)s. Log in to read and answer it. "
            "Please do not answer this e-mail.",
            day=message.created_at.date().isoformat(),
        ),
    )
