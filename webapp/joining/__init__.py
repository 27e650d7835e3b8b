"""Getting in with an invitation: by link or by code, with the birth year, and a first page that says what this is."""

from webapp.joining import routes
from webapp.joining.setup import set_up

__all__ = ["routes", "set_up"]
