"""A patient's rooms: today, history, how a session went, settings, and entering what no camera saw."""

from webapp.patient.routes import blueprint

__all__ = ["blueprint"]
