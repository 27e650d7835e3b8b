"""Pages and socket events with who may use them, from the app and its policy."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flask import Flask

from scripts.docs.markdown import code, doc
from scripts.docs.markdown import table as markdown_table
from webapp import create_app, policy
from webapp.live.namespace import LiveNamespace
from webapp.settings import Settings

#: Routes that flask-security brings along.
_FOREIGN: Final = {
    "security.login": "Log in.",
    "security.logout": "Log out.",
    "security.verify": "Closed: nothing asks for a fresh login yet.",
}


def table() -> str:
    """One row a route."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(env="testing", data_dir=Path(folder)))
    return markdown_table(("path", "methods", "who", "what"), _rows(app))


def _rows(app: Flask) -> Iterator[tuple[str, str, str, str]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        about = _FOREIGN.get(rule.endpoint) or doc(app.view_functions[rule.endpoint])
        yield code(rule.rule), methods, _who(policy.ROUTES[rule.endpoint]), about


def socket_table() -> str:
    """One row a socket event."""
    rows = (
        (code(event), _who(who), doc(getattr(LiveNamespace, f"on_{event}")))
        for event, who in policy.EVENTS.items()
    )
    return markdown_table(("event", "who", "what"), rows)


def _who(who: frozenset[str]) -> str:
    return "every role" if who == policy.SIGNED_IN else ", ".join(sorted(who)) or "nobody"
