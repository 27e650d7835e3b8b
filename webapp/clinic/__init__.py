"""The clinic's room: the log of all sessions, filtered, totalled, exported; what the clinic decides for itself."""

from webapp.clinic import routes, settings_routes
from webapp.clinic.blueprint import blueprint

__all__ = ["blueprint", "routes", "settings_routes"]
