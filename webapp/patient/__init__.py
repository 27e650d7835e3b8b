"""A patient's rooms: today, history, how a session went, settings, and entering what no camera saw."""

from webapp.patient import pictures, progress_routes, routes, telling, timer, videos
from webapp.patient.blueprint import blueprint

__all__ = ["blueprint", "pictures", "progress_routes", "routes", "telling", "timer", "videos"]
