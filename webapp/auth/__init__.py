"""Logging in and out: flask-security over our accounts, one-click demo logins, and who acts in a request."""

from webapp.auth.setup import set_up

__all__ = ["set_up"]
