"""A patient's rooms: today, history, how a session went, settings, and entering what no camera saw."""

from webapp.patient import messages, routes
from webapp.patient.blueprint import blueprint

__all__ = ["blueprint", "messages", "routes"]
