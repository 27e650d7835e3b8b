"""The clinic's room: the log of all sessions, filtered, totalled, exported."""

from webapp.clinic.routes import blueprint

__all__ = ["blueprint"]
