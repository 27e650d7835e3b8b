"""A patient's rooms: today, history, how a session went, settings, helpers, and entering what no camera saw."""

from webapp.patient import (
    helpers,
    messages,
    pictures,
    preferences,
    progress_routes,
    routes,
    telling,
    timer,
    videos,
)
from webapp.patient.blueprint import blueprint

__all__ = [
    "blueprint",
    "helpers",
    "messages",
    "pictures",
    "preferences",
    "progress_routes",
    "routes",
    "telling",
    "timer",
    "videos",
]
