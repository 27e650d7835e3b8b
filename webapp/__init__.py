"""The web app: pages for patients, therapists and clinics, and the live socket. `create_app` is the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from webapp.settings import Settings

__all__ = ["create_app"]


def create_app(settings: Settings) -> Flask:
    """An app with these settings; see `webapp.app.build`."""
    from webapp.app import build  # only here: the command line and the store must not pay for Flask

    return build(settings)
